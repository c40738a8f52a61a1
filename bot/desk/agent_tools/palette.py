"""What the "/" palette offers today, read once: the scripts again only where their files changed."""

from __future__ import annotations

import logging
import threading
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from bot.desk.agent_tools.phrases import Phrase, load_phrases, phrases_file, script_phrases
from bot.desk.lines import words
from bot.faq.scripts import Entry, load_scripts
from bot.files import DataError
from bot.settings import Settings

log = logging.getLogger(__name__)
Stamp = tuple[tuple[str, int], ...]


class Palette:
    """Blocking: reading all scripts takes seconds of a busy machine. Whoever asks meanwhile waits for that reading."""

    def __init__(self, settings: Settings) -> None:
        self._own, self._scripts = phrases_file(settings), settings.faq_dir
        self._reading = threading.Lock()
        self._entries: tuple[Stamp, Sequence[Entry]] | None = None
        self._offered: tuple[tuple[Stamp, date], tuple[Phrase, ...]] | None = None

    def phrases(self, today: date) -> tuple[Phrase, ...]:
        """The agents' own phrases, campaign ones first, then the bot's scripts. DataError where a file is broken."""
        with self._reading:
            files = sorted(self._scripts.glob("*.yml"))
            wanted = (_stamp([self._own, *files]), today)
            if self._offered is None or self._offered[0] != wanted:
                scripts = script_phrases(self._served(_stamp(files)), words("desk", "scripts"), today)
                self._offered = wanted, (*load_phrases(self._own, today), *scripts)
            return self._offered[1]

    def warm_up(self, today: date) -> None:
        """Read now, so that the first agent does not wait for it."""
        try:
            self.phrases(today)
        except (DataError, OSError) as error:
            log.warning("no phrases: %s", error)

    def _served(self, stamp: Stamp) -> Sequence[Entry]:
        if self._entries is None or self._entries[0] != stamp:
            self._entries = stamp, load_scripts(self._scripts)
        return self._entries[1]


def _stamp(files: Sequence[Path]) -> Stamp:
    return tuple((str(path), path.stat().st_mtime_ns) for path in files)
