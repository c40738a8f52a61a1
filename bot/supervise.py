"""Start, restart and stop the three servers of an installation with supervisord."""

from __future__ import annotations

import socket
import sys
from collections.abc import Mapping
from pathlib import Path

from bot.settings import ROOT, Settings
from bot.training.dialogue_model import RASA_PYTHON, current_model, rasa_environment


class PortTaken(Exception):
    """Another program listens where a server of ours has to."""


def check_ports(settings: Settings) -> None:
    """Raise PortTaken naming the port and the setting that moves it."""
    for name in ("web", "rasa", "actions"):
        port = getattr(settings, f"{name}_port")
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError as error:
                raise PortTaken(
                    f"Port {port} is taken: stop the program that uses it (perhaps an earlier `make run`), "
                    f"or choose another: XIAOER_{name.upper()}_PORT={port + 1000} make run"
                ) from error


def write_config(settings: Settings, with_banner: bool = True) -> Path:
    """Write supervisord's configuration into the data folder and return its path."""
    logs = settings.data_dir / "logs"
    logs.mkdir(parents=True, exist_ok=True)
    python = sys.executable
    rasa = (
        f"{RASA_PYTHON} -m rasa run --interface 127.0.0.1 --port {settings.rasa_port} "
        f"--model {current_model(settings)} --endpoints {ROOT / 'endpoints.yml'} "
        f"--credentials {ROOT / 'credentials.yml'}"
    )
    ours = _own_environment(settings)
    sections = [
        _supervisor_section(settings),
        # Actions ask how single characters are said; the readings of phrases are 45 MB.
        _program("actions", f"{python} -m actions", {**ours, "PYPINYIN_NO_PHRASES": "1"}, logs),
        _program("rasa", rasa, rasa_environment(settings), logs),
        _program("web", f"{python} -m bot.web", ours, logs),
    ]
    if with_banner:
        sections.append(_banner_section(python, ours))
    path = settings.data_dir / "supervisord.conf"
    path.write_text("\n".join(sections), encoding="utf-8")
    path.chmod(0o600)  # holds the channel token
    return path


def _own_environment(settings: Settings) -> dict[str, str]:
    names = ("web_host", "web_port", "rasa_port", "actions_port", "data_dir", "database_url", "redis_url")
    names += (
        "shop_dir",
        "faq_dir",
        "nlu_dir",
        "lexicon_dir",
        "models_dir",
        "encoder",
        "backoffice_url",
        "backoffice_secret",
        "backoffice_timeout_seconds",
        "turn_timeout_seconds",
        "quiet_seconds",
        "demo",
        "rate_limits",
    )
    values = {f"XIAOER_{name.upper()}": str(getattr(settings, name)) for name in names}
    return {**values, "PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1", "TOKENIZERS_PARALLELISM": "false"}


def _supervisor_section(settings: Settings) -> str:
    return (
        "[supervisord]\nnodaemon=true\nsilent=true\nloglevel=warn\n"
        f"logfile={settings.data_dir / 'logs' / 'supervisord.log'}\n"
        f"pidfile={settings.data_dir / 'supervisord.pid'}\nchildlogdir={settings.data_dir / 'logs'}\n"
    )


def _program(name: str, command: str, environment: Mapping[str, str], logs: Path) -> str:
    """A server that is restarted for ever; startsecs=0 because readiness is told by /api/health, not by time."""
    return (
        f"[program:{name}]\ncommand={_quoted(command)}\ndirectory={ROOT}\nenvironment={_pairs(environment)}\n"
        "autorestart=true\nstartsecs=0\nstopasgroup=true\nkillasgroup=true\nstopwaitsecs=8\n"
        f"redirect_stderr=true\nstdout_logfile={logs / name}.log\n"
        "stdout_logfile_maxbytes=5MB\nstdout_logfile_backups=2\n"
    )


def _banner_section(python: str, environment: Mapping[str, str]) -> str:
    return (
        f"[program:banner]\ncommand={python} -m bot.cli banner\ndirectory={ROOT}\n"
        f"environment={_pairs(environment)}\nautorestart=false\nstartsecs=0\n"
        "stdout_logfile=/dev/fd/1\nstdout_logfile_maxbytes=0\nredirect_stderr=true\n"
    )


def _pairs(environment: Mapping[str, str]) -> str:
    ours = {
        k: v
        for k, v in environment.items()
        if k.startswith(("XIAOER_", "TF_", "OMP_", "RASA_", "SQLALCHEMY_", "PYPINYIN_"))
    }
    ours |= {k: environment[k] for k in ("PYTHONPATH", "TOKENIZERS_PARALLELISM") if k in environment}
    return ",".join(f'{key}="{_quoted(value)}"' for key, value in ours.items())


def _quoted(value: str) -> str:
    return value.replace("%", "%%")  # supervisord expands %(name)s
