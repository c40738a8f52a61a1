"""The figures of a run as tables on the terminal."""

from __future__ import annotations

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from bot.evaluation.goals import Reached, Standing
from bot.evaluation.report import Summary

STANDINGS = {
    Standing.AIM: "[green]aim reached",
    Standing.FLOOR: "[yellow]floor reached",
    Standing.BELOW: "[red]below the floor",
    Standing.UNMEASURED: "[dim]not measured",
}
PAIRS = 12
"""Confusions printed; the report has them all."""
SENTENCES = 3


def show(summary: Summary, console: Console) -> None:
    for table in (_intents(summary), _confusions(summary), _entities(summary), _faq(summary)):
        console.print(table)
    console.print(_models(summary))
    if any(model.real for model in summary.models):
        console.print(_real(summary))
    console.print(_goals(summary))
    if summary.sample:
        console.print(f"a try on {summary.sample} examples an intent: no measure of anything", style="yellow")


def _goals(summary: Summary) -> Table:
    table = Table("what was reached", "now", "floor", "aim", "", title="Goals of issue 3")
    for one in summary.reached:
        sign = "≤ " if one.goal.less_is_better else ""
        bounds = (f"{sign}{one.goal.floor:.2f}", f"{sign}{one.goal.aim:.2f}")
        table.add_row(one.goal.name, _figure(one.value), *bounds, _standing(one))
    return table


def _standing(one: Reached) -> str:
    needs = f", needs {one.goal.needs}" if one.value is None and one.goal.needs else ""
    return STANDINGS[one.standing] + needs


def _intents(summary: Summary) -> Table:
    table = Table("intent", "precision", "recall", "F1", "sentences", title="Held-out sentences")
    for name, one in sorted(summary.models[0].intents.items(), key=lambda each: each[1].f1):
        table.add_row(name, f"{one.precision:.3f}", f"{one.recall:.3f}", f"{one.f1:.3f}", str(one.support))
    return table


def _confusions(summary: Summary) -> Table:
    table = Table("intent", "read as", "times", "sentences", title="Confusions")
    for one in summary.confusions[:PAIRS]:
        shown = "\n".join(
            f"{escape(text)} ({confidence:.2f})" for text, confidence in one.sentences[:SENTENCES]
        )
        table.add_row(one.intent, one.read_as, str(len(one.sentences)), shown)
    return table


def _entities(summary: Summary) -> Table:
    table = Table("entity", "exact", "judging half", "right", "missed", "invented", title="Entities")
    for name, kind in summary.entities.kinds.items():
        judged = summary.judging.kinds.get(name)
        counts = (str(kind.right), str(kind.missed), str(kind.invented))
        table.add_row(name, f"{kind.exact:.3f}", _figure(judged.exact if judged else None), *counts)
    whole = (f"{summary.entities.sentence_exact:.3f}", f"{summary.judging.sentence_exact:.3f}")
    table.add_row("whole sentence", *whole, "", "", "")
    return table


def _faq(summary: Summary) -> Table:
    table = Table("FAQ", "hit@1", "hit@3", "MRR", "questions")
    for report in (*summary.faq, *summary.faq[0].slices):
        hits = (f"{report.hit_at(1):.3f}", f"{report.hit_at(3):.3f}", f"{report.mrr:.3f}")
        name = report.name if report in summary.faq else f"  {summary.faq[0].name}: {report.name}"
        table.add_row(name, *hits, str(len(report.results)))
    return table


def _models(summary: Summary) -> Table:
    columns = ("accuracy", "macro-F1", "surest 60 %", "ECE", "AUROC near", "far", "both", "at 90 % caught")
    table = Table("intent model", *columns, "trained", title="Held-out and out-of-scope sentences")
    for model in summary.models:
        shares = (model.accuracy, model.macro_f1, model.surest_60, model.calibration_error)
        scope = model.scope
        others = (scope.auroc_near, scope.auroc_far, scope.auroc, scope.accuracy_at_90)
        table.add_row(model.name, *map(_figure, (*shares, *others)), model.trained_at[:16])
    return table


def _real(summary: Summary) -> Table:
    columns = ("group", "messages", "primary", "accepted", "surest 60 %", "unclear acted on")
    table = Table("intent model", *columns, title="Real messages")
    for model in summary.models:
        if not model.real:
            continue
        overall = model.real.overall
        groups = model.real.groups if model is summary.models[0] else ()
        for one in (overall, *groups):
            rest = (model.real.surest_60, model.real.unclear_acted_on) if one is overall else (None, None)
            shares = map(_figure, (one.primary, one.accepted, *rest))
            name = model.name if one is overall else ""
            table.add_row(name, one.group or "all", str(one.messages), *shares)
    return table


def _figure(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"
