"""Three scripts an agent may send, found for the customer's last question."""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.placeholders import script_values
from bot.settings import Settings
from bot.shop.records.images import picture
from bot.shop.records.model import Shop

if TYPE_CHECKING:
    from bot.faq.search import Searcher

log = logging.getLogger(__name__)
HOW_MANY = 3


@dataclass(frozen=True)
class Suggestion:
    """`text` is ready to send, the shop's numbers filled in; `score` is 0 to 1."""

    faq_id: str
    script_id: str
    question: str
    text: str
    score: float
    image: str | None = None
    """Where its picture is served."""


class Suggestions:
    """Opens the index when it is first asked; without an index there are no suggestions."""

    def __init__(self, settings: Settings, shop: Shop) -> None:
        self._settings, self._shop = settings, shop
        self._searcher: Searcher | None = None
        self._opening = threading.Lock()

    def find(self, question: str) -> tuple[Suggestion, ...]:
        """The best scripts first; empty where nothing was asked. Blocking."""
        from bot.faq.scripts import fill

        searcher = self.searcher() if question else None
        if searcher is None:
            return ()
        values = script_values(self._shop)
        hits = searcher.search(question, top=HOW_MANY)
        folder = self._settings.shop_dir
        return tuple(
            Suggestion(h.id, h.script_id, h.question, fill(h.text, values), h.score, picture(folder, h.image))
            for h in hits
        )

    def titles(self) -> dict[str, str]:
        """Entry id → its question, of all that is served; empty without an index. Blocking."""
        searcher = self.searcher()
        return {entry.id: entry.question for entry in searcher.index.entries} if searcher else {}

    def warm_up(self) -> None:
        """Open the index now, so that the first agent does not wait for it. Blocking."""
        self.searcher()

    def searcher(self) -> Searcher | None:
        """None where nothing is published. Blocking."""
        from bot.faq.encoder import EncoderError
        from bot.faq.index import IndexRefused

        try:
            return self.opened()
        except (IndexRefused, EncoderError, OSError) as error:
            log.warning("no suggestions: %s", error)
            return None

    def opened(self) -> Searcher:
        """The index of this process, opened when first asked for. IndexRefused or EncoderError without. Blocking."""
        from bot.faq.search import Searcher

        with self._opening:
            if self._searcher is None:
                self._searcher = Searcher.open(self._settings.models_dir, self._settings)
            return self._searcher
