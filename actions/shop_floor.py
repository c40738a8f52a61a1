"""Where actions get what they work with: the one place that opens files. Nothing is loaded before it is asked for."""

from __future__ import annotations

from functools import lru_cache

from bot.dialogue import Dialogue, load_dialogue
from bot.faq.search import Searcher
from bot.settings import ROOT, get_settings
from bot.shop.bargain_state import BargainStore
from bot.shop.grants import Ledger
from bot.shop.loader import load_shop
from bot.shop.model import Shop
from bot.shop.orders import OrderStore


@lru_cache(maxsize=1)
def shop() -> Shop:
    return load_shop(get_settings().shop_dir)


@lru_cache(maxsize=1)
def dialogue() -> Dialogue:
    return load_dialogue(ROOT / "data" / "dialogue.yml")


@lru_cache(maxsize=1)
def searcher() -> Searcher:
    return Searcher.open(get_settings().models_dir)


@lru_cache(maxsize=1)
def orders() -> OrderStore:
    """Orders with the changes customers have made, kept by the desk's database."""
    from bot.desk.orders import open_orders

    return open_orders(get_settings(), shop())


@lru_cache(maxsize=1)
def ledger() -> Ledger:
    """Coupons, gifts and price differences given away, counted by the desk's database."""
    from bot.desk.ledger import open_ledger

    return open_ledger(get_settings())


@lru_cache(maxsize=1)
def bargains() -> BargainStore:
    """How far each customer has haggled, over all chats."""
    from bot.desk.bargains import open_bargains

    return open_bargains(get_settings())


def warm_up() -> None:
    """Load everything now, so that the first customer does not wait; fails where data or models are broken."""
    shop(), orders(), ledger(), bargains()
    searcher().search(dialogue().reading("track_order"), top=1)
