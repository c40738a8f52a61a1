"""From readings to figures, files and plots in the output folder."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from rich.console import Console

from bot.dialogue import Dialogue
from bot.evaluation import confusions, entities, faq, goals, html, plots
from bot.evaluation.confusions import Confusion
from bot.evaluation.entities import EntityScore, Half, Sentence
from bot.evaluation.figures import Judged, ModelFigures, figures_of
from bot.evaluation.goals import Reached
from bot.evaluation.rasa_models import Answers
from bot.faq.evaluate import Report


@dataclass(frozen=True)
class Results:
    """What was read, found and asked in one run; ours first wherever there are several."""

    judged: tuple[Judged, ...]
    sentences: tuple[Sentence, ...]
    found: tuple[frozenset[tuple[str, str]], ...]
    """Entities found in each of `sentences`."""
    faq: tuple[Report, ...]
    selector: Answers | None
    """Where the ResponseSelector among `faq` comes from."""
    epochs: int | None
    """Of the networks among the baselines; None without baselines."""
    learnt: int
    """Messages the intent models learnt from."""
    entries: int
    """FAQ entries."""
    sample: int | None
    """Examples an intent and phrasings an entry, where not all were learnt."""


@dataclass(frozen=True)
class Summary:
    """The figures of a run."""

    made_at: str
    learnt: int
    entries: int
    sample: int | None
    epochs: int | None
    reached: tuple[Reached, ...]
    models: tuple[ModelFigures, ...]
    confusions: tuple[Confusion, ...]
    """Of our model on the held-out sentences."""
    entities: EntityScore
    judging: EntityScore
    """The half of the sentences that no rule was made by."""
    faq: tuple[Report, ...]
    selector: Answers | None

    def as_json(self) -> dict:
        names = ("made_at", "learnt", "entries", "sample", "epochs")
        return {
            **{name: getattr(self, name) for name in names},
            "goals": [
                {**asdict(one.goal), "value": one.value, "standing": one.standing} for one in self.reached
            ],
            "models": [asdict(model) for model in self.models],
            "confusions": [asdict(one) for one in self.confusions],
            "entities": {"all": _kinds(self.entities), "judging": _kinds(self.judging)},
            "faq": [
                {**report.figures(), "slices": [part.figures() for part in report.slices]}
                for report in self.faq
            ],
        }


def summary_of(results: Results) -> Summary:
    models = tuple(figures_of(one) for one in results.judged)
    gold = [sentence.entities for sentence in results.sentences]
    half = slice(Half.JUDGING.value, None, 2)
    judging = entities.score(gold[half], results.found[half])
    reached = goals.held_against(
        goals.load_goals(), goals.values_of(models, judging, results.faq, results.epochs)
    )
    return Summary(
        datetime.now().astimezone().isoformat(timespec="seconds"),
        results.learnt,
        results.entries,
        results.sample,
        results.epochs,
        reached,
        models,
        confusions.confusions(results.judged[0].held_out),
        entities.score(gold, results.found),
        judging,
        results.faq,
        results.selector,
    )


def write_report(results: Results, dialogue: Dialogue, out: Path, console: Console) -> Summary:
    """Writes `report.html`, `summary.json`, the plots and every single result; answers the figures."""
    summary = summary_of(results)
    font = plots.chinese_font()
    if font is None:
        console.print("no Chinese font found: plots are in English (Debian: apt install fonts-noto-cjk)")
    images = plots.draw(out, results.judged, summary.models, results.faq, dialogue.reading, font)
    text = json.dumps(summary.as_json(), ensure_ascii=False, indent=1)
    (out / "summary.json").write_text(text, encoding="utf-8")
    for name, rows in single_results(results):
        _write_rows(out / f"{name}.jsonl", rows)
    page = html.page(summary, dialogue, images, plots.load_labels("zh"))
    (out / "report.html").write_text(page, encoding="utf-8")
    return summary


def single_results(results: Results) -> Iterator[tuple[str, Iterable[dict]]]:
    """File name and rows: what lies behind every mean, sentence by sentence."""
    for name in ("held_out", "outside", "real"):
        yield (
            name.replace("_", "-"),
            [
                {"model": one.model.name, **reading.row()}
                for one in results.judged
                for reading in getattr(one, name)
            ],
        )
    pairs = zip(results.sentences, results.found, strict=True)
    yield "entities", [_entity_row(number, *pair) for number, pair in enumerate(pairs)]
    yield "faq", faq.rows(results.faq)


def _entity_row(number: int, sentence: Sentence, found: frozenset[tuple[str, str]]) -> dict:
    return {
        "text": sentence.text,
        "half": Half(number % 2).name.lower(),
        "expected": sorted(sentence.entities),
        "found": sorted(found),
        "exact": sentence.entities == found,
    }


def _kinds(score: EntityScore) -> dict:
    kinds = {name: {**asdict(kind), "exact": kind.exact, "f1": kind.f1} for name, kind in score.kinds.items()}
    return {"sentence_exact": score.sentence_exact, "measures": goals.exact_measures(score), "kinds": kinds}


def _write_rows(path: Path, rows: Iterable[dict] | Sequence[dict]) -> None:
    with path.open("w", encoding="utf-8") as file:
        for row in rows:
            file.write(json.dumps(row, ensure_ascii=False) + "\n")
