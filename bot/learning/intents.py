"""How the intent model reads imported messages: the served one, or one trained for it where there is none."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from bot.evaluation.readings import Ranking
from bot.settings import ROOT, Settings
from bot.training.dialogue_model import current_model

ReadIntents = Callable[[Sequence[str]], Sequence[Ranking]]
"""Texts to their rankings, in order."""


def read_intents(settings: Settings, texts: Sequence[str]) -> list[Ranking]:
    """Raises TrainingFailed when the served model cannot be read, ValueError when there are too few examples."""
    if not texts:
        return []
    if current_model(settings).exists():
        from bot.training.parsing import parse_lines

        parses = parse_lines(settings, texts)
        return [
            tuple((one["name"], float(one["confidence"])) for one in parse["ranking"]) for parse in parses
        ]
    from bot.evaluation.own_model import trained_on
    from bot.training.nlu_files import read_examples

    examples = read_examples(settings.nlu_dir)
    return [tuple(ranking) for ranking in trained_on(examples, texts, 0.0, ROOT / "config.yml").rankings]


def clarity(ranking: Ranking) -> float:
    """The chance, 0–1, that the message says by itself what is wanted: what all intents' confidences add up to."""
    return min(1.0, sum(chance for _, chance in ranking))


def doubt(ranking: Ranking) -> float:
    """What a label would teach, 0–1: clear, and yet the model does not know which intent.

    On a simulated log, 77 of 100 messages so chosen were misread, of all messages 31 (docs/learning.md).
    """
    clear = clarity(ranking)
    return clear - ranking[0][1] if ranking else 0.0
