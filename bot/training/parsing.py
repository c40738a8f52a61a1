"""Read sentences with the dialogue model in the Rasa environment, without a running server."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Sequence
from pathlib import Path

from bot.settings import ROOT, Settings
from bot.training.dialogue_model import RASA_PYTHON, TrainingFailed, current_model, rasa_environment


def parse_lines(settings: Settings, texts: Sequence[str], model: Path | None = None) -> list[dict]:
    """One parse for each text, in order, shaped like `xiaoer parse` (docs/architecture.md).

    Raises TrainingFailed when the model cannot be loaded or does not answer every line.
    """
    # A line break inside a message would shift all later answers.
    lines = [" ".join(text.split()) for text in texts]
    done = subprocess.run(
        [str(RASA_PYTHON), "-m", "bot.nlu_lines", str(model or current_model(settings))],
        input="\n".join(lines),
        capture_output=True,
        text=True,
        cwd=ROOT,
        env=rasa_environment(settings),
    )
    results = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    if done.returncode != 0 or len(results) != len(texts):
        raise TrainingFailed(f"the model did not answer: {done.stderr.strip()[-800:]}")
    return results
