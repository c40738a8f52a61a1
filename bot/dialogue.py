"""What the dialogue needs to know about itself (`data/dialogue.yml`): bands, names of readings, phrases."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from bot.files import DataError, Problem, line_of, read_yaml
from bot.shop.goods.facts import Topic

Share = Annotated[float, Field(ge=0, le=1)]
Words = Annotated[str, Field(min_length=1)]


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Bands(_Strict):
    """Confidence of the best intent: at `answer` or above act, from `confirm` ask, below look for an FAQ."""

    answer: Share
    confirm: Share
    script: Share
    """Score from which a script is said where the intent is already known."""
    sure: Share = 0.9
    """Score from which a script goes before the question a rule would ask (actions/talk/faq.py, `settles`)."""

    @model_validator(mode="after")
    def _confirm_is_below_answer(self) -> Bands:
        if self.confirm >= self.answer:
            raise ValueError(f"confirm {self.confirm} must be below answer {self.answer}")
        return self


class Reading(_Strict):
    """An intent in Chinese: `name` for agents and trainers, `question` for the customer's button."""

    name: Words
    question: Words | None = None
    """None: the bot never offers this reading ("您是想问…")."""


class FactTopic(_Strict):
    """One thing customers ask about a product; see bot.shop.goods.facts.Topic."""

    names: tuple[Words, ...] = ()
    asked: tuple[Words, ...]
    part: Literal["attributes", "care", "colors", "sizes"] = "attributes"
    lines: tuple[Words, ...] = ()
    only: bool = False

    def topic(self) -> Topic:
        return Topic(self.names, self.asked, self.part, self.lines, self.only)


class Dialogue(_Strict):
    bands: Bands
    readings: dict[str, Reading]
    order_states: dict[str, Words]
    phrases: dict[str, dict[str, str]]
    """Parts of a sentence that depend on a value: `phrases[group][key]`, with variables."""
    heard: dict[str, dict[str, tuple[Words, ...]]]
    """Words by which a typed answer to one of the bot's own questions is known: `heard[question][answer]`."""
    facts: tuple[FactTopic, ...] = ()
    common: tuple[Words, ...] = ()
    """Words that tell nothing of what is asked about a product."""
    covered: dict[str, tuple[Words, ...]] = {}
    """Intent → FAQ entries that the intent's own rule answers better when it knows the product."""

    @cached_property
    def topics(self) -> tuple[Topic, ...]:
        return tuple(fact.topic() for fact in self.facts)

    def reading(self, intent: str | None) -> str:
        """The intent's Chinese name, or the intent itself where it has none."""
        return self.readings[intent].name if intent in self.readings else str(intent or "")

    def phrase(self, group: str, key: str, **values: object) -> str:
        return self.phrases[group][key].format(**values)

    def hear(self, question: str, text: str) -> str | None:
        """The answer whose words are in `text`; the longest word wins ("不合身" over "合身"), None without any."""
        answers = self.heard[question].items()
        found = [(len(word), answer) for answer, words in answers for word in words if word in text]
        return max(found)[1] if found else None

    def hear_all(self, question: str, text: str) -> tuple[str, ...]:
        """Every answer whose words are in `text`, in the order of the file."""
        answers = self.heard[question].items()
        return tuple(answer for answer, words in answers if any(word in text for word in words))


def load_dialogue(path: Path) -> Dialogue:
    """Read and check the file. Raises DataError with all problems, each with its line."""
    document = read_yaml(path)
    try:
        return Dialogue.model_validate(document)
    except ValidationError as error:
        raise DataError(
            Problem(path, line_of(document, item["loc"]), ".".join(map(str, item["loc"])), item["msg"])
            for item in error.errors()
        ) from error
