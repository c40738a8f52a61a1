"""The `xiaoer` command. Heavy imports wait until a command needs them."""

from __future__ import annotations

import os
import sys
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from bot.cli_agents import agents
from bot.cli_output import console, fail, print_json
from bot.cli_shop import shop
from bot.files import DataError
from bot.settings import get_settings

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
faq = typer.Typer(no_args_is_help=True, help="FAQ scripts: search and list.")
app.add_typer(faq, name="faq")
app.add_typer(shop, name="shop")
app.add_typer(agents, name="agents")

Source = Annotated[str, typer.Argument(help="a text file, one line each, or - for standard input")]


def read_lines(source: str) -> list[str]:
    """Lines of a file or of standard input, without empty ones."""
    try:
        text = sys.stdin.read() if source == "-" else Path(source).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        fail(f"{source}: {error}: name a UTF-8 text file, or - for standard input")
    return [line.strip() for line in text.splitlines() if line.strip()]


@app.command()
def check() -> None:
    """Check every data file; all problems at once with file, line and cure."""
    from bot.training.validation import check_everything

    try:
        summary = check_everything(get_settings())
    except DataError as error:
        fail(str(error))
    console.print(f"✓ {summary}", highlight=False)


@app.command()
def train(
    what: Annotated[str, typer.Argument(help="nlu, encoder, index or all")] = "all",
    if_missing: Annotated[
        bool, typer.Option("--if-missing", help="only what the data files have outdated")
    ] = False,
) -> None:
    """Train models from the data files, with progress."""
    from bot.faq.encoder import EncoderError
    from bot.faq.index import IndexRefused
    from bot.training.dialogue_model import TrainingFailed
    from bot.training.jobs import JOBS, run_jobs

    if what != "all" and what not in JOBS:
        fail(f"unknown target {what!r}: choose one of {', '.join(JOBS)}, all")
    try:
        run_jobs(get_settings(), JOBS if what == "all" else [what], if_missing, console)
    except (DataError, TrainingFailed, EncoderError, IndexRefused) as error:
        fail(str(error))


@app.command()
def run() -> None:
    """Check the data and train what is missing, if anything has changed, and start everything (`make run`)."""
    from bot.shop.records.loader import SHOP_ZONE
    from bot.supervise import PortTaken, check_ports, write_config
    from bot.training.unchanged import is_as_left, leave

    settings = get_settings()
    try:
        check_ports(settings)
    except PortTaken as error:
        fail(str(error))
    today = datetime.now(SHOP_ZONE).date()
    if is_as_left(settings, today):
        console.print("✓ data and models are as the last start left them", highlight=False)
    else:
        check()
        train("all", if_missing=True)
        leave(settings, today)
    config = write_config(settings)
    supervisord = Path(sys.executable).with_name("supervisord")
    os.execv(supervisord, [str(supervisord), "-c", str(config)])


@app.command(hidden=True)
def banner() -> None:
    """Wait until everything answers, then print addresses and logins (runs under the supervisor)."""
    from bot.welcome import wait_and_welcome

    wait_and_welcome(get_settings(), Console())


@app.command()
def parse(source: Source) -> None:
    """One utterance a line in, one parse a line out (JSON)."""
    from bot.training.parsing import parse_lines

    settings = get_settings()
    train("nlu", if_missing=True)
    for result in parse_lines(settings, read_lines(source)):
        print_json(result)


@faq.command("search")
def faq_search(source: Source, top: Annotated[int, typer.Option(min=1, max=100)] = 5) -> None:
    """One question a line in, its nearest scripts out (JSON lines)."""
    from bot.faq.search import Searcher
    from bot.training.probe import band_of

    train("index", if_missing=True)
    searcher = Searcher.open(get_settings().models_dir)
    for text in read_lines(source):
        hits = searcher.search(text, top=top)
        found = [{"id": hit.id, "score": round(hit.score, 4), "question": hit.question} for hit in hits]
        print_json({"text": text, "band": band_of(searcher, text), "hits": found})


@faq.command("list")
def faq_list() -> None:
    """All scripts, one a line (JSON)."""
    from bot.faq.scripts import load_scripts

    try:
        entries = load_scripts(get_settings().faq_dir)
    except DataError as error:
        fail(str(error))
    for entry in entries:
        row = {"id": entry.id, "intent": entry.intent, "question": entry.question}
        print_json({**row, "variants": len(entry.variants), "scripts": len(entry.scripts)})


@app.command()
def evaluate(
    what: Annotated[
        str, typer.Argument(help="all (held-out report), or one of nlu, faq, dialogue (quick look, reports/)")
    ] = "all",
    tune: Annotated[bool, typer.Option("--tune", help="first set the thresholds from tuning data")] = False,
    real: Annotated[
        Path | None, typer.Option(help="real messages: JSON lines with text, intent, accepted, clear, group")
    ] = None,
    baselines: Annotated[
        bool, typer.Option("--baselines", help="beside Rasa's own classifiers on the same data")
    ] = False,
    diet_epochs: Annotated[
        int, typer.Option(min=1, help="of DIET and ResponseSelector; 100 take half an hour on two cores")
    ] = 100,
    sample: Annotated[
        int | None, typer.Option(min=5, help="learn only N examples an intent: a try, no measure")
    ] = None,
    out: Annotated[Path | None, typer.Option(help="folder of the report (default: var/evaluation)")] = None,
) -> None:
    """What the bot understands of sentences kept apart: tables, plots and an HTML report."""
    from bot.training.reports import REPORTS

    settings = get_settings()
    if what not in ("all", *REPORTS):
        fail(f"unknown report {what!r}: choose one of all, {', '.join(REPORTS)}")
    try:
        if what != "all" or tune:
            REPORTS["nlu" if what == "all" else what](settings, console, tune)
        if what == "all":
            folder = out or settings.data_dir / "evaluation"
            _evaluate_all(folder, real, baselines, diet_epochs, sample)
    except DataError as error:
        fail(str(error))


def _evaluate_all(folder: Path, real: Path | None, baselines: bool, epochs: int, sample: int | None) -> None:
    from bot.evaluation.run import Plan
    from bot.evaluation.run import evaluate as measure
    from bot.evaluation.terminal import show
    from bot.faq.encoder import EncoderError
    from bot.faq.index import IndexRefused
    from bot.training.dialogue_model import TrainingFailed

    if folder.exists() and not folder.is_dir():
        fail(f"--out {folder}: is a file: name a folder")
    plan = Plan(folder, real, baselines, epochs, sample)
    try:
        summary = measure(get_settings(), plan, console)
    except (TrainingFailed, EncoderError, IndexRefused, ValueError) as error:
        fail(str(error))
    show(summary, Console())
    console.print(f"report: {folder / 'report.html'}", soft_wrap=True)


@app.command()
def learn(
    from_chats: Annotated[
        list[Path] | None,
        typer.Option(
            "--from-chats", help="exported chats: CSV, TSV, JSONL or TXT; may be given several times"
        ),
    ] = None,
    agent: Annotated[
        list[str] | None, typer.Option(help="name of an agent in the chats; may be given several times")
    ] = None,
    forget: Annotated[bool, typer.Option("--forget", help="delete all imported chats and drafts")] = False,
) -> None:
    """From the shop's own past chats: questions the FAQ lacks, and messages worth a label."""
    from bot.faq.encoder import EncoderError
    from bot.faq.index import IndexRefused
    from bot.learning import run as learning
    from bot.learning import terminal
    from bot.learning.intents import read_intents
    from bot.training.dialogue_model import TrainingFailed

    settings = get_settings()
    folder = learning.folder_of(settings)
    if forget:
        learning.store_of(settings).forget()
        console.print(f"✓ deleted {folder}", highlight=False, soft_wrap=True)
        return
    try:
        if from_chats:
            imported = learning.import_chats(settings, from_chats, agent or [])
            terminal.show_import(imported, folder, console)
        train("index", if_missing=True)
        learnt = learning.learn(settings, lambda texts: read_intents(settings, texts), console)
    except (DataError, TrainingFailed, EncoderError, IndexRefused, ValueError) as error:
        fail(str(error))
    terminal.show(learnt, folder, Console())


@app.command()
def chat() -> None:
    """Talk to the bot in the terminal."""
    from bot.terminal_chat import talk

    talk(get_settings(), console)


if __name__ == "__main__":
    app()
