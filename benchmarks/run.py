"""`make bench`: every figure beside its baseline, as ratios, in one run."""

from __future__ import annotations

import json
import os
import platform
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks import retrieval, turns
from bot.settings import ROOT, get_settings
from bot.training.jobs import JOBS, run_jobs
from tests.live import free_port, running_stack

RESULTS = ROOT / "benchmarks" / "results" / "latest.json"


def main() -> int:
    console = Console()
    run_jobs(get_settings(), JOBS, if_missing=True, console=console)
    results = {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": {
            "cores": os.cpu_count(),
            "python": platform.python_version(),
            "system": platform.system(),
        },
    }
    with tempfile.TemporaryDirectory() as folder, running_stack(Path(folder), rate_limits=False) as stack:
        turns.baseline_model(stack.settings)
        console.print("• turns: our chain and the default recipe, in turn")
        with turns.default_recipe(stack.settings, Path(folder), free_port()) as stock_url:
            results["turns"] = turns.measure(stack.url, stock_url)
    console.print("• retrieval: our index and BM25, in turn")
    results["retrieval"] = retrieval.measure()
    RESULTS.parent.mkdir(parents=True, exist_ok=True)
    RESULTS.write_text(json.dumps(results, ensure_ascii=False, indent=2), encoding="utf-8")
    _print(console, results)
    return 0


def _print(console: Console, results: dict) -> None:
    figures = Table("figure", *results["turns"]["figures"])
    for key in ("p50_ms", "p99_ms", "turns_s"):
        cells = (row[key] for row in results["turns"]["figures"].values())
        figures.add_row(
            key, *(f"{cell['median']:.1f} ({cell['min']:.1f}–{cell['max']:.1f})" for cell in cells)
        )
    console.print(figures)
    ratios = Table("ratio (above 1: ours is better)", "times")
    for part in ("turns", "retrieval"):
        for name, value in results[part]["ratios"].items():
            ratios.add_row(f"{part}: {name}", f"{value:.2f}")
    console.print(ratios)
    console.print(f"written to {RESULTS.relative_to(ROOT)}")


if __name__ == "__main__":
    sys.exit(main())
