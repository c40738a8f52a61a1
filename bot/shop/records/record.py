"""What every record of `data/shop/` has in common: frozen, no unknown keys, dates that may be relative."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationInfo


class Record(BaseModel):
    """A frozen value from a data file. Numbers are welcome where text is expected (`size: 36`)."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", coerce_numbers_to_str=True, str_strip_whitespace=True
    )


Money = Annotated[Decimal, Field(ge=0, max_digits=10, decimal_places=2)]
"""Yuan, at most two decimals."""
Share = Annotated[Decimal, Field(ge=0, le=1)]
"""A part of a whole, 0 to 1; an explicit 0 means none."""
Text = Annotated[str, Field(min_length=1)]
Id = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]*$")]

_DAYS = re.compile(r"^([+-]\d+)d(?:\s+(\d{1,2}):(\d{2}))?$")
_AGO = re.compile(r"^([+-]\d+)([hm])$")


def _now(info: ValidationInfo) -> datetime:
    return (info.context or {}).get("now") or datetime.now()


def _day(value: Any, info: ValidationInfo) -> Any:
    """`+5d` counts from the day the shop is loaded, so that demo data never grows old."""
    found = _DAYS.match(value.strip()) if isinstance(value, str) else None
    if not found:
        return value
    return _now(info).date() + timedelta(days=int(found[1]))


def _moment(value: Any, info: ValidationInfo) -> Any:
    """`-3d 20:15`, `-2h` and `-40m` count from the moment the shop is loaded."""
    if not isinstance(value, str):
        return value
    text = value.strip()
    if found := _AGO.match(text):
        unit = "hours" if found[2] == "h" else "minutes"
        return (_now(info) + timedelta(**{unit: int(found[1])})).replace(second=0, microsecond=0)
    if found := _DAYS.match(text):
        day = _now(info).date() + timedelta(days=int(found[1]))
        return datetime.combine(day, time(int(found[2] or 12), int(found[3] or 0)))
    return value


Day = Annotated[date, BeforeValidator(_day)]
Moment = Annotated[datetime, BeforeValidator(_moment)]
"""The shop's own clock (Asia/Shanghai), without zone."""
