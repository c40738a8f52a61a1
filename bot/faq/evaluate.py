"""How well questions find their script: hit@1, hit@3, MRR, each question's own result, and plain BM25 beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

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


@dataclass(frozen=True)
class Question:
    text: str
    wanted: str
    """Id of the entry that answers it."""


@dataclass(frozen=True)
class Result:
    question: Question
    found: tuple[str, ...]
    """The first ids that came, best first."""
    rank: int | None
    """Place of the wanted entry from 1; None where it did not come."""


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
        rank = found.index(question.wanted) + 1 if question.wanted in found else None
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
    """Held-out questions of `folder/*.yml`: lists of `{id: …, questions: […]}`. Raises DataError."""
    found: list[Question] = []
    problems: list[Problem] = []
    for path in sorted(Path(folder).glob("*.yml")):
        document = read_yaml(path)
        for number, row in enumerate(document):
            if set(row) != {"id", "questions"}:
                message = "needs exactly `id` and `questions`"
                problems.append(Problem(path, line_of(document, [number]), str(number), message))
                continue
            found.extend(Question(str(text), str(row["id"])) for text in row["questions"])
    if problems:
        raise DataError(problems)
    return tuple(found)
