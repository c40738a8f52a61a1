"""How well questions find their script: hit@1, hit@3, MRR, in all and by slice, and plain BM25 beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

import bm25s
import numpy as np

from bot.faq.scripts import Entry
from bot.faq.search import FixedSearch, Searcher
from bot.files import DataError, Problem, line_of, read_yaml
from bot.text.grams import char_ngrams
from bot.text.normalise import bare
from bot.text.segment import normal_words

Ranker = Callable[[str], Sequence[str]]
"""A question to entry ids, best first."""


class Slice(StrEnum):
    """What makes a question harder than a plain one; figures are told for each alone."""

    PLAIN = "plain"
    TYPO = "typo"
    PINYIN = "pinyin"
    TRADITIONAL = "traditional"
    SLANG = "slang"
    LONG = "long"
    TWO_WISHES = "two-wishes"


@dataclass(frozen=True)
class Question:
    text: str
    wanted: str
    """Id of the entry that answers it."""
    slice: Slice = Slice.PLAIN
    accept: tuple[str, ...] = ()
    """Ids of other entries whose answer is right as well."""

    @property
    def right(self) -> frozenset[str]:
        return frozenset((self.wanted, *self.accept))


@dataclass(frozen=True)
class Result:
    question: Question
    found: tuple[str, ...]
    """The first ids that came, best first."""
    rank: int | None
    """Place from 1 of the first entry that answers it; None where none came."""


@dataclass(frozen=True)
class Report:
    name: str
    results: tuple[Result, ...]

    def hit_at(self, places: int) -> float:
        """Share of questions whose entry stands in the first `places`; 0 without questions."""
        hits = sum(result.rank is not None and result.rank <= places for result in self.results)
        return hits / max(len(self.results), 1)

    @property
    def mrr(self) -> float:
        """Mean of 1/rank, 0 for an entry that did not come."""
        return sum(1 / result.rank for result in self.results if result.rank) / max(len(self.results), 1)

    @property
    def missed(self) -> tuple[Result, ...]:
        return tuple(result for result in self.results if result.rank != 1)

    @property
    def slices(self) -> tuple[Report, ...]:
        """One report for each slice that was asked, in the order of `Slice`."""
        parts = [(one, tuple(r for r in self.results if r.question.slice is one)) for one in Slice]
        return tuple(Report(one.value, results) for one, results in parts if results)

    def figures(self) -> dict[str, float | int | str]:
        return {
            "name": self.name,
            "questions": len(self.results),
            "hit@1": round(self.hit_at(1), 4),
            "hit@3": round(self.hit_at(3), 4),
            "mrr": round(self.mrr, 4),
        }


def evaluate(name: str, ranker: Ranker, questions: Iterable[Question], depth: int = 10) -> Report:
    """Asks every question; ranks beyond `depth` count as not found."""
    results = []
    for question in questions:
        found = tuple(ranker(question.text))[:depth]
        rank = next((place for place, one in enumerate(found, 1) if one in question.right), None)
        results.append(Result(question, found, rank))
    return Report(name, tuple(results))


def compare(
    search: FixedSearch | Searcher, entries: Sequence[Entry], questions: Sequence[Question]
) -> list[Report]:
    """Ours, character-bigram BM25 and jieba BM25 over the same entries and questions, in this order."""
    rankers: dict[str, Ranker] = {
        "xiaoer": lambda text: [hit.id for hit in search.search(text, 10)],
        "bm25s, character bigrams": bm25_ranker(entries, lambda text: char_ngrams(text, 2, 2)),
        "bm25s, jieba words": bm25_ranker(entries, lambda text: list(normal_words(text))),
    }
    return [evaluate(name, ranker, questions) for name, ranker in rankers.items()]


def bm25_ranker(entries: Sequence[Entry], tokenise: Callable[[str], list[str]]) -> Ranker:
    """Plain BM25 with the library's own numbers; an entry scores as its best phrasing."""
    phrasings = [tokenise(bare(text)) for entry in entries for text in entry.phrasings]
    owners = np.repeat(np.arange(len(entries)), [len(entry.phrasings) for entry in entries])
    bm25 = bm25s.BM25()
    bm25.index(phrasings, show_progress=False)

    def rank(text: str) -> list[str]:
        known = bm25.get_tokens_ids(tokenise(bare(text)))
        if not known:
            return []
        best = np.zeros(len(entries), np.float32)
        np.maximum.at(best, owners, bm25.get_scores_from_ids(known))
        return [entries[number].id for number in np.argsort(-best, kind="stable") if best[number] > 0]

    return rank


def load_questions(folder: Path) -> tuple[Question, ...]:
    """Held-out questions of `folder/*.yml`: lists of `{id: …, questions: […]}`. Raises DataError.

    A question is its text, or `{text: …, slice: …, accept: [id, …]}` with one of slice and accept or both.
    """
    found: list[Question] = []
    problems: list[Problem] = []
    for path in sorted(Path(folder).glob("*.yml")):
        document = read_yaml(path)
        for number, row in enumerate(document):
            if set(row) != {"id", "questions"}:
                message = "needs exactly `id` and `questions`"
                problems.append(Problem(path, line_of(document, [number]), str(number), message))
                continue
            for place, item in enumerate(row["questions"]):
                try:
                    found.append(_question(item, str(row["id"])))
                except ValueError as error:
                    line = line_of(document, [number, "questions", place])
                    problems.append(Problem(path, line, str(row["id"]), str(error)))
    if problems:
        raise DataError(problems)
    return tuple(found)


def _question(item: Any, wanted: str) -> Question:
    """Raises ValueError for a mapping of another form."""
    if not isinstance(item, Mapping):
        return Question(str(item), wanted)
    if "text" not in item or not set(item) <= {"text", "slice", "accept"}:
        raise ValueError("a question is a text or `{text: …, slice: …, accept: [id, …]}`")
    name = item.get("slice", Slice.PLAIN)
    if name not in list(Slice):
        raise ValueError(f"no slice `{name}`: one of {', '.join(Slice)}")
    accept = tuple(str(one) for one in item.get("accept", ()))
    return Question(str(item["text"]), wanted, Slice(name), accept)
