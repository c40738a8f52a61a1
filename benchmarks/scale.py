"""How the figures grow: `make bench BENCH="--scale"`, or one curve alone with `--only widgets`.

Each point is written to `var/bench/scale-<curve>.json` when it is measured, with the load of the machine at that
moment, and the picture beside it is drawn anew. A curve that has used its time begins no further point.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console

from benchmarks import plot, scale_chats, scale_scripts, scale_widgets

Point = dict[str, float]
CURVES: dict[str, Callable[[], Iterator[Point]]] = {
    "turns": scale_chats.turns,
    "conversations": scale_chats.conversations,
    "scripts": scale_scripts.scripts,
    "widgets": scale_widgets.widgets,
}
"""Each yields its points, the smallest first; the first name of a point is what it is plotted over."""


def run(names: tuple[str, ...], folder: Path, minutes: float, console: Console) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name in names:
        console.print(f"• {name}: {CURVES[name].__doc__}")
        measure(name, folder / f"scale-{name}.json", minutes, console)


def measure(name: str, target: Path, minutes: float, console: Console) -> None:
    result = {"curve": name, "at": datetime.now(UTC).isoformat(timespec="seconds"), "cores": os.cpu_count()}
    points: list[Point] = []
    started = time.monotonic()
    curve = CURVES[name]()
    for point in curve:
        points.append({**point, "load": os.getloadavg()[0]})
        console.print("  " + ", ".join(f"{key} {value:,.4g}" for key, value in points[-1].items()))
        result |= {"seconds": time.monotonic() - started, "points": points}
        target.write_text(json.dumps(result, ensure_ascii=False, indent=2), encoding="utf-8")
        plot.curve(result, target.with_suffix(".png"))
        if time.monotonic() - started > 60 * minutes:
            console.print(f"  stopped after {minutes:g} min: no further points")
            break
    curve.close()
