"""Reads what a phone wrote instead of what was meant: pinyin in Latin letters, homophones, swapped characters.

Known spellings are those of the shop's own scripts and labelled messages, counted as runs of characters; nothing else
is needed. A word that these texts use is never touched.
"""

from __future__ import annotations

import json
import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path

from pypinyin import lazy_pinyin

from bot.faq.spoken import Spoken
from bot.text.lexicon import load_lexicon
from bot.text.normalise import normalise

FILE = "spelling.json"
LONGEST = 4
"""Characters of a run."""
SEEN = 2
"""Up to so often a pair of characters counts as strange."""
GAIN = 6.0
"""By so much (log of counts) a mended spelling must be likelier. 4 to 7 do equally well, see docs/retrieval.md."""
_SMALL = 0.3
"""Added to every count, so that a pair never seen has a logarithm."""

_CHINESE = re.compile("[\u4e00-\u9fff]+")
_LATIN = re.compile(r"[a-z]+(?:[ ']+[a-z]+)*")
_FOLDED = (("zh", "z"), ("ch", "c"), ("sh", "s"))
START, END = "^", "$"


@lru_cache(maxsize=20_000)
def syllable(character: str) -> str:
    """Its commonest reading, without tone: 重 is `zhong`."""
    return lazy_pinyin(character)[0]


@lru_cache(maxsize=20_000)
def sound(character: str) -> str:
    """`syllable` as many speak it: `zh` as `z`, `ing` as `in`."""
    heard = syllable(character)
    for spoken, folded in _FOLDED:
        heard = folded + heard[2:] if heard.startswith(spoken) else heard
    return heard[:-1] if heard.endswith("ng") else heard


class Spelling:
    """Immutable, safe to share between threads."""

    def __init__(self, counts: Counter[str], spoken: Spoken | None = None) -> None:
        """`counts`: runs of one to LONGEST characters, and pairs with START or END; with `spoken`, runs of one and two
        are enough."""
        self._counts = counts
        plain = {run: count for run, count in counts.items() if run[0] != START and run[-1] != END}
        singles = {run: count for run, count in plain.items() if len(run) == 1}
        self._alike: dict[str, list[str]] = defaultdict(list)
        for character in sorted(singles):
            self._alike[sound(character)].append(character)
        self._spoken = spoken or Spoken.of(plain, sum(singles.values()), syllable)
        self._syllables = set(map(syllable, singles))
        self._names = {word for word in load_lexicon().words() if word.isascii()}

    @classmethod
    def of(cls, texts: Iterable[str]) -> Spelling:
        return cls(counted(texts))

    @classmethod
    def load(cls, folder: Path, texts: Iterable[str] = ()) -> Spelling:
        """What `save` wrote, and what `texts` add. Raises OSError, ValueError."""
        counts = Counter(json.loads((folder / FILE).read_text(encoding="utf-8")))
        counts.update(counted(texts))
        return cls(counts)

    def save(self, folder: Path) -> None:
        """To learn more from. Runs seen once say little and are left out."""
        self._write(folder, {run: n for run, n in self._counts.items() if n > 1 or len(run) == 1})

    @classmethod
    def served(cls, folder: Path) -> Spelling:
        """What `serve` wrote, in a tenth of the time and memory of `load`. Raises OSError, ValueError."""
        counts = Counter(json.loads((folder / FILE).read_text(encoding="utf-8")))
        return cls(counts, Spoken.load(folder))

    def serve(self, folder: Path) -> None:
        """To read with only."""
        folder.mkdir()
        self._write(folder, {run: n for run, n in self._counts.items() if len(run) <= 2})
        self._spoken.save(folder)

    def _write(self, folder: Path, counts: Mapping[str, int]) -> None:
        text = json.dumps(dict(sorted(counts.items())), ensure_ascii=False)
        (folder / FILE).write_text(text, encoding="utf-8")

    def read(self, text: str) -> str:
        """`normalise(text)` as its writer meant it."""
        plain = _LATIN.sub(lambda found: self._spoken_words(found.group()), normalise(text))
        return _CHINESE.sub(lambda found: self._mended(found.group()), plain)

    # -- pinyin

    def _spoken_words(self, letters: str) -> str:
        """Latin words one after the other, those that are pinyin turned into characters together."""
        done: list[str] = []
        waiting: list[str] = []
        for word in [*re.split("[ ']+", letters), ""]:
            if len(word) > 1 and word not in self._names and 0 in self._cuts(word):
                waiting.append(word)
                continue
            done.extend(self._decoded(waiting) if waiting else [])
            waiting = []
            done.append(word)
        return " ".join(word for word in done if word)

    def _cuts(self, word: str) -> set[int]:
        """Places from where the rest of `word` is whole syllables."""
        found = {len(word)}
        for start in range(len(word) - 1, -1, -1):
            ends = range(start + 1, min(len(word), start + 6) + 1)
            if any(end in found and word[start:end] in self._syllables for end in ends):
                found.add(start)
        return found

    def _decoded(self, words: Sequence[str]) -> list[str]:
        """The likeliest characters for these syllables: as few and as frequent runs as possible."""
        letters, offset, cuts = "".join(words), 0, {0}
        for word in words:
            cuts |= {offset + cut for cut in self._cuts(word)}
            offset += len(word)
        best: dict[int, tuple[float, str]] = {0: (0.0, "")}
        ordered = sorted(cuts)
        for number, start in enumerate(ordered):
            if start not in best:
                continue
            for end in ordered[number + 1 :]:
                if end - start > self._spoken.longest:
                    break
                chance, run = self._spoken.get(letters[start:end])
                chance += best[start][0]
                if run and chance > best.get(end, (-math.inf,))[0]:
                    best[end] = (chance, best[start][1] + run)
        return [best[len(letters)][1]] if len(letters) in best else list(words)

    # -- slips

    def _mended(self, run: str) -> str:
        """`run` with strange characters replaced by homophones, or swapped, where that makes known pairs."""
        signs = [START, *run, END]
        for at in range(1, len(signs) - 1):
            before, here, after = signs[at - 1 : at + 2]
            if self._counts[before + here] <= SEEN and self._counts[here + after] <= SEEN:
                self._mend(signs, at)
        return "".join(signs[1:-1])

    def _mend(self, signs: list[str], at: int) -> None:
        before, here, after = signs[at - 1 : at + 2]
        now = self._chance(before, here, after)
        best, meant = GAIN, [here]
        for other in self._alike.get(sound(here), ()):
            gain = self._chance(before, other, after) - now
            if gain > best:
                best, meant = gain, [other]
        if at + 2 < len(signs):
            swapped = self._chance(before, after, here, signs[at + 2])
            if swapped - self._chance(before, here, after, signs[at + 2]) > best + 1:
                meant = [after, here]
        signs[at : at + len(meant)] = meant

    def _chance(self, *signs: str) -> float:
        pairs = zip(signs, signs[1:], strict=False)
        return sum(math.log(self._counts[first + second] + _SMALL) for first, second in pairs)


def counted(texts: Iterable[str]) -> Counter[str]:
    """Runs of Chinese characters in `texts`, and pairs at the ends of such runs."""
    counts: Counter[str] = Counter()
    for text in texts:
        for run in _CHINESE.findall(normalise(text)):
            counts.update((START + run[0], run[-1] + END))
            for length in range(1, LONGEST + 1):
                counts.update(run[start : start + length] for start in range(len(run) - length + 1))
    return counts
