"""The message path beside the default Rasa recipe with SQL tracker store and default lock, in alternating rounds.

Both serve the same domain, rules and action server. Ours does more: it stores the message durably first, checks the
owner, and stores the replies. Rounds alternate (A B A B …), so that a machine whose speed drifts slows both.
"""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from benchmarks.chat import Server, growing, rate, three_at_once, turns

Figures = dict[str, dict[str, float]]


def spread(values: Sequence[float]) -> dict[str, float]:
    return {"median": median(values), "min": min(values), "max": max(values)}


def percentile(values: Sequence[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def measure(servers: Sequence[Server], rounds: int = 5, conversations: int = 4) -> dict[str, Figures]:
    """Figures of each server by name: medians over the rounds, with the least and the most."""
    for server in servers:
        turns(server, 1)  # warm-up, not counted
    taken: dict[str, dict[str, list[float]]] = {server.name: {} for server in servers}
    for _ in range(rounds):
        for server in servers:
            latencies = turns(server, conversations)
            figures = {
                "turn p50, ms": median(latencies),
                "turn p99, ms": percentile(latencies, 0.99),
                "turns a second": rate(server, conversations),
                "three messages at once, ms": three_at_once(server),
            }
            for name, value in figures.items():
                taken[server.name].setdefault(name, []).append(value)
    return {name: {key: spread(values) for key, values in row.items()} for name, row in taken.items()}


def ratios(figures: dict[str, Figures], own: str, other: str) -> dict[str, float]:
    """How many times better `own` is, by the medians; a rate is the better the larger."""
    found = {}
    for name, cell in figures[own].items():
        ours, theirs = cell["median"], figures[other][name]["median"]
        found[name] = ours / theirs if name == "turns a second" else theirs / ours
    return found


def long_conversation(servers: Sequence[Server], marks: Sequence[int]) -> dict[str, dict[int, float]]:
    return {server.name: growing(server, marks) for server in servers}
