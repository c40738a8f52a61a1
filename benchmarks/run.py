"""`make bench`: every figure beside its baseline, as ratios, in one run; `--scale`: the curves instead."""

from __future__ import annotations

import asyncio
import json
import os
import platform
import tempfile
import time
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from benchmarks import plot, retrieval, scale, sockets, turns
from benchmarks.baseline import baseline_model, default_recipe
from benchmarks.chat import ours, stock
from benchmarks.processes import megabytes, move, on_core
from bot.settings import get_settings
from bot.training.jobs import JOBS, run_jobs
from tests.live import Stack, free_port, running_stack

console = Console()
SERVERS, LOAD = 0, 1
"""Cores: the servers of both sides share one, who asks them has the other."""
Curve = StrEnum("Curve", {name: name for name in scale.CURVES})


def main(
    curves: Annotated[
        bool, typer.Option("--scale", help="how figures grow: turns, conversations, scripts, widgets")
    ] = False,
    only: Annotated[
        list[Curve] | None, typer.Option(help="with --scale: this curve; may be repeated")
    ] = None,
    minutes: Annotated[float, typer.Option(help="with --scale: a curve begins no point after these")] = 15,
    rounds: Annotated[int, typer.Option(help="rounds of the message path, ours and theirs in turn")] = 5,
) -> None:
    """Measure, print the ratios, write var/bench/latest.json and latest.png (--scale: scale-*.json and .png)."""
    settings = get_settings()
    run_jobs(settings, JOBS, if_missing=True, console=console)
    if curves:
        return scale.run(tuple(only or scale.CURVES), settings.data_dir / "bench", minutes, console)
    model = baseline_model(settings)
    results = {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": {
            "cores": os.cpu_count(),
            "load": os.getloadavg()[0],
            "python": platform.python_version(),
            "system": platform.system(),
        },
    }
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        started = time.monotonic()
        # No quiet time after a fragment: it is meant, and no speed.
        with running_stack(folder, rate_limits=False, quiet_seconds=0.0) as stack:
            seconds = time.monotonic() - started
            results |= _message_path(stack, folder, model, seconds, rounds)
    target = settings.data_dir / "bench" / "latest.json"
    target.parent.mkdir(parents=True, exist_ok=True)
    _write(results, target)  # what is measured is kept, whatever happens to the rest
    console.print("• retrieval: our index, BM25 and a transformer, in turn")
    results["retrieval"] = retrieval.measure()
    _write(results, target)
    plot.draw(results, target.with_suffix(".png"))
    _print(results)
    console.print(f"written to {target} and {target.with_suffix('.png').name}")


def _message_path(stack: Stack, folder: Path, model: Path, seconds: float, rounds: int) -> dict:
    console.print("• message path: ours and the default recipe, in turn")
    theirs = default_recipe(stack.settings, model, folder, free_port())
    pids = [stack.pid(name) for name in ("web", "rasa", "actions")]
    with theirs as (url, their_seconds, their_pid), on_core(LOAD):
        for pid in (*pids, their_pid):  # started with all cores, as on a laptop
            move(pid, SERVERS)
        servers = [ours(stack.url), stock(url)]
        found = {"turns": turns.measure(servers, rounds)}
        found["start"] = {
            "ours": {"seconds": seconds, "megabytes": sum(map(megabytes, pids))},
            "default recipe": {"seconds": their_seconds, "megabytes": megabytes(their_pid)},
        }
        console.print("• one long conversation")
        found["long"] = turns.long_conversation(servers, (10, 50, 100))
    console.print("• sockets: a stored message and a bare echo, in turn")
    with on_core(LOAD):
        found["sockets"] = asyncio.run(sockets.measure(stack.url))
    found["ratios"] = _ratios(found)
    return found


def _ratios(found: dict) -> dict[str, float]:
    """Above 1 we are better; the growth of a conversation's turns is their last median against their first."""
    ratios = turns.ratios(found["turns"], "ours", "default recipe")
    start, theirs = found["start"]["ours"], found["start"]["default recipe"]
    ratios["start"] = theirs["seconds"] / start["seconds"]
    ratios["memory, our whole stack to their Rasa"] = theirs["megabytes"] / start["megabytes"]
    for name, curve in found["long"].items():
        ratios[f"growth to turn {max(curve)}, {name}"] = curve[max(curve)] / curve[min(curve)]
    ratios["echo to stored message, p50"] = (
        found["sockets"]["bare echo"]["p50"] / found["sockets"]["ours, stored"]["p50"]
    )
    return ratios


def _write(results: dict, target: Path) -> None:
    target.write_text(json.dumps(results, ensure_ascii=False, indent=2), encoding="utf-8")


def _print(results: dict) -> None:
    figures = Table("figure", *results["turns"])
    for key in results["turns"]["ours"]:
        cells = (row[key] for row in results["turns"].values())
        figures.add_row(key, *(f"{c['median']:.1f} ({c['min']:.1f}–{c['max']:.1f})" for c in cells))
    for name in ("seconds", "megabytes"):
        figures.add_row(
            f"start, {name}", *(f"{results['start'][each][name]:.0f}" for each in results["turns"])
        )
    for name, curve in results["long"].items():
        told = ", ".join(f"{mark}: {value:.0f}" for mark, value in curve.items())
        figures.add_row(f"ms at turn n, {name}", told, "")
    console.print(figures)
    ratios = Table("ratio (above 1: ours is better, but for growth)", "times")
    for name, value in {**results["ratios"], **results["retrieval"]["ratios"]}.items():
        ratios.add_row(name, f"{value:.2f}")
    console.print(ratios)


if __name__ == "__main__":
    typer.run(main)
