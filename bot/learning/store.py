"""The shop's imported chats, masked, in one file of the runtime data folder: a JSON object a line."""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import shutil
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from bot.learning.chats import ChatLine, Speaker, role_of
from bot.learning.privacy import masked


@dataclass(frozen=True)
class StoredLine:
    """A masked message."""

    key: str
    """Equal for the same message of the same conversation, in whatever file it comes again."""
    conversation: str
    """Tells conversations apart without naming anyone; empty where the export told nothing."""
    speaker: Speaker
    text: str


class ChatStore:
    """All chats imported so far. `secret` keys the digests, so that nobody can try out names or numbers on them."""

    def __init__(self, folder: Path, secret: str) -> None:
        self.path = folder / "chats.jsonl"
        self._secret = secret.encode()

    def lines(self) -> tuple[StoredLine, ...]:
        """In the order of import; none where nothing was imported."""
        if not self.path.exists():
            return ()
        rows = (json.loads(line) for line in self.path.read_text(encoding="utf-8").split("\n") if line)
        return tuple(StoredLine(**{**row, "speaker": Speaker(row["speaker"])}) for row in rows)

    def add(self, lines: Iterable[ChatLine]) -> int:
        """Masks and keeps what is not kept yet; how many lines that were. Lines of the system are left out."""
        kept = self.lines()
        known = {line.key for line in kept}
        fresh = [line for line in self._stored(list(lines)) if line.key not in known]
        if fresh:
            self._write((*kept, *fresh))
        return len(fresh)

    def forget(self) -> None:
        """Deletes the chats and everything made of them."""
        shutil.rmtree(self.path.parent, ignore_errors=True)

    def _stored(self, lines: list[ChatLine]) -> list[StoredLine]:
        names: dict[str, set[str]] = defaultdict(set)
        for line in lines:
            if role_of(line.name) is None:  # "客服" is said in messages too
                names[line.conversation].add(line.name)
        seen: Counter[tuple[str, ...]] = Counter()
        stored = []
        for line in lines:
            if line.speaker is Speaker.SYSTEM:
                continue
            text = " ".join(masked(line.text, names[line.conversation]).split())
            facts = (line.conversation, line.time, line.speaker.value, text)
            seen[facts] += 1  # said twice is said twice; the same file again is not
            key = self._digest(*facts, str(seen[facts]))
            conversation = self._digest(line.conversation) if line.conversation else ""
            stored.append(StoredLine(key, conversation, line.speaker, text))
        return stored

    def _digest(self, *facts: str) -> str:
        return hmac.new(self._secret, "\0".join(facts).encode(), hashlib.sha256).hexdigest()[:16]

    def _write(self, lines: tuple[StoredLine, ...]) -> None:
        rows = (json.dumps(asdict(line), ensure_ascii=False) for line in lines)
        write_private(self.path, "".join(f"{row}\n" for row in rows))


def write_private(path: Path, text: str) -> None:
    """Replaces the file in one step; readable by the owner only, like its folder."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")  # mode 600
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(text)
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
