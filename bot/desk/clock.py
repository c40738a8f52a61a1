"""The wall clock may be set while we run; what is waited for is measured by the one that only goes forward."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime, timedelta

import sqlalchemy as sa

LEAP_SECONDS = 5.0
"""Further apart than this the two clocks do not drift: somebody has set one, or the machine has slept."""


def within(column: sa.ColumnElement[datetime], moment: datetime, span: timedelta) -> sa.ColumnElement[bool]:
    """Whether `column` lies no further than `span` from `moment`: what lies in the future was written before the
    clock was set back, and must not count as fresh until the old time is reached again."""
    return column.between(moment - span, moment + span)


class Steadiness:
    """Whether the wall clock has run evenly for a while; ask at every round."""

    def __init__(
        self,
        seconds: float,
        wall: Callable[[], float] = time.time,
        forward: Callable[[], float] = time.monotonic,
    ) -> None:
        self._seconds, self._wall, self._forward = seconds, wall, forward
        self._offset = wall() - forward()
        self._leapt_at: float | None = None

    def holds(self) -> bool:
        forward = self._forward()
        offset = self._wall() - forward
        if abs(offset - self._offset) > LEAP_SECONDS:
            self._leapt_at = forward
        self._offset = offset
        return self._leapt_at is None or forward - self._leapt_at > self._seconds
