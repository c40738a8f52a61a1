"""One picture of a run: the ratios, the latencies with their spread, and the curves."""

from __future__ import annotations

from pathlib import Path

import matplotlib

matplotlib.use("Agg")
from matplotlib import pyplot  # noqa: E402 - after the backend is chosen

COLOURS = {"ours": "#1f7a6d", "default recipe": "#c46a2b"}


def draw(results: dict, path: Path) -> None:
    figure, (left, middle, right) = pyplot.subplots(1, 3, figsize=(15, 4.5), layout="constrained")
    ratios = {k: v for k, v in results["ratios"].items() if not k.startswith("growth")}
    left.barh(list(ratios), list(ratios.values()), color=COLOURS["ours"])
    left.axvline(1, color="black", linewidth=0.8)
    left.set_title("times better than the baseline")
    names = [name for name in results["turns"]["ours"] if name.endswith("ms")]
    for shift, (server, row) in enumerate(results["turns"].items()):
        cells = [row[name] for name in names]
        low = [cell["median"] - cell["min"] for cell in cells]
        high = [cell["max"] - cell["median"] for cell in cells]
        middle.bar(
            [place + 0.4 * shift for place in range(len(names))],
            [cell["median"] for cell in cells],
            width=0.4,
            yerr=[low, high],
            capsize=3,
            label=server,
            color=COLOURS[server],
        )
    middle.set_xticks([place + 0.2 for place in range(len(names))], [n.removesuffix(", ms") for n in names])
    middle.set_yscale("log")
    middle.set_title("milliseconds, median and spread of the rounds")
    middle.legend()
    for server, curve in results["long"].items():
        right.plot(list(curve), list(curve.values()), marker="o", label=server, color=COLOURS[server])
    right.set_title("ms at the n-th turn of one conversation")
    right.set_ylim(bottom=0)
    right.legend()
    figure.savefig(path, dpi=110)
    pyplot.close(figure)


def curve(result: dict, path: Path) -> None:
    """One panel for each unit: what a point names after its comma, and whatever has no unit together."""
    points = result["points"]
    over, *names = (name for name in points[0] if name != "load")
    units: dict[str, list[str]] = {}
    for name in names:
        units.setdefault(name.rpartition(", ")[2] if ", " in name else "share or number", []).append(name)
    figure, panels = pyplot.subplots(
        1, len(units), figsize=(5 * len(units), 4.5), layout="constrained", squeeze=False
    )
    for panel, (unit, lines) in zip(panels[0], units.items(), strict=True):
        for name in lines:
            panel.plot(
                [point[over] for point in points], [point[name] for point in points], marker="o", label=name
            )
        panel.set_xscale("log")
        panel.set_yscale("symlog", linthresh=1)
        panel.set_title(f"{unit} over {over}")
        panel.legend(fontsize="small")
    figure.savefig(path, dpi=110)
    pyplot.close(figure)
