"""One typed settings object, from the environment (`XIAOER_…`) and `.env`.

Secrets are never defaulted: they are generated at first start into `var/secrets.json`.
"""

from __future__ import annotations

import json
import os
import secrets
from functools import cached_property, lru_cache
from pathlib import Path

from pydantic import Field, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

ROOT = Path(__file__).resolve().parent.parent


class Settings(BaseSettings):
    """Where things are and how the processes find each other. Paths may be relative to the repository."""

    model_config = SettingsConfigDict(env_prefix="XIAOER_", env_file=ROOT / ".env", extra="ignore")

    web_host: str = "127.0.0.1"
    web_port: int = Field(8000, ge=1, le=65535)
    rasa_port: int = Field(5005, ge=1, le=65535)
    actions_port: int = Field(5055, ge=1, le=65535)
    data_dir: Path = ROOT / "var"
    """Databases, secrets, uploads and logs of this installation."""
    database_url: str = ""
    """SQLAlchemy URL of the desk; empty means SQLite in `data_dir`."""
    redis_url: str = ""
    """Fan-out between several web processes; empty means in-process."""
    shop_dir: Path = ROOT / "data" / "shop"
    faq_dir: Path = ROOT / "data" / "faq"
    """Not set: the folder `faq` in `shop_dir` if the shop has one."""
    nlu_dir: Path = ROOT / "data" / "nlu"
    lexicon_dir: Path = ROOT / "data" / "lexicon"
    models_dir: Path = ROOT / "models"
    encoder: str = ""
    """Empty: the encoder trained on the shop's own scripts. Else a sentence-transformers hub name or folder."""
    backoffice_url: str = ""
    """Address of the shop's own system for orders, stock and customers (docs/integration.md); empty: the desk's
    database and the shop's files."""
    backoffice_secret: str = ""
    """Signs requests to it; empty: derived from this installation's own secret (`xiaoer shop backoffice` tells it)."""
    backoffice_timeout_seconds: float = Field(0.5, gt=0)
    """Two tries of this length have to fit into a turn (`turn_timeout_seconds`)."""
    turn_timeout_seconds: float = Field(2.0, gt=0)
    """A dialogue turn slower than this is treated as a failed part (architecture.md)."""
    quiet_seconds: float = Field(1.2, ge=0, le=3)
    """How long the bot waits for the next bubble after a greeting or fragment; a complete question never waits."""
    rate_limits: bool = True
    """Off only for benchmarks and load tests."""
    demo: bool = True
    """The demo storefront signs its own customers and is served at `/`."""

    @model_validator(mode="after")
    def _scripts_of_the_shop(self) -> Settings:
        if "faq_dir" not in self.model_fields_set and (own := faq_of(self.shop_dir)):
            self.faq_dir = own
        return self

    @property
    def database(self) -> str:
        return self.database_url or f"sqlite:///{self.data_dir / 'xiaoer.db'}"

    @property
    def rasa_url(self) -> str:
        return f"http://127.0.0.1:{self.rasa_port}"

    @property
    def web_url(self) -> str:
        return f"http://{self.web_host}:{self.web_port}"

    @cached_property
    def secrets(self) -> dict[str, str]:
        """`secret_key` (signs tokens and customers) and `channel_token` (gateway → Rasa)."""
        return load_secrets(self.data_dir / "secrets.json")


def faq_of(shop_dir: Path) -> Path | None:
    """The scripts a shop's folder brings along."""
    own = shop_dir / "faq"
    return own if own.is_dir() else None


def load_secrets(path: Path) -> dict[str, str]:
    """Read the secrets, generating them once. Readable by the owner only."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = {name: secrets.token_urlsafe(32) for name in ("secret_key", "channel_token")}
        written = path.with_name(f"{path.name}.{os.getpid()}")
        try:
            with os.fdopen(os.open(written, os.O_WRONLY | os.O_CREAT, 0o600), "w") as file:
                json.dump(fresh, file)
            os.link(written, path)  # whole or not at all, also on a full disk
        except FileExistsError:
            pass  # another process of the same start was first
        finally:
            written.unlink(missing_ok=True)
    return json.loads(path.read_text())


@lru_cache(maxsize=1)
def get_settings() -> Settings:
    return Settings()
