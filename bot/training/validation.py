"""`xiaoer check`: every file that people edit, all problems at once."""

from __future__ import annotations

from bot.dialogue import load_dialogue
from bot.faq.scripts import load_scripts
from bot.files import DataError, Problem
from bot.nlu.context import read_chats
from bot.settings import ROOT, Settings
from bot.shop.records.loader import load_shop


def check_everything(settings: Settings) -> str:
    """One line of what was found. Raises DataError with the problems of all files together."""
    problems: list[Problem] = []
    found: list[str] = []
    for what, load in (
        ("products", lambda: load_shop(settings.shop_dir).products),
        ("FAQ scripts", lambda: load_scripts(settings.faq_dir)),
        ("intents", lambda: load_dialogue(ROOT / "data" / "dialogue.yml").readings),
        ("examples", lambda: _examples(settings)),
        ("chats", lambda: read_chats()),
    ):
        try:
            found.append(f"{len(load())} {what}")
        except DataError as error:
            problems += error.problems
    if problems:
        raise DataError(problems)
    return "data files: " + ", ".join(found)


def _examples(settings: Settings) -> list:
    from bot.training.checks import check_nlu

    return check_nlu(settings.nlu_dir, ROOT / "domain.yml")
