"""Words for days; bot.text.dates turns them into dates."""

from __future__ import annotations

from bot.text.dates import find_dates
from bot.text.measures.found import Found, Reading


def find(reading: Reading) -> list[Found]:
    return [Found("date", words, start, end) for words, start, end in find_dates(reading.text)]
