"""Where actions get what they work with: the one place that opens files. Nothing is loaded before it is asked for."""

from __future__ import annotations

from functools import lru_cache

from bot.dialogue import Dialogue, load_dialogue
from bot.faq.search import Searcher
from bot.settings import ROOT, get_settings
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


def warm_up() -> None:
    """Load everything now, so that the first customer does not wait; fails where data or models are broken."""
    shop(), orders()
    searcher().search(dialogue().reading("track_order"), top=1)
