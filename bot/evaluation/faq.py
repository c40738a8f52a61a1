"""FAQ search and its baselines on the held-out questions, in one run over the same entries."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer

from bot.faq.evaluate import Question, Ranker, Report, compare, evaluate
from bot.faq.scripts import Entry
from bot.faq.search import FixedSearch, Searcher
from bot.text.normalise import bare
from bot.text.segment import normal_words

TFIDF, SELECTOR = "TF-IDF, jieba words", "Rasa ResponseSelector"


def reports(
    search: FixedSearch | Searcher,
    entries: Sequence[Entry],
    questions: Sequence[Question],
    selected: Mapping[str, Sequence[str]] | None = None,
) -> tuple[Report, ...]:
    """Ours first, then both BM25, TF-IDF, and ResponseSelector where its answers are given (text → entry ids)."""
    found = [*compare(search, entries, questions), evaluate(TFIDF, tfidf_ranker(entries), questions)]
    if selected is not None:
        found.append(evaluate(SELECTOR, selected.__getitem__, questions))
    return tuple(found)


def tfidf_ranker(entries: Sequence[Entry]) -> Ranker:
    """Cosine of scikit-learn's TF-IDF over jieba words; an entry scores as its best phrasing."""
    phrasings = [bare(text) for entry in entries for text in entry.phrasings]
    owners = np.repeat(np.arange(len(entries)), [len(entry.phrasings) for entry in entries])
    vectoriser = TfidfVectorizer(analyzer=lambda text: list(normal_words(text)))
    matrix = vectoriser.fit_transform(phrasings)

    def rank(text: str) -> list[str]:
        likeness = (matrix @ vectoriser.transform([bare(text)]).T).toarray().ravel()
        best = np.zeros(len(entries))
        np.maximum.at(best, owners, likeness)
        return [entries[number].id for number in np.argsort(-best, kind="stable") if best[number] > 0]

    return rank


def error_against_bm25(found: Sequence[Report]) -> float | None:
    """By how much our hit@1 error is below that of the better BM25, as a share of it; None where BM25 makes none."""
    ours = 1 - found[0].hit_at(1)
    best = min(1 - report.hit_at(1) for report in found if report.name.startswith("bm25"))
    return 1 - ours / best if best else None


def rows(found: Sequence[Report]) -> Iterator[dict]:
    """Every answer of every ranker, for the file of single results."""
    for report in found:
        for result in report.results:
            yield {
                "ranker": report.name,
                "text": result.question.text,
                "slice": result.question.slice.value,
                "right": sorted(result.question.right),
                "found": result.found[:3],
                "rank": result.rank,
            }
