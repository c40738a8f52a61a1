"""Finds the script that answers a customer's question, and says how sure it is."""

from __future__ import annotations

import logging
import threading
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bot.faq.encoder import Encoder, EncoderError
from bot.faq.index import FaqIndex, IndexRefused, current_version, load_index
from bot.faq.ranking import Ranking
from bot.faq.scripts import Button
from bot.settings import Settings, get_settings

log = logging.getLogger(__name__)

CHOICES = 3
"""Readings put before a customer (dialogue.md: two or three)."""
_CHINA = timezone(timedelta(hours=8))


@dataclass(frozen=True)
class Hit:
    """A script and the chance, from 0 to 1, that it is what the customer meant."""

    id: str
    script_id: str
    question: str
    text: str
    """With placeholders; see `scripts.fill`."""
    buttons: tuple[Button, ...]
    score: float
    image: str | None = None


@dataclass(frozen=True)
class Confident:
    hit: Hit


@dataclass(frozen=True)
class Choices:
    """Two or three readings to ask about; one where only one came near."""

    hits: tuple[Hit, ...]


@dataclass(frozen=True)
class NoAnswer:
    """Nothing near enough. `hits` are the nearest all the same, for an agent's suggestions."""

    hits: tuple[Hit, ...]


Answer = Confident | Choices | NoAnswer


class FixedSearch(Ranking):
    """Search over one index that never changes. Pure apart from today's date."""

    def __init__(self, index: FaqIndex) -> None:
        super().__init__(index)
        self._allowed = lru_cache(maxsize=256)(self._find_allowed)

    def search(
        self,
        text: str,
        top: int = 5,
        intents: Collection[str] | None = None,
        today: date | None = None,
        kind: str | None = None,
    ) -> tuple[Hit, ...]:
        """The best scripts, best first, at most `top`, one an entry.

        `intents` keeps entries of these intents only, `kind` those that apply to this product kind; an entry without
        a script valid on `today` (in China, if not given) is left out. Empty for a text without letters or digits.
        """
        today = today or datetime.now(UTC).astimezone(_CHINA).date()
        # The second is asked for even where one is wanted: the lead over it is half of being sure.
        numbers, similarities = self.rank(text, self.allowed(intents, today, kind), max(top, 2))
        scores = self.index.calibration.curve(intents is not None).scores(similarities)[:top]
        return tuple(self._hit(number, score, today) for number, score in zip(numbers, scores, strict=False))

    def answer(
        self,
        text: str,
        intents: Collection[str] | None = None,
        today: date | None = None,
        kind: str | None = None,
    ) -> Answer:
        """What to do about a question, by the bands of the calibration."""
        hits = self.search(text, CHOICES, intents, today, kind)
        bands = self.index.calibration
        if not hits or hits[0].score < bands.confirm:
            return NoAnswer(hits)
        return Confident(hits[0]) if hits[0].score >= bands.answer else Choices(hits)

    def allowed(
        self, intents: Collection[str] | None, today: date, kind: str | None
    ) -> NDArray[np.bool_] | None:
        """Which entries may be used; None when all may."""
        return self._allowed(None if intents is None else frozenset(intents), today, kind)

    def _find_allowed(
        self, intents: frozenset[str] | None, today: date, kind: str | None
    ) -> NDArray[np.bool_] | None:
        mask = np.array(
            [
                (intents is None or entry.intent in intents)
                and (kind is None or not entry.categories or kind in entry.categories)
                and entry.script_on(today) is not None
                for entry in self.index.entries
            ],
            dtype=bool,
        )
        return None if mask.all() else mask

    def _hit(self, number: int, score: float, today: date) -> Hit:
        entry = self.index.entries[number]
        script = entry.script_on(today)
        shown = round(float(score), 4)
        return Hit(entry.id, script.id, entry.question, script.text, script.buttons, shown, script.image)


class Searcher:
    """Search over the published version, following `CURRENT`. One object serves all threads of a process."""

    def __init__(self, settings: Settings, search: FixedSearch, seen: tuple[int, int]) -> None:
        self._settings = settings
        self._search = search
        self._seen = seen
        self._swapping = threading.Lock()

    @classmethod
    def open(cls, models_dir: Path | None = None, settings: Settings | None = None) -> Searcher:
        """Raises IndexRefused or EncoderError where nothing servable is published."""
        settings = settings or get_settings()
        if models_dir is not None:
            settings = settings.model_copy(update={"models_dir": Path(models_dir)})
        version = current_version(settings.models_dir)
        if version is None:
            raise IndexRefused(f"no FAQ index in {settings.models_dir / 'faq'}: run `xiaoer train`")
        seen = _stamp(settings.models_dir)
        return cls(settings, FixedSearch(load_index(settings, version)), seen)

    @property
    def version(self) -> str:
        return self._current().index.version

    @property
    def index(self) -> FaqIndex:
        """The version that is searched now."""
        return self._current().index

    def search(
        self,
        text: str,
        top: int = 5,
        intents: Collection[str] | None = None,
        today: date | None = None,
        kind: str | None = None,
    ) -> tuple[Hit, ...]:
        """See `FixedSearch.search`."""
        return self._current().search(text, top, intents, today, kind)

    def answer(
        self,
        text: str,
        intents: Collection[str] | None = None,
        today: date | None = None,
        kind: str | None = None,
    ) -> Answer:
        """See `FixedSearch.answer`."""
        return self._current().answer(text, intents, today, kind)

    def _current(self) -> FixedSearch:
        """The version to search now. One thread loads a new one; the others go on with the old meanwhile."""
        if _stamp(self._settings.models_dir) != self._seen and self._swapping.acquire(blocking=False):
            try:
                self._swap()
            finally:
                self._swapping.release()
        return self._search

    def _swap(self) -> None:
        seen = _stamp(self._settings.models_dir)
        version = current_version(self._settings.models_dir)
        old = self._search.index
        if version and version != old.version:
            try:
                self._search = FixedSearch(load_index(self._settings, version, self._kept_encoder(old)))
                log.info("FAQ version %s replaces %s", version, old.version)
            except (IndexRefused, EncoderError, OSError) as error:
                log.error("FAQ version %s is refused, %s stays: %s", version, old.version, error)
        self._seen = seen

    def _kept_encoder(self, old: FaqIndex) -> Encoder | None:
        """A transformer is slow to load and the same for every version."""
        return old.encoder if self._settings.encoder else None


def _stamp(models_dir: Path) -> tuple[int, int]:
    """Changes when `CURRENT` is replaced; one stat, a few microseconds."""
    try:
        status = (models_dir / "faq" / "CURRENT").stat()
    except FileNotFoundError:
        return (0, 0)
    return (status.st_mtime_ns, status.st_ino)
