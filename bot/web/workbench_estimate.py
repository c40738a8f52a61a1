"""Before an example is saved: what it would do to the scores on the held-out sentences, as an estimate."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter
from pydantic import BaseModel, Field

from bot.desk.threads import in_slow_thread
from bot.training.dialogue_model import current_model
from bot.training.neighbours import examples_now, known_key, surroundings
from bot.training.nlu_files import plain, same_key
from bot.web.auth import Trainer
from bot.web.problems import Problem
from bot.web.workbench import Workbench, WorkbenchOf

router = APIRouter(prefix="/api/workbench", tags=["workbench"])


class EstimateIn(BaseModel):
    """Examples a trainer is about to save: a message and other ways it was put."""

    texts: Annotated[
        list[Annotated[str, Field(min_length=1, max_length=500)]], Field(min_length=1, max_length=21)
    ]
    intent: Annotated[str, Field(max_length=40)]


@router.post("/estimate")
async def estimate(body: EstimateIn, trainer: Trainer, workbench: WorkbenchOf) -> dict[str, Any]:
    """What they would do to the held-out scores: estimated on the serving model's weights, no training.

    Some seconds for a model that is new to this process, afterwards at once.
    """
    if body.intent not in workbench.dialogue.readings:
        raise Problem("invalid-input", 422)
    return await in_slow_thread(_estimate, workbench, body.texts, body.intent)


def _estimate(workbench: Workbench, texts: list[str], intent: str) -> dict[str, Any]:
    # Slow to import, and the gateway starts without it.
    from bot.training.estimate import NEAR, Example, NoModel, changed, estimator_of

    folder = workbench.annotations.folder
    known = examples_now(folder)
    standing = {known_key(example.text): example for example in known}
    told = [(text, standing.get(same_key(text))) for text in texts]
    examples = [Example(text, one.intent, one.clear) if one else Example(text) for text, one in told]
    near = [Example(plain(one.text), one.intent, one.clear) for one in surroundings(texts, known, NEAR)]
    try:
        served = estimator_of(
            current_model(workbench.runs.settings), workbench.annotations.root / "config.yml"
        )
        found = served.estimate(examples, intent, near)
    except (NoModel, KeyError):  # KeyError: an intent the serving model has not been trained with
        raise Problem("no-model", 503) from None
    was, now = (
        {(one["text"], one["expected"]) for one in scores.misread} for scores in (found.before, found.after)
    )
    return {
        "judged": sum(one.support for one in found.before.intents.values()),
        "accuracy": {"before": found.before.accuracy, "after": found.after.accuracy},
        "intents": changed(found.before, found.after),
        "fixed": [one for one in found.before.misread if (one["text"], one["expected"]) not in now],
        "broken": [one for one in found.after.misread if (one["text"], one["expected"]) not in was],
        "own": list(found.own),
    }
