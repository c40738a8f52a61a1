"""Retrieval beside its baselines in one run: places found on the judged questions, and time as ratios.

Ours is the published index with everything a question passes: normalising, encoding, FAISS, BM25, combining. The
baselines are bm25s on character bigrams and on jieba words, and a transformer of BERT-small's size encoding it
(random weights: time does not depend on them). Rounds alternate, so that a machine whose speed drifts slows all.
`python -m benchmarks.retrieval` prints a table and JSON.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Sequence

import numpy as np
from rich.console import Console
from rich.table import Table

from bot.faq.evaluate import bm25_ranker, compare, load_questions
from bot.faq.scripts import Entry, load_scripts
from bot.faq.search import Searcher
from bot.settings import ROOT, get_settings
from bot.text.grams import char_ngrams
from bot.text.segment import normal_words

QUESTIONS = ROOT / "tests" / "data" / "faq"
ROUNDS = 5
TIMED = 300
"""Questions a round that are timed; how good the answers are is counted over all."""
SLOW_SAMPLE = 20
"""Questions a round for the transformer, which takes a hundred times as long."""

Ask = Callable[[str], object]


def measure() -> dict:
    """`quality`: figures of ours and of the baselines; `ratios`: how many times faster or better ours is."""
    settings = get_settings()
    entries, questions = load_scripts(settings.faq_dir), load_questions(QUESTIONS)
    searcher = Searcher.open(settings.models_dir, settings)
    reports = compare(searcher, entries, questions)
    times = latencies(askers(searcher, entries), [question.text for question in questions])
    ours = times["xiaoer"]
    ratios = {}
    for name, theirs in list(times.items())[1:]:
        for part in ("p50", "p99"):
            ratios[f"{part} of {name} / ours"] = round(theirs[part] / ours[part], 3)
    mistakes = max(1 - reports[0].hit_at(1), 1 / len(questions))
    for report in reports[1:]:
        ratios[f"hit@1 error of {report.name} / ours"] = round((1 - report.hit_at(1)) / mistakes, 3)
    return {
        "entries": len(entries),
        "phrasings": sum(len(entry.phrasings) for entry in entries),
        "quality": [report.figures() for report in reports],
        "milliseconds": {name: {k: v * 1000 for k, v in each.items()} for name, each in times.items()},
        "ratios": ratios,
    }


def askers(searcher: Searcher, entries: Sequence[Entry]) -> dict[str, Ask]:
    return {
        "xiaoer": searcher.search,
        "bm25s bigrams": bm25_ranker(entries, lambda text: char_ngrams(text, 2, 2)),
        "bm25s jieba": bm25_ranker(entries, lambda text: list(normal_words(text))),
        "BERT-small encoder": bert_encoder(),
    }


def latencies(ask: dict[str, Ask], texts: Sequence[str]) -> dict[str, dict[str, float]]:
    """Seconds per question, p50 and p99 (over the alternating rounds); a first round warms up and is dropped."""
    taken: dict[str, list[float]] = {name: [] for name in ask}
    for turn in range(ROUNDS + 1):
        for name, one in ask.items():
            for text in texts[: SLOW_SAMPLE if name.startswith("BERT") else TIMED]:
                start = time.perf_counter()
                one(text)
                if turn:
                    taken[name].append(time.perf_counter() - start)
    return {
        name: {"p50": float(np.quantile(all_, 0.5)), "p99": float(np.quantile(all_, 0.99))}
        for name, all_ in taken.items()
    }


def bert_encoder() -> Ask:
    """Four layers of 512, one token a character, as a small Chinese BERT reads a question."""
    import torch
    from transformers import BertConfig, BertModel

    torch.set_num_threads(1)  # as ours: on a busy machine two threads mostly wait for each other
    size = {"hidden_size": 512, "num_hidden_layers": 4, "num_attention_heads": 8, "intermediate_size": 2048}
    model = BertModel(BertConfig(vocab_size=21_128, **size)).eval()

    def encode(text: str) -> object:
        numbers = [101, *(1_000 + ord(character) % 20_000 for character in text), 102]
        with torch.inference_mode():
            return model(torch.tensor([numbers])).last_hidden_state.mean(dim=1)

    return encode


def main() -> int:
    console, result = Console(stderr=True), measure()
    table = Table("", "hit@1", "hit@3", "MRR")
    for row in result["quality"]:
        table.add_row(row["name"], *(f"{row[key]:.3f}" for key in ("hit@1", "hit@3", "mrr")))
    console.print(table)
    ratios = Table("ratio (above 1: ours is better)", "times")
    for name, value in result["ratios"].items():
        ratios.add_row(name, f"{value:.2f}")
    console.print(ratios)
    print(json.dumps(result, ensure_ascii=False, indent=2))
    return 0


if __name__ == "__main__":
    sys.exit(main())
