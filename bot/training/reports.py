"""`xiaoer evaluate`: what the models can do, as tables, plots and the single sentences behind every mean."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from bot.files import read_yaml
from bot.settings import ROOT, Settings
from bot.training.bands import choose_bands, write_bands
from bot.training.cross_validation import Reading, cross_validate
from bot.training.evaluation import Scores, held_out, score
from bot.training.nlu_files import plain, read_examples

REPORT_FOLDER = ROOT / "reports"
DIALOGUE_FILE = ROOT / "data" / "dialogue.yml"
CONFIG_FILE = ROOT / "config.yml"


def report_nlu(settings: Settings, console: Console, tune: bool) -> None:
    """Cross-validates the intent examples; with `tune` also sets the confidence bands from them."""
    examples = read_examples(settings.nlu_dir)
    classifier = next(p for p in read_yaml(CONFIG_FILE)["pipeline"] if "LinearIntentClassifier" in p["name"])
    with Progress(console=console) as bars:
        bar = bars.add_task("cross-validating", total=1.0)
        readings = cross_validate(examples, classifier, lambda share, _: bars.update(bar, completed=share))
    expected = [(plain(example.text), example.intent) for example in examples]
    scores = score(expected, [as_parse(reading) for reading in readings])
    _write("nlu", {"scores": scores.as_json(), "confusions": confusions(readings)})
    plot_coverage(readings, REPORT_FOLDER / "nlu-risk-coverage.png")
    _print_nlu(console, scores, readings)
    if tune:
        answer, confirm = choose_bands(readings)
        write_bands(answer, confirm, DIALOGUE_FILE, CONFIG_FILE)
        console.print(
            f"bands set: answer {answer}, confirm {confirm} (data/dialogue.yml, config.yml); train again"
        )


def as_parse(reading: Reading) -> dict:
    name, confidence = reading.ranking[0]
    return {"intent": {"name": name, "confidence": confidence}}


def confusions(readings: Sequence[Reading], most: int = 40) -> list[dict]:
    """Pairs of intents taken for each other, most frequent first, each with its sentences."""
    pairs = Counter((r.intent, r.ranking[0][0]) for r in readings if not r.is_right)
    return [
        {
            "expected": expected,
            "read_as": read_as,
            "count": count,
            "sentences": [r.text for r in readings if (r.intent, r.ranking[0][0]) == (expected, read_as)],
        }
        for (expected, read_as), count in pairs.most_common(most)
    ]


def plot_coverage(readings: Sequence[Reading], path: Path) -> None:
    """Accuracy of the readings the model is surest of, against their share of all."""
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot

    surest_first = sorted(readings, key=lambda reading: -reading.confidence)
    right = np.cumsum([reading.is_right for reading in surest_first])
    covered = np.arange(1, len(right) + 1)
    figure, axes = pyplot.subplots(figsize=(6, 4))
    axes.plot(covered / len(right), right / covered)
    axes.set(xlabel="share of messages acted on", ylabel="accuracy of these", ylim=(0.5, 1.01))
    axes.grid(alpha=0.3)
    figure.tight_layout()
    path.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(path, dpi=120)
    pyplot.close(figure)


def _print_nlu(console: Console, scores: Scores, readings: Sequence[Reading]) -> None:
    table = Table("intent", "precision", "recall", "F1", "examples")
    for name, one in sorted(scores.intents.items(), key=lambda item: item[1].f1):
        table.add_row(name, f"{one.precision:.2f}", f"{one.recall:.2f}", f"{one.f1:.2f}", str(one.support))
    console.print(table)
    surest = sorted(readings, key=lambda r: -r.confidence)[: int(len(readings) * 0.6)]
    sure_right = sum(r.is_right for r in surest) / max(1, len(surest))
    console.print(
        f"accuracy {scores.accuracy:.3f}, macro-F1 {scores.macro_f1:.3f}, surest 60 % {sure_right:.3f}"
    )
    console.print(f"sentences and plot: {REPORT_FOLDER.relative_to(ROOT)}/nlu*")


def report_faq(settings: Settings, console: Console, tune: bool) -> None:
    """Held-out questions on the published index, ours by slice too, beside two kinds of BM25 in the same run."""
    from bot.faq.evaluate import compare, load_questions
    from bot.faq.publish import publish
    from bot.faq.scripts import load_scripts
    from bot.faq.search import Searcher

    if tune:
        publish(settings, retrain=True)
    entries = load_scripts(settings.faq_dir)
    questions = load_questions(ROOT / "tests" / "data" / "faq")
    reports = compare(Searcher.open(settings.models_dir, settings), entries, questions)
    table = Table("ranker", "hit@1", "hit@3", "MRR", "questions")
    for report in reports:
        hits = (f"{report.hit_at(1):.3f}", f"{report.hit_at(3):.3f}", f"{report.mrr:.3f}")
        table.add_row(report.name, *hits, str(len(report.results)))
    for part in reports[0].slices:
        hits = (f"{part.hit_at(1):.3f}", f"{part.hit_at(3):.3f}", f"{part.mrr:.3f}")
        table.add_row(f"  ours, {part.name}", *hits, str(len(part.results)))
    console.print(table)
    _write(
        "faq",
        {
            report.name: {
                **report.figures(),
                "slices": [part.figures() for part in report.slices],
                "missed": [vars(r) for r in report.missed],
            }
            for report in reports
        },
    )


def report_dialogue(settings: Settings, console: Console, tune: bool) -> None:
    """The trained model on the held-out sentences, through Rasa itself."""
    from bot.training.parsing import parse_lines

    if tune:
        console.print("nothing to tune here: the bands come from `xiaoer evaluate nlu --tune`")
    expected = held_out()
    scores = score(expected, parse_lines(settings, [text for text, _ in expected]))
    _write("dialogue", scores.as_json())
    table = Table("sentence", "expected", "read as", "confidence")
    for miss in scores.misread:
        table.add_row(*(str(miss[key]) for key in ("text", "expected", "read_as", "confidence")))
    console.print(table)
    console.print(
        f"{len(expected)} held-out sentences: accuracy {scores.accuracy:.3f}, macro-F1 {scores.macro_f1:.3f}"
    )


def _write(name: str, report: object) -> None:
    REPORT_FOLDER.mkdir(exist_ok=True)
    text = json.dumps(report, ensure_ascii=False, indent=1, default=str)
    (REPORT_FOLDER / f"{name}.json").write_text(text, encoding="utf-8")


REPORTS: dict[str, Callable[[Settings, Console, bool], None]] = {
    "nlu": report_nlu,
    "faq": report_faq,
    "dialogue": report_dialogue,
}
