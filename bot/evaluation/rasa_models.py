"""Baselines trained by Rasa in its own environment, kept by the hash of what they learnt and how.

Training the default recipe takes half an hour on two cores; with the same data, recipe and questions a second run
only reads a file.
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bot.settings import ROOT, Settings
from bot.training.dialogue_model import RASA_PYTHON, TrainingFailed, rasa_environment

EVERY_CORE = {
    name: str(os.cpu_count() or 1) for name in ("TF_INTRA_OP_PARALLELISM_THREADS", "OMP_NUM_THREADS")
}
"""Nothing is served beside a baseline's training, so it need not leave a core free."""
Tell = Callable[[str], None]
"""Called with the name of each step."""


@dataclass(frozen=True)
class Answers:
    """A baseline's answers to all texts, in order."""

    rows: tuple[dict, ...]
    """As `bot.evaluation.rasa_lines` prints them."""
    trained_at: str
    seconds: float


@dataclass(frozen=True)
class Baseline:
    """`recipe`: contents of a Rasa configuration. `data`: contents of an NLU file."""

    name: str
    recipe: str
    data: str

    @property
    def key(self) -> str:
        return _digest(self.recipe, self.data)


def answers(
    baseline: Baseline, texts: Sequence[str], folder: Path, settings: Settings, tell: Tell
) -> Answers:
    """Trains if `folder` has no model of this recipe and data, asks if it has no answers to these texts.

    Raises TrainingFailed with Rasa's last lines.
    """
    home = folder / baseline.name
    home.mkdir(parents=True, exist_ok=True)
    model, record = home / f"{baseline.key}.tar.gz", home / f"{baseline.key}.json"
    told = home / f"{baseline.key}-{_digest(*texts)}.jsonl"
    if not record.exists() or not (told.exists() or model.exists()):
        tell(f"training {baseline.name}")
        _train(baseline, model, record, settings)
    if not told.exists():
        tell(f"asking {baseline.name}")
        rows = run_lines(["bot.evaluation.rasa_lines", str(model)], texts, settings)
        _write(told, "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows))
    rows = tuple(json.loads(line) for line in told.read_text(encoding="utf-8").splitlines())
    return Answers(rows, **json.loads(record.read_text(encoding="utf-8")))


def _train(baseline: Baseline, model: Path, record: Path, settings: Settings) -> None:
    for old in model.parent.glob("*.tar.gz"):
        old.unlink()  # some hundred megabytes each; their answers stay
    with tempfile.TemporaryDirectory() as folder:
        recipe, data = Path(folder, "config.yml"), Path(folder, "nlu.yml")
        recipe.write_text(baseline.recipe, encoding="utf-8")
        data.write_text(baseline.data, encoding="utf-8")
        command = [RASA_PYTHON, "-m", "rasa", "train", "nlu", "--config", recipe, "--nlu", data]
        command += ["--out", folder, "--fixed-model-name", "model"]
        # The serving model's cache is not ours to fill, and a cached part would make the time told wrong.
        environment = rasa_environment(settings) | {"RASA_CACHE_DIRECTORY": f"{folder}/cache"} | EVERY_CORE
        start = time.perf_counter()
        done = subprocess.run(
            [str(part) for part in command], cwd=folder, env=environment, capture_output=True, text=True
        )
        seconds = round(time.perf_counter() - start, 1)
        trained = Path(folder, "model.tar.gz")
        if done.returncode != 0 or not trained.exists():
            output = f"{done.stdout}\n{done.stderr}".strip()
            raise TrainingFailed(f"baseline {baseline.name} was not trained: {output[-1500:]}")
        part = model.with_suffix(".part")
        part.write_bytes(trained.read_bytes())
        part.replace(model)
    now = datetime.now().astimezone().isoformat(timespec="seconds")
    _write(record, json.dumps({"trained_at": now, "seconds": seconds}))


def run_lines(module: Sequence[str], texts: Sequence[str], settings: Settings) -> list:
    """Runs a program of the Rasa environment that answers one JSON line a text. Raises TrainingFailed."""
    done = subprocess.run(
        [str(RASA_PYTHON), "-m", *module],
        input=json.dumps(list(texts)),
        capture_output=True,
        text=True,
        cwd=ROOT,
        env=rasa_environment(settings),
    )
    rows = [json.loads(line) for line in done.stdout.splitlines() if line.startswith(("{", "["))]
    if done.returncode != 0 or len(rows) != len(texts):
        raise TrainingFailed(f"{module[0]} did not answer: {done.stderr.strip()[-800:]}")
    return rows


def _digest(*parts: str) -> str:
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:12]


def _write(path: Path, text: str) -> None:
    """In one step, so that a kill leaves no half answers behind."""
    part = path.with_name(path.name + ".part")
    part.write_text(text, encoding="utf-8")
    part.replace(path)
