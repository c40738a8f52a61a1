"""What was imported and learnt, as tables on the terminal."""

from __future__ import annotations

from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from bot.learning.chats import Speaker
from bot.learning.run import ASKED, BAD_LINES, PROPOSALS, TO_LABEL, Imported, Learnt

ROWS = 15
"""Lines of a table; the files have them all."""
VARIANTS = 2


def show_import(imported: Imported, folder: Path, console: Console) -> None:
    told = f"{imported.read} messages read, {imported.added} new"
    console.print(told, highlight=False)
    for problem in imported.problems[:ROWS]:
        console.print(f"! {problem}", style="yellow", markup=False, highlight=False, soft_wrap=True)
    if len(imported.problems) > ROWS:
        rest = f"… {len(imported.problems) - ROWS} more bad lines in {folder / BAD_LINES}"
        console.print(rest, style="yellow", soft_wrap=True, highlight=False)


def show(learnt: Learnt, folder: Path, console: Console) -> None:
    if learnt.questions.asked:
        console.print(_asked(learnt))
    if learnt.questions.proposals:
        console.print(_proposals(learnt))
    if learnt.to_label:
        console.print(_to_label(learnt))
    for name, count in (
        (PROPOSALS, len(learnt.questions.proposals)),
        (ASKED, len(learnt.questions.asked)),
        (TO_LABEL, len(learnt.to_label)),
    ):
        console.print(f"{count:>4}  {folder / name}", soft_wrap=True, highlight=False)
    if not any(line.speaker is Speaker.AGENT for line in learnt.lines):
        told = "no line is an agent's: all count as customers'; name agents with --agent, or their column `speaker`"
        console.print(told, style="yellow", highlight=False, soft_wrap=True)


def _asked(learnt: Learnt) -> Table:
    table = Table("script", "question", "customers", "for example", title="What customers ask most")
    for one in learnt.questions.asked[:ROWS]:
        table.add_row(one.id, escape(one.question), str(one.customers), escape(one.examples[0]))
    return table


def _proposals(learnt: Learnt) -> Table:
    columns = ("question", "customers", "also", "nearest script", "agents say")
    table = Table(*columns, title="Frequent questions without a sure answer: drafts, to be reviewed")
    for one in learnt.questions.proposals[:ROWS]:
        near = f"{one.nearest.score:.2f} {one.nearest.question}" if one.nearest else ""
        also = " / ".join(one.variants[:VARIANTS])
        table.add_row(*map(escape, (one.question, str(one.customers), also, near, one.answer[:40])))
    return table


def _to_label(learnt: Learnt) -> Table:
    table = Table("message", "customers", "read as", "confidence", title="Worth a label: clear, yet unsure")
    for one in learnt.to_label[:ROWS]:
        name, chance = one.ranking[0]
        table.add_row(escape(one.text), str(one.customers), name, f"{chance:.2f}")
    return table
