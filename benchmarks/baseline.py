"""Rasa's default recipe with our domain and rules, trained once and served as the manual says."""

from __future__ import annotations

import hashlib
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx
import yaml

from bot.settings import ROOT, Settings
from bot.training.dialogue_model import RASA_PYTHON, rasa_environment

RECIPE = ROOT / "benchmarks" / "default_recipe.yml"
EXAMPLES = 8
"""Of each intent. The path's speed does not depend on how much a network has read, only its training does."""
SHARED = ("domain.yml", "data/rules", "data/stories")


def baseline_model(settings: Settings) -> Path:
    """Trained when recipe, domain, rules or stories have changed."""
    digest = hashlib.sha256(f"{EXAMPLES}".encode())
    for path in sorted(each for name in SHARED for each in _files(ROOT / name)):
        digest.update(path.read_bytes())
    digest.update(RECIPE.read_bytes())
    target = settings.models_dir / "baseline" / f"{digest.hexdigest()[:12]}.tar.gz"
    if not target.exists():
        print("• training the default recipe on a sample, one epoch (a few minutes, once)", flush=True)
        with TemporaryDirectory() as folder:
            _train(settings, target, _sample(Path(folder)))
    return target


def _files(path: Path) -> list[Path]:
    return sorted(path.rglob("*.yml")) if path.is_dir() else [path]


def _sample(folder: Path) -> Path:
    kept: dict[str, list[str]] = {}
    for path in _files(ROOT / "data" / "nlu"):
        for block in yaml.safe_load(path.read_text(encoding="utf-8")).get("nlu") or ():
            if "intent" in block:
                lines = kept.setdefault(block["intent"], [])
                lines += [line for line in block["examples"].splitlines() if line.startswith("- ")]
    blocks = [{"intent": name, "examples": "\n".join(lines[:EXAMPLES])} for name, lines in kept.items()]
    data = {"version": "3.1", "nlu": blocks}
    (folder / "nlu.yml").write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")
    return folder


def _train(settings: Settings, target: Path, examples: Path) -> None:
    command = [RASA_PYTHON, "-m", "rasa", "train", "--config", RECIPE, "--domain", ROOT / "domain.yml"]
    command += ["--out", target.parent, "--fixed-model-name", target.name.removesuffix(".tar.gz")]
    command += ["--skip-validation", "--data", examples, ROOT / "data/rules", ROOT / "data/stories"]
    done = subprocess.run(
        [str(part) for part in command],
        cwd=ROOT,
        env=rasa_environment(settings),
        capture_output=True,
        text=True,
    )
    if done.returncode != 0 or not target.exists():
        raise SystemExit(f"the default recipe could not be trained:\n{(done.stdout + done.stderr)[-2000:]}")


@contextmanager
def default_recipe(
    settings: Settings, model: Path, folder: Path, port: int
) -> Iterator[tuple[str, float, int]]:
    """Its address, the seconds until it answered, and its process: SQL tracker store, default lock, REST channel, our
    action server."""
    endpoints, credentials = folder / "endpoints.yml", folder / "credentials.yml"
    endpoints.write_text(
        f"action_endpoint:\n  url: http://127.0.0.1:{settings.actions_port}/webhook\n"
        "  headers:\n    Authorization: Bearer ${XIAOER_CHANNEL_TOKEN}\n"
        f"tracker_store:\n  type: SQL\n  dialect: sqlite\n  db: {folder / 'baseline.db'}\n",
        encoding="utf-8",
    )
    credentials.write_text("rest:\n", encoding="utf-8")
    command = [RASA_PYTHON, "-m", "rasa", "run", "--interface", "127.0.0.1", "--port", port]
    command += ["--model", model, "--endpoints", endpoints, "--credentials", credentials]
    # Its own defaults, without our thread limits.
    environment = {k: v for k, v in rasa_environment(settings).items() if "THREADS" not in k}
    started = time.monotonic()
    with (folder / "baseline.log").open("w") as log:
        process = subprocess.Popen(
            [str(part) for part in command], cwd=ROOT, env=environment, stdout=log, stderr=log
        )
    try:
        _wait(f"http://127.0.0.1:{port}/webhooks/rest/", folder / "baseline.log")
        yield f"http://127.0.0.1:{port}", time.monotonic() - started, process.pid
    finally:
        process.terminate()
        process.wait(20)


def _wait(url: str, log: Path, seconds: float = 300) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            if httpx.get(url, timeout=5, trust_env=False).status_code == 200:
                return
        except httpx.HTTPError:
            pass
        time.sleep(0.1)
    raise SystemExit(f"{url} did not answer:\n{log.read_text()[-1500:]}")
