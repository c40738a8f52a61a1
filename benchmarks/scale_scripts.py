"""The FAQ index as it grows to a million scripts: exhaustive search beside HNSW, and our whole search.

The index is made of real phrasings with noise: of each copy of a phrasing three characters are another phrasing's,
and its vector is the phrasing's, turned by about 27°. Asked are held-out questions. The whole search is measured with
one phrasing an entry, its hardest case, and with 33, as the shop has. Times are CPU of the one thread, which hangs less
on what else runs; beside it the clock.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import faiss
import numpy as np
from numpy.typing import NDArray

from benchmarks.turns import percentile
from bot.faq.encoder import unit_rows
from bot.faq.evaluate import load_questions
from bot.faq.index import FLAT_UP_TO, FaqIndex, faiss_index
from bot.faq.lexical import LexicalIndex
from bot.faq.scripts import Entry, Script
from bot.faq.search import FixedSearch, Searcher
from bot.settings import ROOT, get_settings

SIZES = (1_000, 3_000, 10_000, 20_000, 30_000, 100_000, 300_000, 1_000_000)
ASKED = 200
NOISE = 0.5
"""Length of the noise beside a phrasing's vector of length 1."""
WANTED = 10
"""Of so many nearest, recall counts those that HNSW finds too."""
A_SHOPS = 33
"""Phrasings of an entry in the shop's own index."""

Vectors = NDArray[np.float32]


def scripts() -> Iterator[dict[str, float]]:
    """the FAQ from 1,000 to 1,000,000 scripts"""
    index = Searcher.open(settings=get_settings()).index
    questions = [each.text for each in load_questions(ROOT / "tests" / "data" / "faq")][:: 2_000 // ASKED]
    asked = index.encoder.encode([index.spelling.read(text) for text in questions])
    for size in SIZES:
        vectors, texts = _copies(index, size)
        figures, graph = _two_kinds(vectors, asked)
        kept = graph if size > FLAT_UP_TO else faiss_index(vectors)
        yield {"scripts": size, **figures, **_whole_search(index, vectors, kept, texts, questions)}
        del vectors, texts, graph, kept
        gc.collect()


def _copies(index: FaqIndex, size: int) -> tuple[Vectors, list[str]]:
    """Vector and text of each; those of one phrasing, and of one entry, stand together."""
    chance = np.random.default_rng(size)
    known, words = np.asarray(index.vectors), [text for entry in index.entries for text in entry.phrasings]
    sources = np.sort(chance.permutation(size) % len(known))
    made = known[sources]
    for part in np.array_split(np.arange(size), max(1, size // 50_000)):
        noise = chance.standard_normal((len(part), known.shape[1]), np.float32)
        made[part] = unit_rows(made[part] + noise * np.float32(NOISE / known.shape[1] ** 0.5))
    others = chance.integers(0, len(known), size)
    return made, [words[one][:-3] + words[other][:3] for one, other in zip(sources, others, strict=True)]


def _two_kinds(vectors: Vectors, asked: Vectors) -> tuple[dict[str, float], faiss.Index]:
    """Bytes, building time, recall and latency of both kinds of index, whichever we would take; and the second kind,
    which is built only once."""
    flat = faiss.IndexFlatIP(vectors.shape[1])
    flat.add(vectors)
    exact, flat_times = _nearest(partial(_flat, flat), asked)
    figures = {
        "flat, MB": vectors.nbytes / 2**20,
        "flat p50, ms": flat_times[0],
        "flat p99, ms": flat_times[1],
    }
    del flat
    gc.collect()
    hnsw = faiss.IndexHNSWFlat(vectors.shape[1], 32, faiss.METRIC_INNER_PRODUCT)
    hnsw.hnsw.efConstruction = 80
    started = time.monotonic()
    hnsw.add(vectors)
    built = time.monotonic() - started
    found, times = _nearest(partial(_hnsw, hnsw), asked)
    hits = [len(set(ours) & set(right)) / WANTED for ours, right in zip(found, exact, strict=True)]
    figures |= {
        "HNSW, MB": _stored_size(hnsw),
        "HNSW build, s": built,
        "HNSW p50, ms": times[0],
        "HNSW p99, ms": times[1],
        f"HNSW recall@{WANTED}": float(np.mean(hits)),
    }
    return figures, hnsw


def _flat(index: faiss.Index, asked: Vectors) -> Vectors:
    return index.search(asked, WANTED)[1][0]


def _hnsw(index: faiss.Index, asked: Vectors) -> Vectors:
    return index.search(asked, WANTED, params=faiss.SearchParametersHNSW(efSearch=64))[1][0]


def _stored_size(index: faiss.Index) -> float:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "index"
        faiss.write_index(index, str(path))
        return path.stat().st_size / 2**20


def _nearest(ask: Callable[[Vectors], Vectors], asked: Vectors) -> tuple[list[Vectors], tuple[float, float]]:
    found, taken = [], []
    for vector in asked:
        started = time.thread_time()
        found.append(ask(vector[None]))
        taken.append((time.thread_time() - started) * 1000)
    return found, (percentile(taken, 0.5), percentile(taken, 0.99))


def _whole_search(
    real: FaqIndex, vectors: Vectors, kept: faiss.Index, texts: Sequence[str], questions: Sequence[str]
) -> dict[str, float]:
    """The search a customer's question goes through, over an index of the kind that its size is given."""
    started = time.monotonic()
    lexical = LexicalIndex.build(texts)
    figures = {"is HNSW": float(len(vectors) > FLAT_UP_TO), "BM25 build, s": time.monotonic() - started}
    for phrasings in (1, A_SHOPS):
        owners = np.arange(len(vectors)) // phrasings
        starts = np.arange(0, len(vectors), phrasings)
        places = vectors if phrasings == 1 else unit_rows(np.add.reduceat(vectors, starts))
        entries = tuple(
            Entry(f"s{number}", "faq", texts[start], (), (Script(f"s{number}.1", texts[start]),))
            for number, start in enumerate(starts)
        )
        parts = (owners, vectors, places, kept, lexical, real.encoder, real.calibration, real.spelling)
        search = FixedSearch(FaqIndex("scale", entries, *parts))
        figures |= {
            f"{name} ({phrasings} an entry){unit}": value
            for (name, unit), value in _searched(search, questions).items()
        }
    return figures


def _searched(search: FixedSearch, questions: Sequence[str]) -> dict[tuple[str, str], float]:
    search.search(questions[0])  # finds out once which scripts may be used
    found, taken, waited = [], [], []
    for question in questions:
        started, clock = time.thread_time(), time.perf_counter()
        hits = search.search(question)
        taken.append((time.thread_time() - started) * 1000)
        waited.append((time.perf_counter() - clock) * 1000)
        found.append(hits[0].id if hits else "")
    return {
        ("search p50", ", ms"): percentile(taken, 0.5),
        ("search p99", ", ms"): percentile(taken, 0.99),
        ("search p50 by the clock", ", ms"): percentile(waited, 0.5),
        ("same first as all compared", ""): _agreement(search, questions, found),
    }


def _agreement(search: FixedSearch, questions: Sequence[str], found: Sequence[str]) -> float:
    """Share of the questions whose first script is that of the plain formula over all scripts."""
    index, same = search.index, 0
    for question, first in zip(questions, found, strict=True):
        text = index.spelling.read(question)
        vector = index.encoder.encode([text])[0]
        starts = np.flatnonzero(np.diff(index.owners, prepend=-1))
        near, words = (
            np.maximum.reduceat(each, starts) for each in (index.vectors @ vector, index.lexical.scores(text))
        )
        parts = np.stack([near, index.places @ vector, words], axis=1)
        same += first == index.entries[int(np.argmax(index.calibration.similarity(parts)))].id
    return same / len(found)
