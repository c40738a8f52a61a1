"""Sentences the encoder learns from: the shop's scripts and the labelled messages of `data/nlu`."""

from __future__ import annotations

import random
import re
from collections import defaultdict
from functools import lru_cache
from pathlib import Path

from pypinyin import lazy_pinyin

from bot.files import DataError, Problem, line_of, read_yaml

_ENTITY = re.compile(r"\[([^\]]+)\](?:\([^)]*\)|\{[^}]*\})")
_ITEM = re.compile(r"^\s*-\s+(.*\S)\s*$", re.MULTILINE)


def read_messages(nlu_dir: Path) -> dict[str, tuple[str, ...]]:
    """Intent → example sentences without entity marks, from all Rasa YAML files below `nlu_dir`."""
    found: dict[str, list[str]] = defaultdict(list)
    for path in sorted(Path(nlu_dir).rglob("*.yml")):
        document = read_yaml(path) or {}
        for number, block in enumerate(document.get("nlu") or []):
            if "intent" not in block:
                continue
            if not isinstance(block.get("examples"), str):
                line = line_of(document, ["nlu", number])
                message = "has no text under `examples: |`: write the sentences there as `- …`"
                raise DataError([Problem(path, line, str(block["intent"]), message)])
            examples = _ITEM.findall(str(block["examples"]))
            found[str(block["intent"])].extend(_ENTITY.sub(r"\1", example) for example in examples)
    return {intent: tuple(examples) for intent, examples in sorted(found.items())}


class Noise:
    """Spelling as it comes from a phone: a homophone, a dropped, doubled or swapped character."""

    def __init__(self, sentences: list[str]) -> None:
        self._alike: dict[str, list[str]] = defaultdict(list)
        for character in sorted(set("".join(sentences))):
            if "\u4e00" <= character <= "\u9fff":
                self._alike[_sound(character)].append(character)

    def apply(self, text: str, chance: random.Random) -> str:
        """`text` with about one slip in twelve characters; short texts often stay as they are."""
        letters = list(text)
        for place in range(len(letters) - 1, -1, -1):
            if len(letters) > 3 and chance.random() < 0.08:
                self._slip(letters, place, chance)
        return "".join(letters)

    def _slip(self, letters: list[str], place: int, chance: random.Random) -> None:
        kind = chance.choice(("homophone", "homophone", "drop", "double", "swap"))
        if kind == "homophone":
            letters[place] = chance.choice(self._alike.get(_sound(letters[place])) or [letters[place]])
        elif kind == "drop":
            del letters[place]
        elif kind == "double":
            letters.insert(place, letters[place])
        elif place:
            letters[place - 1], letters[place] = letters[place], letters[place - 1]


@lru_cache(maxsize=20000)
def _sound(character: str) -> str:
    return lazy_pinyin(character)[0]
