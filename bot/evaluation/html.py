"""The report for trainers: one HTML file that needs nothing beside it."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bot.dialogue import Dialogue
from bot.evaluation.goals import RECIPE_EPOCHS, exact_measures
from bot.evaluation.plots import Labels

if TYPE_CHECKING:
    from bot.evaluation.report import Summary


def page(summary: Summary, dialogue: Dialogue, images: Mapping[str, Path], labels: Labels) -> str:
    """The whole page. `images`: PNG files, put into the text."""
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"share": _share, "figure": _figure, "moment": _moment}
    return environment.get_template("report.html.j2").render(
        run=summary,
        ours=summary.models[0],
        baselines=summary.models[1:],
        title_of=dialogue.reading,
        label=labels.__getitem__,
        recipe_epochs=RECIPE_EPOCHS,
        images={name: _embedded(path) for name, path in images.items()},
        measures=(exact_measures(summary.entities), exact_measures(summary.judging)),
    )


def _embedded(path: Path) -> str:
    return "data:image/png;base64," + base64.b64encode(path.read_bytes()).decode()


def _share(value: float | None) -> str:
    return "—" if value is None else f"{value:.1%}"


def _figure(value: float | None) -> str:
    return "—" if value is None else f"{value:.3f}"


def _moment(iso: str) -> str:
    return datetime.fromisoformat(iso).strftime("%Y-%m-%d %H:%M")
