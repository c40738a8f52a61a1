"""What the owner decides about orders on their way: `on_the_way` in `policy.yml`. Every field has a default."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from bot.shop.records.record import Record

Hours = Annotated[int, Field(gt=0, le=240)]


class OnTheWayPolicy(Record):
    urge_hours: Hours = 24
    """A first urging is answered by a person within this time."""
    urge_again_hours: Hours = 4
    """A second one of the same order."""
    stop_hours: Hours = 2
    """Somebody says within this time whether a packed order could be stopped: later it may have left."""
    stalled_hours: Hours = 48
    """A parcel without a new scan for longer counts as standing still."""
    missing_hours: Hours = 24
    """Somebody answers within this time where a parcel is shown as delivered and is not there."""
    unpaid_keep_hours: Hours = 24
    """An unpaid order is kept this long."""
