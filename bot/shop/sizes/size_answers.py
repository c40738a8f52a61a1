"""What the chart can answer: a size with its reasons, or what stands in the way of naming one."""

from __future__ import annotations

from dataclasses import dataclass

from bot.shop.sizes.tipping import Reason


@dataclass(frozen=True)
class Fits:
    """`doubt` says what the answer lacks: "usual" (no measures, only the size usually worn), "age" (a child's age
    alone), "edge" (a little beyond the chart), "top" (one up would be better, but this is the largest), "build" (the
    weight asks for a larger size than the height: it will be long), "waist" (told alone)."""

    size: str
    reasons: tuple[Reason, ...]
    doubt: str | None = None

    @property
    def sure(self) -> bool:
        return self.doubt is None


@dataclass(frozen=True)
class Between:
    """Ask "loose or fitted?"."""

    smaller: str
    larger: str
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class OutOfChart:
    """`reason`: too_small, too_large (of `measure`, whose chart begins or ends with `size` at `limit`),
    unusual_build, unknown_size, no_chart."""

    reason: str
    measure: str | None = None
    value: float | str | None = None
    limit: float | None = None
    size: str | None = None


@dataclass(frozen=True)
class NeedsMeasures:
    """Names of fields of Measures, the most telling first."""

    missing: tuple[str, ...]


@dataclass(frozen=True)
class OneSize:
    """There is nothing to choose."""


Recommendation = Fits | Between | OutOfChart | NeedsMeasures | OneSize
