"""Whether a start finds everything as the last one left it, so that it need not check and train once more.

Checking reads every file that people edit: seven seconds of a core, for nothing on most starts.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from bot.settings import ROOT, Settings
from bot.training.dialogue_model import current_model

FILE = "last-start"
READ = {".yml", ".py", ".txt", ".csv", ".json", ".jsonl"}


def is_as_left(settings: Settings, today: date) -> bool:
    try:
        return (settings.data_dir / FILE).read_text() == _state(settings, today)
    except OSError:
        return False


def leave(settings: Settings, today: date) -> None:
    """After files were found sound and models up to date."""
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    (settings.data_dir / FILE).write_text(_state(settings, today))


def _state(settings: Settings, today: date) -> str:
    """Hash of the files, of our code that judges them, of the day (campaigns end) and of the models that serve."""
    digest = hashlib.sha256(
        f"{today} {settings.encoder} {current_model(settings).resolve(strict=True)}".encode()
    )
    for path in _files(settings):
        digest.update(f"\n{path}\n".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _files(settings: Settings) -> Iterator[Path]:
    folders = (settings.shop_dir, settings.faq_dir, settings.nlu_dir, settings.lexicon_dir)
    for top in dict.fromkeys((*folders, *(ROOT / name for name in ("data", "bot", "actions")))):
        yield from sorted(path for path in top.rglob("*") if path.suffix in READ and path.is_file())
    yield from (ROOT / "domain.yml", ROOT / "config.yml")
    served = settings.models_dir / "faq" / (settings.models_dir / "faq" / "CURRENT").read_text().strip()
    yield from (served / "manifest.json", served / "calibration.json")
    if not settings.encoder:
        yield settings.models_dir / "encoder" / "manifest.json"
