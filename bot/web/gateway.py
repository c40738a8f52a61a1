"""What the routes work with, put together once per process."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, cast

import httpx
from fastapi import Depends
from starlette.requests import HTTPConnection

from bot.desk.aftercare.after_chat import AfterChat, Coupons
from bot.desk.agent_tools.palette import Palette
from bot.desk.agent_tools.suggestions import Suggestions
from bot.desk.back_office.backoffice import HttpOrders
from bot.desk.back_office.ledger import SqlLedger
from bot.desk.back_office.live_stock import LiveShop
from bot.desk.back_office.orders import SqlOrders
from bot.desk.back_office.sources import FileCustomers, Sources, back_office
from bot.desk.bus import Bus, open_bus
from bot.desk.desk import Desk, open_desk
from bot.desk.dialogue import Dialogue
from bot.desk.notices import Notices
from bot.desk.recovery import Recovery
from bot.desk.remedy_choices import RemedyChoices
from bot.desk.storage import Pulse
from bot.desk.threads import in_spare_thread
from bot.desk.turns import Turns
from bot.placeholders import script_values
from bot.settings import Settings
from bot.shop.records.loader import SHOP_ZONE, load_shop
from bot.shop.records.model import Shop
from bot.web.limits import RateLimits


@dataclass(frozen=True)
class Gateway:
    settings: Settings
    shop: Shop
    desk: Desk
    orders: SqlOrders | HttpOrders
    dialogue: Dialogue
    bus: Bus
    notices: Notices
    turns: Turns
    recovery: Recovery
    suggestions: Suggestions
    palette: Palette
    after_chat: AfterChat
    limits: RateLimits
    pulse: Pulse
    http: httpx.AsyncClient

    async def are_actions_up(self) -> bool:
        try:
            url = f"http://127.0.0.1:{self.settings.actions_port}/health"
            return (await self.http.get(url)).status_code == 200
        except httpx.HTTPError:
            return False

    async def close(self) -> None:
        await self.dialogue.close()
        await self.bus.close()
        await self.http.aclose()
        self.desk.engine.dispose()


def build_gateway(settings: Settings) -> Gateway:
    """The composition root. Raises DataError where the shop's files are broken."""
    shop = load_shop(settings.shop_dir)
    desk = open_desk(settings.database, shop.policy.desk)
    office = back_office(settings)
    orders = office.orders if office else _seeded(desk, shop)
    dialogue = Dialogue(settings.rasa_url, settings.secrets["channel_token"], settings.turn_timeout_seconds)
    http = httpx.AsyncClient(timeout=settings.turn_timeout_seconds, trust_env=False)
    bus = open_bus(settings.redis_url)
    notices = Notices(bus, desk)
    turns = Turns(
        desk,
        dialogue,
        notices,
        shop.persona,
        script_values(shop)["agent_hours"],
        settings.quiet_seconds,
        RemedyChoices(desk, orders, shop.policy, notices),
        lambda: shop.policy.agent_hours.hold(datetime.now(SHOP_ZONE).time()),
    )

    async def is_healthy() -> bool:
        return await dialogue.is_up() and await gateway.are_actions_up()

    recovery = Recovery(desk, turns, notices, is_healthy, settings.turn_timeout_seconds)
    gateway = Gateway(
        settings,
        shop,
        desk,
        orders,
        dialogue,
        bus,
        notices,
        turns,
        recovery,
        Suggestions(settings, shop),
        Palette(settings),
        AfterChat(
            desk.follow_ups,
            desk.conversations,
            shop,
            _goods(shop, office),
            orders,
            _coupons(desk, shop, office),
            notices,
        ),
        RateLimits(settings.redis_url, settings.rate_limits),
        Pulse(desk.engine, in_spare_thread),
        http,
    )
    return gateway


def _goods(shop: Shop, office: Sources | None) -> Callable[[], Shop]:
    """The shop with the stock of this moment; Unavailable where the shop's own system does not tell it."""
    if office is None:
        return lambda: shop
    live = LiveShop(shop, office.stock)

    def goods() -> Shop:
        live.require()
        return live.current()

    return goods


def _coupons(desk: Desk, shop: Shop, office: Sources | None) -> Coupons:
    customers = office.customers if office else FileCustomers(shop)
    return Coupons(customers, () if office else shop.customers.values(), SqlLedger(desk.engine))


def _seeded(desk: Desk, shop: Shop) -> SqlOrders:
    orders = SqlOrders(desk.engine)
    orders.seed(shop.orders.values())
    return orders


def _gateway(connection: HTTPConnection) -> Gateway:
    return cast(Gateway, connection.app.state.gateway)


GatewayOf = Annotated[Gateway, Depends(_gateway)]
"""For routes: the gateway of this process."""
