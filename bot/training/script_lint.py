"""What makes a script worse for the customer who reads it: pure functions, told as kinds that the screen words.

Sources: issue 5 (what the linter looks for) and dialogue.md (one answer and at most one further fact).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum

from pydantic_core import PydanticCustomError

from bot.faq.schema import MIN_VARIANTS, PLACEHOLDERS, check_payload
from bot.faq.scripts import Entry, Script
from bot.text.normalise import bare

LONGEST = 90
"""Characters of a script; of the demo shop's 553 scripts 19 of 20 have at most 80, the longest has 89."""
MOST_SENTENCES = 3
"""An answer, one further fact and a question; 551 of the 553 scripts keep to it."""
MOST_BUTTONS = 3

_HAN = "\u4e00-\u9fff"
_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_SENTENCE = re.compile(r"[^。！？!?\n]+")
_PROMISES = re.compile(
    r"(?<![不没])一定(?!是|要|程度|的)|(?<!不)(?<!不敢)(?<!不能)(?<!没法)(?<!空口)保证"
    r"|(?<!不)绝对|(?<!不)肯定(?!不对|是)|百分之?百|必定|包您|包你|全网最低|最低价|史上最"
)
_DATES = re.compile(
    r"\d{4}\s*年|\d{4}-\d{1,2}-\d{1,2}|\d{1,2}\s*月\s*\d{1,2}|(?<!\d)[0-3]?\d\s*号(?!楼|店|线|门|码)"
    r"|双十一|双十二|双\s?1[12]|(?<!\d)618(?!\d)"
)
_HALF_WIDTH = re.compile(f"(?<=[{_HAN}])[,;:!?()]|[,;:!?()](?=[{_HAN}])|(?<=[{_HAN}])\\.(?!\\w)")
_DEAR = re.compile(r"(?<![母父双相]|最)亲(?![子肤自戚友手身眼和切密人])")


class Level(StrEnum):
    STOP = "stop"
    """Not saved like this."""
    LOOK = "look"
    """Told; the trainer decides."""


@dataclass(frozen=True)
class Finding:
    kind: str
    level: Level
    field: str
    """`question`, `variants.3`, `scripts.0`: as in the file."""
    quote: str = ""
    """The words it is about."""
    place: str = ""
    """File and line of the other one, where there is another one."""


def lint_text(text: str, is_dated: bool = False, field: str = "") -> list[Finding]:
    """Everything to be said of one wording. A dated script may name its dates."""
    if not text.strip():
        return [Finding("empty", Level.STOP, field)]
    found = [
        Finding("unknown_placeholder", Level.STOP, field, "{" + name + "}")
        for name in _PLACEHOLDER.findall(text)
        if name not in PLACEHOLDERS
    ]
    if len(text) > LONGEST:
        found.append(Finding("too_long", Level.LOOK, field, str(len(text))))
    if len(_SENTENCE.findall(text)) > MOST_SENTENCES:
        found.append(Finding("many_facts", Level.LOOK, field))
    found += [Finding("promise", Level.LOOK, field, word[0]) for word in _PROMISES.finditer(text)]
    if len(_DEAR.findall(text)) > 1:
        found.append(Finding("too_dear", Level.LOOK, field, "亲"))
    if half := "".join(dict.fromkeys(_HALF_WIDTH.findall(text))):
        found.append(Finding("half_width", Level.LOOK, field, half))
    if not is_dated:
        found += [Finding("fixed_date", Level.LOOK, field, date[0]) for date in _DATES.finditer(text)]
    return found


def lint_entry(
    entry: Entry, others: Iterable[tuple[str, str]] = (), pictures: Collection[str] = ()
) -> list[Finding]:
    """Everything to be said of an entry; `others` are phrasings of all other entries with where they stand,
    `pictures` the files of the shop that may go out with a script."""
    found = [] if entry.question.strip() else [Finding("empty", Level.STOP, "question")]
    if len(entry.variants) < MIN_VARIANTS:
        found.append(Finding("few_variants", Level.STOP, "variants", str(len(entry.variants))))
    found += _doubles(entry, others)
    if not entry.scripts:
        found.append(Finding("no_script", Level.STOP, "scripts"))
    if entry.scripts and all(script.is_campaign for script in entry.scripts):
        found.append(Finding("only_dated", Level.LOOK, "scripts"))
    seen: set[str] = set()
    for number, script in enumerate(entry.scripts):
        found += _script(script, f"scripts.{number}")
        if script.image and script.image not in pictures:
            found.append(Finding("no_picture", Level.STOP, f"scripts.{number}", script.image))
        if script.id in seen:
            found.append(Finding("double_id", Level.STOP, f"scripts.{number}", script.id))
        seen.add(script.id)
    return found


def may_save(findings: Iterable[Finding]) -> bool:
    return all(finding.level is not Level.STOP for finding in findings)


def _doubles(entry: Entry, others: Iterable[tuple[str, str]]) -> list[Finding]:
    """Phrasings that are the same to a customer and stand twice, here or in another entry."""
    taken = {bare(text): place for text, place in others}
    found = []
    for number, text in enumerate((entry.question, *entry.variants)):
        field = f"variants.{number - 1}" if number else "question"
        key = bare(text)
        if not key:
            found += [Finding("empty", Level.STOP, field)] if number else []
        elif key in taken:
            found.append(Finding("taken_phrasing", Level.STOP, field, text, taken[key]))
        else:
            taken[key] = ""
    return found


def _script(script: Script, field: str) -> list[Finding]:
    found = lint_text(script.text, script.is_campaign, field)
    if script.valid_from and script.valid_to and script.valid_to < script.valid_from:
        found.append(Finding("dates_swapped", Level.STOP, field))
    if len(script.buttons) > MOST_BUTTONS:
        found.append(Finding("many_buttons", Level.LOOK, field, str(len(script.buttons))))
    for button in script.buttons:
        if not button.title.strip() or len(button.title) > 20:
            found.append(Finding("button_title", Level.STOP, field, button.title))
        try:
            check_payload(button.payload)
        except PydanticCustomError:
            found.append(Finding("button_payload", Level.STOP, field, button.payload))
    return found
