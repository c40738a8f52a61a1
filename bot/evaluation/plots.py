"""The report's plots, as PNG files."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import matplotlib

matplotlib.use("Agg")
from matplotlib import font_manager, pyplot  # noqa: E402 - after the backend is chosen
from matplotlib.axes import Axes  # noqa: E402

from bot.evaluation import coverage, scope  # noqa: E402
from bot.evaluation.figures import FAR, NEAR, Judged, ModelFigures, in_scope, within_scores  # noqa: E402
from bot.evaluation.readings import Reading  # noqa: E402
from bot.faq.evaluate import Report, Slice  # noqa: E402
from bot.files import read_yaml  # noqa: E402

WORDS = Path(__file__).with_name("words.yml")
CHINESE_FONTS = (
    "Noto Sans CJK SC",
    "Noto Sans CJK JP",  # what matplotlib calls the collection that holds all of them
    "Noto Sans SC",
    "Source Han Sans SC",
    "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei",
    "PingFang SC",
    "Microsoft YaHei",
    "SimHei",
    "Noto Serif CJK JP",
)
COLOURS = ("#1f7a6d", "#c46a2b", "#6b7f99", "#a08cb5", "#9a9a9a")
"""Ours first; told apart in grey print and by people who do not see red and green apart."""


@dataclass(frozen=True)
class Labels:
    """Words of the plots in one language."""

    words: Mapping[str, Mapping[str, str]]
    language: str

    def __getitem__(self, key: str) -> str:
        return self.words[key][self.language] if key in self.words else key


def chinese_font() -> str | None:
    """An installed font that has Chinese characters."""
    installed = {font.name for font in font_manager.fontManager.ttflist}
    return next((name for name in CHINESE_FONTS if name in installed), None)


def load_labels(font: str | None) -> Labels:
    return Labels(read_yaml(WORDS), "zh" if font else "en")


def draw(
    folder: Path,
    judged: Sequence[Judged],
    models: Sequence[ModelFigures],
    faq: Sequence[Report],
    names: Callable[[str], str],
    font: str | None,
) -> dict[str, Path]:
    """Every plot by its name. `names` gives an intent's title; English where `font` is None."""
    labels = load_labels(font)
    titles = names if font else str
    style = {"axes.spines.top": False, "axes.spines.right": False, "axes.unicode_minus": False}
    if font:
        style["font.family"] = font
    held_out = [one.held_out for one in judged]
    plots: dict[str, tuple[tuple[float, float], Callable[[Axes], None]]] = {
        "coverage": (
            (5, 4.4),
            lambda axes: _coverage(axes, held_out, judged, labels["held_out"], labels),
        ),
        "calibration": ((5, 4.4), lambda axes: _calibration(axes, models[0], labels)),
        "scope": ((5, 4.4), lambda axes: _scope(axes, judged, labels)),
        "intents": ((6.4, 0.22 * len(models[0].intents) + 1), lambda axes: _intents(axes, models[0], titles)),
        "faq": ((7.6, 3.8), lambda axes: _faq(axes, faq, labels)),
    }
    if judged[0].real:
        clear = [[each for each in one.real if each.message.is_clear] for one in judged]
        plots["coverage-real"] = (
            (5, 4.4),
            lambda axes: _coverage(axes, clear, judged, labels["real"], labels),
        )
    paths = {}
    with pyplot.rc_context(style):
        for name, (size, plot) in plots.items():
            figure, axes = pyplot.subplots(figsize=size, layout="constrained")
            plot(axes)
            paths[name] = folder / f"{name}.png"
            figure.savefig(paths[name], dpi=110)
            pyplot.close(figure)
    return paths


def _coverage(
    axes: Axes,
    readings: Sequence[Sequence[Reading]],
    judged: Sequence[Judged],
    title: str,
    labels: Labels,
) -> None:
    for one, model, colour in zip(readings, judged, COLOURS, strict=False):
        right = [reading.is_accepted for reading in one]
        share, accuracy = coverage.accuracy_by_coverage([reading.confidence for reading in one], right)
        axes.plot(share, accuracy, color=colour, label=labels[model.model.name])
    axes.set(xlabel=labels["share_acted"], ylabel=labels["accuracy_of_these"], ylim=(0, 1.02), xlim=(0, 1))
    axes.set_title(title, fontsize="medium")
    axes.axvline(0.6, color="#cccccc", linewidth=1, linestyle=":")
    axes.legend(frameon=False)


def _calibration(axes: Axes, ours: ModelFigures, labels: Labels) -> None:
    axes.plot([0, 1], [0, 1], color="#cccccc", linestyle="--", label=labels["perfect"])
    kinds = [("held_out", ours.bins)] + ([("real", ours.real.bins)] if ours.real else [])
    for (key, bins), colour in zip(kinds, COLOURS, strict=False):
        points = [one.confidence for one in bins], [one.right for one in bins]
        axes.plot(*points, marker="o", color=colour, label=labels[key])
    axes.set(xlabel=labels["confidence"], ylabel=labels["really_right"], xlim=(0, 1), ylim=(0, 1.02))
    axes.legend(frameon=False)


def _scope(axes: Axes, judged: Sequence[Judged], labels: Labels) -> None:
    ours = judged[0]
    for group, line in ((NEAR, "-"), (FAR, "--")):
        passed = scope.curve(within_scores(in_scope(ours.held_out)), within_scores(ours.outside, group))
        name = f"{labels[ours.model.name]}: {labels[group]}"
        axes.plot(*passed, color=COLOURS[0], linestyle=line, label=name)
    for one, colour in zip(judged[1:], COLOURS[1:], strict=False):
        passed = scope.curve(within_scores(in_scope(one.held_out)), within_scores(one.outside))
        axes.plot(*passed, color=colour, label=f"{labels[one.model.name]}: {labels['all']}")
    axes.set(xlabel=labels["outside_passed"], ylabel=labels["inside_passed"], xlim=(0, 1), ylim=(0, 1.02))
    axes.legend(frameon=False)


def _intents(axes: Axes, ours: ModelFigures, names: Callable[[str], str]) -> None:
    ordered = sorted(ours.intents.items(), key=lambda each: -each[1].f1)
    axes.barh([names(name) for name, _ in ordered], [one.f1 for _, one in ordered], color=COLOURS[0])
    axes.set(xlabel="F1", xlim=(0, 1))
    axes.margins(y=0.01)


def _faq(axes: Axes, faq: Sequence[Report], labels: Labels) -> None:
    slices = [one.value for one in Slice if any(part.name == one.value for part in faq[0].slices)]
    width = 0.8 / len(faq)
    for number, (report, colour) in enumerate(zip(faq, COLOURS, strict=False)):
        hits = {part.name: part.hit_at(1) for part in report.slices}
        places = [place + (number - (len(faq) - 1) / 2) * width for place in range(len(slices))]
        axes.bar(places, [hits[name] for name in slices], width, color=colour, label=labels[report.name])
    axes.set_xticks(range(len(slices)), [labels[name] for name in slices])
    axes.set(ylabel=labels["hit1"], ylim=(0, 1.02))
    axes.legend(frameon=False, ncols=2, fontsize="small", loc="lower center", bbox_to_anchor=(0.5, 1.0))
