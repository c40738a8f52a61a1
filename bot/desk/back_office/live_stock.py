"""The catalogue with the stock of this moment, asked for at most every few seconds."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Mapping

from bot.shop.records.model import Product, Shop
from bot.shop.records.ports import StockSource, Unavailable

log = logging.getLogger(__name__)
REFRESH_SECONDS = 15
TRUST_SECONDS = 120
"""Levels older than this are no ground to promise anything on."""


class LiveShop:
    """`shop` with the levels of `source`. Whoever comes when they are old asks for all; others go on with the old."""

    def __init__(self, shop: Shop, source: StockSource, clock: Callable[[], float] = time.monotonic) -> None:
        self._file, self._source, self._clock = shop, source, clock
        self._shop = shop
        self._asked_at = self._known_at = float("-inf")
        self._asking = threading.Lock()

    def current(self) -> Shop:
        """With the newest levels that could be had; those of the files where there were never any."""
        if self._clock() - self._asked_at >= REFRESH_SECONDS and self._asking.acquire(blocking=False):
            try:
                self._ask()
            finally:
                self._asking.release()
        return self._shop

    def require(self) -> None:
        """Raises Unavailable where the levels are too old to speak of stock."""
        self.current()
        if self._clock() - self._known_at > TRUST_SECONDS:
            raise Unavailable("stock: not known since a while")

    def _ask(self) -> None:
        skus = [v.sku for product in self._file.products.values() for v in product.variants]
        self._asked_at = self._clock()
        try:
            levels = self._source.levels(skus)
        except Unavailable as error:
            log.warning("stock not refreshed: %s", error)
            return
        self._shop = with_levels(self._file, levels)
        self._known_at = self._clock()


def with_levels(shop: Shop, levels: Mapping[str, int]) -> Shop:
    """What `levels` does not name cannot be bought."""
    products = {id_: _with_levels(product, levels) for id_, product in shop.products.items()}
    return shop.model_copy(update={"products": products})


def _with_levels(product: Product, levels: Mapping[str, int]) -> Product:
    variants = tuple(v.model_copy(update={"stock": levels.get(v.sku, 0)}) for v in product.variants)
    return product.model_copy(update={"variants": variants})
