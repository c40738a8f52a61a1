"""What an agent calls up with "/": standing and campaign phrases, found by the initials of their pinyin.

The agents' own phrases stand in `data/phrases.yml` (a shop's own: `phrases.yml` in its folder), the bot's scripts in
`data/faq` join them. Texts keep their live variables (`{stock}`): the page fills them for the conversation it shows.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator
from pypinyin import Style, lazy_pinyin

from bot.desk.agent_tools.live_values import LIVE
from bot.faq.schema import PLACEHOLDERS, near
from bot.faq.scripts import Entry
from bot.files import DataError, Problem, line_of, read_yaml
from bot.settings import ROOT, Settings

_NAME = re.compile(r"\{([^{}]*)\}")
STANDARD = ROOT / "data" / "phrases.yml"


@dataclass(frozen=True)
class Phrase:
    """`initials` and `pinyin` of the title, small letters; `text` with `{variables}` and 【blanks】 unfilled."""

    id: str
    group: str
    title: str
    text: str
    initials: str
    pinyin: str
    is_campaign: bool
    valid_to: date | None = None
    image: str | None = None
    """File in the shop's folder `images` that goes out with it."""


def _known_names(text: str) -> str:
    known = (*PLACEHOLDERS, *LIVE)
    for name in _NAME.findall(text):
        if name not in known:
            raise ValueError(f"unknown variable {{{name}}}: {near(name, known)}")
    return text


Words = Annotated[str, Field(min_length=1)]


class _Row(BaseModel):
    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)
    id: Words
    title: Annotated[Words, Field(max_length=20)]
    text: Annotated[Words, Field(max_length=1000), AfterValidator(_known_names)]
    image: Annotated[str | None, Field(pattern=r"^[\w-]+\.(svg|png|jpg|jpeg|webp)$")] = None
    valid_from: date | None = None
    valid_to: date | None = None

    @model_validator(mode="after")
    def _ends_after_start(self) -> _Row:
        if self.valid_from and self.valid_to and self.valid_to < self.valid_from:
            raise ValueError("valid_to is before valid_from: swap or correct them")
        return self

    def holds_on(self, today: date) -> bool:
        return (self.valid_from or today) <= today <= (self.valid_to or today)


class _Group(BaseModel):
    model_config = ConfigDict(extra="forbid")
    name: Words
    phrases: list[_Row]


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid")
    groups: list[_Group]


def phrases_file(settings: Settings) -> Path:
    """The shop's own phrases if it has some."""
    own = settings.shop_dir / "phrases.yml"
    return own if own.exists() else STANDARD


def load_phrases(path: Path, today: date) -> tuple[Phrase, ...]:
    """The agents' own phrases that hold today, campaign ones first. DataError with file, line, field and cure."""
    document = read_yaml(path)
    try:
        groups = _File.model_validate(document).groups
    except ValidationError as error:
        raise DataError(
            Problem(path, line_of(document, each["loc"]), ".".join(map(str, each["loc"])), each["msg"])
            for each in error.errors()
        ) from error
    found = [
        _phrase(
            f"own.{row.id}",
            group.name,
            row.title,
            row.text,
            row.valid_from or row.valid_to,
            row.valid_to,
            row.image,
        )
        for group in groups
        for row in group.phrases
        if row.holds_on(today)
    ]
    return tuple(sorted(found, key=lambda phrase: not phrase.is_campaign))


def script_phrases(entries: Iterable[Entry], group: str, today: date) -> tuple[Phrase, ...]:
    """The bot's scripts in today's wording; `group` is what they are called in the palette."""
    found = []
    for entry in entries:
        script = entry.script_on(today)
        if script:
            campaign = script.valid_to if script.is_campaign else None
            is_campaign = campaign or script.is_campaign
            phrase = _phrase(
                entry.id, group, entry.question, script.text, is_campaign, campaign, script.image
            )
            found.append(phrase)
    return tuple(found)


def _phrase(
    identifier: str,
    group: str,
    title: str,
    text: str,
    campaign: object,
    ends: date | None,
    image: str | None = None,
) -> Phrase:
    initials, pinyin = _letters(lazy_pinyin(title, style=Style.FIRST_LETTER)), _letters(lazy_pinyin(title))
    return Phrase(identifier, group, title, text, initials, pinyin, bool(campaign), ends, image)


def _letters(parts: Iterable[str]) -> str:
    """What can be typed: small letters and digits, no marks."""
    return "".join(char for char in "".join(parts).lower() if char.isalnum())
