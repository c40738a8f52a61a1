"""A small shop whose numbers the tests know by heart."""

from datetime import date, datetime
from pathlib import Path

import pytest

from bot.settings import ROOT
from bot.shop.records.loader import load_shop
from bot.shop.records.model import Shop

SMALL_SHOP = Path(__file__).parent / "small_shop"
NOW = datetime(2026, 11, 20, 14, 0)
"""A Friday, before the cut-off at 16:00."""


@pytest.fixture(scope="session")
def shop() -> Shop:
    return load_shop(SMALL_SHOP, NOW)


@pytest.fixture(scope="session")
def now() -> datetime:
    return NOW


@pytest.fixture(scope="session")
def demo_shop() -> Shop:
    """The shop that is delivered, as of the same Friday."""
    return load_shop(ROOT / "data" / "shop", NOW)


@pytest.fixture(scope="session")
def today() -> date:
    return NOW.date()
