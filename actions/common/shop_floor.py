"""Where actions get what they work with: the one place that opens files. Nothing is loaded before it is asked for."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from bot.desk.back_office.live_stock import LiveShop
from bot.dialogue import Dialogue, load_dialogue
from bot.faq.search import Searcher
from bot.settings import ROOT, get_settings
from bot.shop.prices.bargain_state import BargainStore
from bot.shop.prices.grants import Ledger
from bot.shop.records import images
from bot.shop.records.loader import load_shop
from bot.shop.records.model import Shop
from bot.shop.records.orders import OrderStore
from bot.shop.records.ports import CustomerSource

if TYPE_CHECKING:
    from bot.desk.back_office.sources import Sources


@lru_cache(maxsize=1)
def _files() -> Shop:
    return load_shop(get_settings().shop_dir)


@lru_cache(maxsize=1)
def _back_office() -> Sources | None:
    from bot.desk.back_office.sources import back_office

    return back_office(get_settings())


@lru_cache(maxsize=1)
def _live() -> LiveShop | None:
    office = _back_office()
    return LiveShop(_files(), office.stock) if office else None


def shop() -> Shop:
    """The shop's files; where it has a system of its own, with the stock of this moment."""
    live = _live()
    return live.current() if live else _files()


def picture(name: str | None) -> str | None:
    """Where a script's picture is served; None where this shop has none of that name."""
    return images.picture(get_settings().shop_dir, name)


def require_stock() -> None:
    """Raises `bot.shop.records.ports.Unavailable` where stock is not known well enough to speak of it."""
    if live := _live():
        live.require()


def is_remote() -> bool:
    """Whether a turn may have to wait for another machine."""
    return bool(get_settings().backoffice_url)


def customers() -> CustomerSource:
    from bot.desk.back_office.sources import FileCustomers

    office = _back_office()
    return office.customers if office else FileCustomers(shop())


@lru_cache(maxsize=1)
def dialogue() -> Dialogue:
    return load_dialogue(ROOT / "data" / "dialogue.yml")


@lru_cache(maxsize=1)
def searcher() -> Searcher:
    return Searcher.open(get_settings().models_dir)


@lru_cache(maxsize=1)
def orders() -> OrderStore:
    """Orders of the shop's own system, else those of the desk's database with the changes customers have made."""
    from bot.desk.back_office.orders import open_orders

    office = _back_office()
    return office.orders if office else open_orders(get_settings(), _files())


@lru_cache(maxsize=1)
def ledger() -> Ledger:
    """Coupons, gifts and price differences given away, counted by the desk's database."""
    from bot.desk.back_office.ledger import open_ledger

    return open_ledger(get_settings())


@lru_cache(maxsize=1)
def bargains() -> BargainStore:
    """How far each customer has haggled, over all chats."""
    from bot.desk.back_office.bargains import open_bargains

    return open_bargains(get_settings())


def warm_up() -> None:
    """Load everything now, so that the first customer does not wait; fails where data or models are broken."""
    shop(), orders(), ledger(), bargains()
    searcher().search(dialogue().reading("track_order"), top=1)
