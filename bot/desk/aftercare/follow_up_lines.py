"""The words of follow-ups and the words by which they are refused, read from `follow_ups.yml` and checked at once."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Annotated
from zlib import crc32

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from bot.desk.conversations import Button
from bot.files import DataError, Problem, line_of, read_yaml
from bot.shop.prices.reasons_now import FewLeft, OfferEnds, ReasonNow
from bot.text.normalise import bare

FILE = Path(__file__).with_name("follow_ups.yml")
Words = Annotated[str, Field(min_length=1)]
Texts = Annotated[tuple[Words, ...], Field(min_length=1)]


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class ButtonLine(_Strict):
    title: Words
    payload: Words

    @property
    def button(self) -> Button:
        return Button(self.title, self.payload)


class AskedWords(_Strict):
    """`product` when one was talked about, `known` when her measures are known too, `unsized` when it has no size
    chart; `plain` when none was."""

    subject: Words
    product: Texts
    known: Texts | None = None
    unsized: Texts | None = None
    plain: Texts | None = None
    buttons: tuple[ButtonLine, ...] = ()

    def key(self, has_product: bool, is_known: bool = False, has_chart: bool = True) -> str | None:
        """Which of the texts fits; None when nothing can be said."""
        if not has_product:
            return "plain" if self.plain else None
        if self.unsized and not has_chart:
            return "unsized"
        return "known" if is_known and self.known else "product"


class UnpaidWords(_Strict):
    subject: Words
    texts: Texts
    buttons: tuple[ButtonLine, ...] = ()


class CouponWords(_Strict):
    subject: Words
    any: Texts
    from_: Annotated[Texts, Field(alias="from")]
    buttons: tuple[ButtonLine, ...] = ()


class Refusals(_Strict):
    always: tuple[Words, ...]
    answering: tuple[Words, ...]


class FollowUpLines(_Strict):
    asked: dict[str, AskedWords]
    unpaid: UnpaidWords
    coupon: CouponWords
    reasons: dict[str, str]
    variants: dict[str, str]
    items: dict[str, str]
    days: dict[str, str]
    moment: Words
    tag: Words
    tag_plain: Words
    stop: ButtonLine
    stopped: Words
    stopped_tag: Words
    refusals: Refusals
    passes: frozenset[str]
    trouble: frozenset[str]
    occasions: dict[str, Words]
    states: dict[str, Words]
    whys: dict[str, Words]

    @model_validator(mode="after")
    def _every_brace_is_known(self) -> FollowUpLines:
        """Fill every text once, so that a wrong brace is found here and not before a customer."""
        known = dict.fromkeys(("product", "reason", "item", "kept", "amount", "min_spend", "day"), "")
        texts: list[str] = []
        for words in self.asked.values():
            texts += [*words.product, *(words.known or ()), *(words.unsized or ()), *(words.plain or ())]
        texts += [*self.unpaid.texts, *self.coupon.any, *self.coupon.from_]
        for text in texts:
            try:
                text.format(**known)
            except (KeyError, IndexError, ValueError) as error:
                raise ValueError(
                    f"{text!r} has a brace nobody fills ({error}): use {sorted(known)}"
                ) from None
        return self

    # --- parts of sentences

    def reason(self, reason: ReasonNow | None, today: date) -> str:
        """One sentence, "" without a reason."""
        match reason:
            case None:
                return ""
            case FewLeft(left, color, size):
                return self.reasons["few_left"].format(variant=self._variant(color, size), left=left)
            case OfferEnds(title, day):
                return self.reasons["offer_ends"].format(title=title, day=self.day(day, today))
            case _:
                return self.reasons["ships_today"].format(cutoff=f"{reason.cutoff:%H:%M}")

    def _variant(self, color: str, size: str) -> str:
        key = "both" if color and size else "color" if color else "size" if size else "none"
        return self.variants[key].format(color=color, size=size)

    def day(self, day: date, today: date) -> str:
        key = {today: "today", today + timedelta(days=1): "tomorrow"}.get(day, "day")
        return self.days[key].format(month=day.month, day=day.day)

    def at(self, moment: datetime, now: datetime) -> str:
        return self.moment.format(day=self.day(moment.date(), now.date()), clock=f"{moment:%H:%M}")

    def tag_for(self, subject: str, what: str) -> str:
        return (self.tag if what else self.tag_plain).format(subject=subject, what=what)[:80]

    # --- refusals

    def is_refusal(self, text: str, answers_follow_up: bool) -> bool:
        """Whether she wants no more of this. `answers_follow_up`: she was sent one and has not written since."""
        said = bare(text)
        always, answering = self._refusals
        words = (*always, *answering) if answers_follow_up else always
        return any(said == word if word.isascii() else word in said for word in words)

    @cached_property
    def _refusals(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        return tuple(map(bare, self.refusals.always)), tuple(map(bare, self.refusals.answering))


def one_of(texts: Texts, seed: str) -> str:
    """The same follow-up always says the same; different ones vary."""
    return texts[crc32(seed.encode()) % len(texts)]


@lru_cache(maxsize=1)
def follow_up_lines() -> FollowUpLines:
    """Raises DataError with all problems of the file, each with its line."""
    document = read_yaml(FILE)
    try:
        return FollowUpLines.model_validate(document)
    except ValidationError as error:
        raise DataError(
            Problem(FILE, line_of(document, item["loc"]), ".".join(map(str, item["loc"])), item["msg"])
            for item in error.errors()
        ) from error
