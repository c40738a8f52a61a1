"""Train and promote the dialogue model: Rasa in its own environment, one archive per state of the data.

A model's name is the hash of everything it was trained from, so "is it missing?" is a question of names.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
from collections.abc import Callable, Iterable
from pathlib import Path

from bot.settings import ROOT, Settings

RASA_PYTHON = ROOT / ".venv-rasa" / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
DATA_FOLDERS = ("data/nlu", "data/rules", "data/stories")
Progress = Callable[[float, str], None]
"""Called with the share done (0–1) and the name of the step."""


class TrainingFailed(Exception):
    """Rasa refused the data or died; carries its last lines."""


def data_key(root: Path, settings: Settings) -> str:
    """Hash (12 hex digits) of everything a dialogue model is made from: the data below `root`, the words of the
    lexicon, and our code that reads them. The catalogue is read at every start: new goods need no new model."""
    tops = [root / name for name in (*DATA_FOLDERS, "config.yml", "domain.yml")]
    tops += [
        settings.lexicon_dir,
        ROOT / "bot" / "nlu",
        ROOT / "bot" / "text",
    ]
    digest = hashlib.sha256()
    for path in _files(tops):
        digest.update(path.name.encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def _files(tops: Iterable[Path]) -> list[Path]:
    found: list[Path] = []
    for top in tops:
        inside = sorted(top.rglob("*")) if top.is_dir() else [top]
        found += [path for path in inside if path.is_file() and path.suffix in {".yml", ".py", ".txt"}]
    return found


def model_path(settings: Settings, key: str) -> Path:
    return settings.models_dir / "rasa" / f"{key}.tar.gz"


def current_model(settings: Settings) -> Path:
    return settings.models_dir / "rasa" / "current.tar.gz"


def train(settings: Settings, progress: Progress, root: Path = ROOT) -> Path:
    """Train from the files below `root`; returns the archive. Does not promote it.

    Raises TrainingFailed with Rasa's last lines.
    """
    target = model_path(settings, data_key(root, settings))
    target.parent.mkdir(parents=True, exist_ok=True)
    command = [
        RASA_PYTHON,
        "-m",
        "rasa",
        "train",
        "--config",
        root / "config.yml",
        "--domain",
        root / "domain.yml",
    ]
    # `xiaoer check` looks at more than Rasa's validation, in a tenth of the time.
    command += ["--skip-validation"]
    command += ["--out", target.parent, "--fixed-model-name", target.name.removesuffix(".tar.gz")]
    command += ["--data", *(root / folder for folder in DATA_FOLDERS)]
    lines: list[str] = []
    with subprocess.Popen(
        [str(part) for part in command],
        cwd=ROOT,
        env=rasa_environment(settings),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        components = _component_count(root)
        finished = 0
        for line in process.stdout or ():
            lines.append(line.rstrip())
            if match := re.search(r"(Starting|Finished) (?:to train|training) component '(\w+)'", line):
                finished += match.group(1) == "Finished"
                progress(min(finished / components, 0.99), match.group(2))
    if process.returncode != 0 or not target.exists():
        raise TrainingFailed("\n".join(line for line in lines if line)[-2000:])
    progress(1.0, "")
    return target


def _component_count(root: Path) -> int:
    return max(1, len(re.findall(r"^\s*-?\s*name:", (root / "config.yml").read_text(encoding="utf-8"), re.M)))


def rasa_environment(settings: Settings) -> dict[str, str]:
    """Environment of every Rasa process: quiet TensorFlow, one thread each, our secrets and addresses."""
    return dict(
        os.environ,
        PYTHONPATH=str(ROOT),
        TF_CPP_MIN_LOG_LEVEL="3",
        TF_INTER_OP_PARALLELISM_THREADS="1",
        TF_INTRA_OP_PARALLELISM_THREADS="1",
        OMP_NUM_THREADS="1",
        RASA_TELEMETRY_ENABLED="false",
        # Two trainings at once in one cache break each other.
        RASA_CACHE_DIRECTORY=str(settings.data_dir / "rasa-cache"),
        SQLALCHEMY_SILENCE_UBER_WARNING="1",
        XIAOER_SHOP_DIR=str(settings.shop_dir),
        XIAOER_MODELS_DIR=str(settings.models_dir),
        XIAOER_CHANNEL_TOKEN=settings.secrets["channel_token"],
        XIAOER_ACTIONS_URL=f"http://127.0.0.1:{settings.actions_port}/webhook",
        XIAOER_TRACKER_DB=str(settings.data_dir / "rasa.db"),
    )


def promote(settings: Settings, model: Path) -> None:
    """Make `model` the one that serves after the next start. The running server is told by its channel."""
    link = current_model(settings)
    fresh = link.with_suffix(".new")
    fresh.unlink(missing_ok=True)
    try:
        fresh.symlink_to(model.name)
    except OSError:  # a file system without links
        shutil.copyfile(model, fresh)
    fresh.replace(link)
