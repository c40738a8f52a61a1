"""Finds the numbers of the one score: how dense and lexical mix, how sure a similarity makes, where the bands lie.

Everything is measured on questions made from `data/faq` (see `hold_out`) with an encoder that has not seen them, and
never on the judged questions of `tests/data/faq`. Repeat with `python -m bot.faq.tune`.
"""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from bot.faq import evidence
from bot.faq.calibration import Calibration, Curve
from bot.faq.corpus import Noise
from bot.faq.encoder import Encoder
from bot.faq.evaluate import Question, Report, compare
from bot.faq.evidence import STRANGE, Outcome
from bot.faq.index import assemble
from bot.faq.scripts import Entry
from bot.faq.search import FixedSearch
from bot.faq.spelling import Spelling

Messages = Mapping[str, Sequence[str]]
EncoderFor = Callable[[Sequence[Entry], Messages], Encoder]

FOLD = 5


@dataclass(frozen=True)
class Tuned:
    calibration: Calibration
    reports: tuple[Report, ...]
    """Ours and the baselines on the tuning questions."""
    anywhere: Outcome
    """Held-out questions put to all entries, and strange messages."""
    within: Outcome
    """Held-out questions put to the entries of their own intent."""


def hold_out(entries: Sequence[Entry]) -> tuple[tuple[Entry, ...], tuple[Question, ...]]:
    """Entries without their question and every fifth of their variants; and the tuning questions.

    These are what was taken away, and one phrasing that stayed, typed with slips: variants are worded as far from
    each other as their author could, customers mostly ask as others did before. Depends on the texts only.
    """
    kept, questions = [], []
    noise = Noise([text for entry in entries for text in entry.phrasings])
    for entry in entries:
        ordered = sorted(entry.variants, key=_digest)
        away = set(ordered[: max(1, len(ordered) // FOLD)])
        left = tuple(text for text in entry.variants if text not in away)
        kept.append(replace(entry, question=left[0], variants=left[1:]))
        slipped = noise.apply(left[0], random.Random(entry.id))
        asked = [entry.question, *(text for text in entry.variants if text in away), slipped]
        questions.extend(Question(text, entry.id) for text in asked)
    return tuple(kept), tuple(questions)


def tune(entries: Sequence[Entry], messages: Messages, encoder_for: EncoderFor, name: str) -> Tuned:
    """`encoder_for` answers an encoder that has seen only what it is given; `name` is the encoder that will serve."""
    kept, questions = hold_out(entries)
    known, strange = _hold_out_strange(messages)
    encoder = encoder_for(kept, known)
    flat = Curve(1, 0, 0)
    start = Calibration(encoder.name, (0.5, 0.3, 0.2), flat, flat, 1, 0, "not tuned")
    texts = [text for entry in kept for text in (*entry.phrasings, *entry.answers)]
    spelling = Spelling.of([*texts, *(text for said in known.values() for text in said)])
    search = FixedSearch(assemble(kept, encoder, start, spelling))
    weights = _best_weights(search, questions)
    search = FixedSearch(replace(search.index, calibration=replace(start, weights=weights)))
    everywhere, inside = evidence.anywhere(search, questions, strange), evidence.within(search, questions)
    anywhere = everywhere.fit()
    within = inside.fit() if inside.is_mixed else anywhere  # a shop may have one script an intent
    bands = evidence.bands([(everywhere, anywhere), (inside, within)])
    source = (
        f"{len(questions)} questions held out of {len(entries)} scripts (see bot.faq.tune.hold_out), "
        f"the same without their script, {len(strange)} messages of {' and '.join(STRANGE)}"
    )
    calibration = Calibration(name, weights, anywhere, within, *bands, source)
    served = replace(search.index, calibration=replace(calibration, encoder=encoder.name))
    reports = compare(FixedSearch(served), kept, questions)
    outcomes = (everywhere.outcome(anywhere, *bands), inside.outcome(within, *bands))
    return Tuned(calibration, tuple(reports), *outcomes)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _hold_out_strange(messages: Messages) -> tuple[dict[str, list[str]], list[str]]:
    """Messages without half of the strange ones, and that half."""
    known = {intent: list(texts) for intent, texts in messages.items()}
    strange: list[str] = []
    for intent in STRANGE:
        ordered = sorted(known.get(intent, ()), key=_digest)
        strange.extend(ordered[::2])
        if intent in known:
            known[intent] = ordered[1::2]
    return known, strange


def _best_weights(search: FixedSearch, questions: Sequence[Question]) -> tuple[float, float, float]:
    """The weights in steps of 0.1 with the best MRR, each part at least 0.1: the mean of those that share it."""
    position = {entry.id: number for number, entry in enumerate(search.index.entries)}
    tenths = [(a, b, 10 - a - b) for a in range(1, 9) for b in range(1, 10 - a)]
    merits = np.zeros(len(tenths))
    for question in questions:
        seen = (*search.parts(question.text), position[question.wanted])
        merits += [_reciprocal(np.array(one) / 10, *seen) / len(questions) for one in tenths]
    best = [one for one, merit in zip(tenths, merits, strict=True) if merit >= max(merits) - 1e-9]
    return tuple(round(float(weight), 3) for weight in np.mean(best, axis=0) / 10)


def _reciprocal(weights: NDArray, numbers: NDArray, parts: NDArray, wanted: int) -> float:
    mine = numbers == wanted
    if not mine.any():
        return 0.0
    combined = parts @ weights
    return 1 / (1 + int((combined > combined[mine]).sum()))


def main() -> None:
    """Prints the tuned numbers and the held-out figures; writes nothing."""
    from bot.faq.publish import tune_for
    from bot.settings import get_settings

    tuned = tune_for(get_settings())
    facts = {
        "calibration": tuned.calibration.facts(),
        "held-out": [report.figures() for report in tuned.reports],
        "all entries": asdict(tuned.anywhere),
        "entries of the intent": asdict(tuned.within),
        "tuned on": date.today().isoformat(),
    }
    print(json.dumps(facts, ensure_ascii=False, indent=2))


if __name__ == "__main__":
    main()
