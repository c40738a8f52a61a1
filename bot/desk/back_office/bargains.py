"""How far customers have haggled, in the desk's database: the SQL adapter of `BargainStore`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from bot.desk import schema
from bot.desk.back_office.ledger import SHOP_TIME
from bot.desk.database import migrate, open_database, reading
from bot.settings import Settings
from bot.shop.prices.bargain_state import BargainState, Kept

_bargains = schema.bargains


class SqlBargains:
    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine

    def kept(self, buyer: str, since: datetime) -> Mapping[str, Kept]:
        """Product id → where this buyer stands, as far as it was said at `since` or later."""
        query = sa.select(_bargains).where(
            _bargains.c.buyer == buyer, _bargains.c.at >= since.replace(tzinfo=SHOP_TIME)
        )
        with reading(self._engine) as connection:
            return {
                row.product_id: Kept(BargainState.from_slot(row.state), row.conversation_id)
                for row in connection.execute(query)
            }

    def keep(self, buyer: str, state: BargainState, conversation_id: str, at: datetime) -> None:
        key = {"buyer": buyer, "product_id": state.product_id}
        values: dict[str, Any] = {
            "conversation_id": conversation_id,
            "state": state.as_slot(),
            "at": at.replace(tzinfo=SHOP_TIME),
        }
        here = sa.and_(_bargains.c.buyer == buyer, _bargains.c.product_id == state.product_id)
        with self._engine.begin() as connection:
            if connection.dialect.name == "postgresql":
                connection.execute(sa.text("LOCK TABLE bargains IN SHARE ROW EXCLUSIVE MODE"))
            if connection.execute(sa.update(_bargains).where(here).values(**values)).rowcount == 0:
                connection.execute(sa.insert(_bargains).values(**key, **values))


def open_bargains(settings: Settings) -> SqlBargains:
    """The hagglings of this installation."""
    engine = open_database(settings.database)
    migrate(engine)
    return SqlBargains(engine)
