"""What a turn is about: the shop, the customer, the product and the order."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime
from functools import cached_property

from actions.common import shop_floor
from actions.common.message import Message
from bot.shop.goods import in_view, inside, measured, reference, stock, wishes
from bot.shop.goods.beside import part_meant
from bot.shop.goods.catalogue import find_products
from bot.shop.goods.spoken_goods import clipped
from bot.shop.orders import hers, order_choice
from bot.shop.records.delisted import with_delisted
from bot.shop.records.loader import SHOP_ZONE
from bot.shop.records.model import Customer, Product, Shop
from bot.shop.records.orders import Order, OrderState
from bot.shop.records.ports import Unavailable
from bot.shop.sizes import persons
from bot.shop.sizes.wearer import speaks_of_oneself


class Subject(Message):
    """The message together with what it can mean in this shop, to this customer."""

    @cached_property
    def shop(self) -> Shop:
        """As it is now. Goods of the customer's orders that are no longer sold are in it once orders were read."""
        return shop_floor.shop()

    @cached_property
    def now(self) -> datetime:
        """The shop's clock, without zone; the gateway may set it (tests, replays)."""
        told = self.metadata.get("now")
        moment = datetime.fromisoformat(told) if told else datetime.now(SHOP_ZONE)
        return moment.astimezone(SHOP_ZONE).replace(tzinfo=None) if moment.tzinfo else moment

    @property
    def today(self) -> date:
        return self.now.date()

    @property
    def customer_id(self) -> str | None:
        return self.metadata.get("customer_id")

    @property
    def buyer(self) -> str:
        """Whom a price or a gift is for: the signed customer, else whoever is in this conversation."""
        return self.customer_id or f"guest:{self.tracker.sender_id}"

    @cached_property
    def customer(self) -> Customer | None:
        """With the coupons the shop has given since the customers' file was written, without those that are gone."""
        customer = self._member()
        if customer is None:
            return None
        held = (*customer.coupons, *shop_floor.ledger().pocket(customer.id))
        gone = shop_floor.ledger().spent(customer.id) if held else frozenset()
        left = tuple(coupon for coupon in held if coupon.mark not in gone)
        return customer if left == customer.coupons else customer.model_copy(update={"coupons": left})

    def _member(self) -> Customer | None:
        """Whom the shop knows; else, as its system cannot be asked or does not know her, what its page has signed."""
        if not self.customer_id:
            return None
        try:
            found = shop_floor.customers().get(self.customer_id)
        except Unavailable:
            found = None
        levels = [level.id for level in self.shop.policy.levels]
        if found:
            return found if found.level in levels else found.model_copy(update={"level": levels[0]})
        signed = self.metadata.get("customer_level")
        if signed not in levels:
            return None
        return Customer(
            id=self.customer_id, name=self.metadata.get("customer_name") or self.customer_id, level=signed
        )

    @cached_property
    def product(self) -> Product | None:
        """Named in this message, else the page just opened, else the one talked about, else the order's only one."""
        page = self.metadata.get("product_id")
        is_new_page = page and page != self.slot("page_product_id")
        seen = self.shop.products.get((page if is_new_page else self.slot("product_id") or page) or "")
        named = self._named(seen) or self._referred()
        chosen = (
            named or (page if is_new_page else None) or self.slot("product_id") or page or self._ordered()
        )
        product = self.shop.products.get(chosen or "")
        before = self.slot("product_id")
        if product and before not in (None, product.id):
            self.set(earlier_product_id=before)
        self.set(page_product_id=page, product_id=product.id if product else None)
        return product

    def color_of(self, product: Product) -> str | None:
        """The colour told in this message; one character beside a size is read by the product's own colours."""
        if told := self.entity("color"):
            return told
        every = {color for each in self.shop.products.values() for color in each.colors}
        return stock.color_in(product, self.words, every) if self.words else None

    def size_of(self, product: Product) -> str | None:
        """The size told in this message, also by its number alone (1.8灰的)."""
        return self.entity("size") or (stock.size_in(product, self.words) if self.words else None)

    def _named(self, seen: Product | None) -> str | None:
        """The product this message names; with one in view, not what is only to come with it, go into it or under it,
        nor what she will not have, and a bare sort is the one in view."""
        if own := self.hers():
            return own.id
        if not self.words or seen is None:
            return self._of_the_wearer(self.entity("product") or self._first_named(self.words))
        if measured.pair_line(seen, self.words):
            return None  # the quilt she has, told beside the cover in view
        meant = wishes.without_refused(part_meant(inside.without(seen, self.words)))
        told = self.entity("product") if meant == self.words else None
        named = self.shop.products.get(told or self._first_named(meant) or "")
        if named and named is not seen and in_view.is_only_its_sort(meant, named, seen):
            named = None
        if named is None and (other := in_view.of_other_cut(self.shop, meant, seen)):
            named = other
        return self._of_the_wearer(named.id) if named else None

    def _of_the_wearer(self, product_id: str | None) -> str | None:
        """Once a child is known to be the one to wear it, 冲锋衣 is the children's."""
        named = self.shop.products.get(product_id or "")
        words = shop_floor.dialogue()
        child = words.phrase("wearer", "child")
        is_childs = child in (self.slot("wearer"), persons.named(self.words, words.heard["wearer"]))
        if named is None or not is_childs or speaks_of_oneself(self.words):
            return product_id
        theirs = in_view.of_children(self.shop, self.words, named)
        return theirs.id if theirs else product_id

    def hers(self) -> Product | None:
        """What she has ordered and names as everybody names such goods ("我那件羽绒服"), unless she is on a page."""
        if not self.words or not self.customer_id or self.metadata.get("product_id"):
            return None
        if not hers.speaks_of_hers(self.words):
            return None
        return hers.product_meant(self.shop, self.orders, self.words)

    def _first_named(self, words: str) -> str | None:
        if not words:
            return None
        found = next(iter(find_products(self.shop, words)), None) or clipped(self.shop, words)
        return found.id if found else None

    def _referred(self) -> str | None:
        """第二个, 刚才那个, 便宜的那款: among what was shown and talked about."""
        known = self.shop.products
        said_at = next(
            (e.get("timestamp") for e in reversed(self.tracker.events) if e.get("event") == "user"), None
        )
        pointed = self.slot("pointed") or {}
        if said_at and pointed.get("at") == said_at:
            return pointed["product"]  # an action before this one has read these words already
        found = reference.referred(
            self.words,
            reference.Seen(
                self.shown_products,
                known.get(self.slot("product_id") or ""),
                known.get(self.slot("earlier_product_id") or ""),
            ),
        )
        if found and said_at:
            self.set(pointed={"at": said_at, "product": found.id})
        return found.id if found else None

    @property
    def shown_products(self) -> list[Product]:
        """The products put side by side last, in their order."""
        known = self.shop.products
        return [known[id_] for id_ in self.before("shown") or () if id_ in known]

    def has_shown(self, products: Iterable[Product]) -> None:
        """From now on "第二个" is the second of these."""
        self.set(shown=[product.id for product in products])

    @property
    def is_product_named(self) -> bool:
        return bool(self._named_products())

    def _named_products(self) -> list[str]:
        return [product.id for product in find_products(self.shop, self.words)] if self.words else []

    def _ordered(self) -> str | None:
        lines = self.order.lines if self.order else ()
        return lines[0].product_id if len(lines) == 1 else None

    @cached_property
    def orders(self) -> list[Order]:
        """The customer's own orders, newest first; none for an unknown customer."""
        found = shop_floor.orders().list_for(self.customer_id) if self.customer_id else ()
        self.__dict__["shop"] = with_delisted(self.shop, found)
        return sorted(found, key=lambda order: order.placed_at, reverse=True)

    @cached_property
    def order(self) -> Order | None:
        """Named, or of the page just opened, or talked about, or the only one. Never another customer's."""
        own = {order.id: order for order in self.orders}
        page, talked = self.metadata.get("order_id"), self.slot("order_id")
        is_new_page = page and page != self.slot("page_order_id")
        likely = (page if is_new_page else None, talked, page if talked is None else None)
        named = [own[number] for number in map(str, self.entities("order_id")) if number in own]
        told = [own[id_] for id_ in likely if id_ in own]
        self.set(page_order_id=page)
        found = next(iter(named or told or (self.orders if len(own) == 1 else [])), None)
        if found:
            self.talk_about(found)
        return found

    def orders_in(self, states: Collection[OrderState]) -> list[Order]:
        """The orders a wish can be about: in these states, and with the product this message names."""
        fitting = [order for order in self.orders if order.state in states]
        return [order for order in fitting if self.is_about(order)] or fitting or self.orders

    def is_about(self, order: Order) -> bool:
        """Whether this message names something of the order."""
        return any(self._is_meant(line.product_id) for line in order.lines)

    def has_bought(self, product: Product | None) -> bool:
        """Whether the product stands in one of her orders."""
        return product is not None and any(
            line.product_id == product.id for order in self.orders for line in order.lines
        )

    def _is_meant(self, product_id: str) -> bool:
        """Whether this message names the product in any way: among one's own orders a category is enough."""
        product = self.shop.products.get(product_id)
        if product is None or product_id == self.entity("product"):
            return product is not None
        return order_choice.is_named(product, self.words)

    def forget_orders(self) -> None:
        """For the rest of this turn the orders are not known: nobody could be asked."""
        self.__dict__.update(orders=[], order=None)

    def talk_about(self, order: Order) -> None:
        """From now on this order is meant until another is named."""
        self.__dict__["order"] = order
        self.set(order_id=order.id)

    def forget_order(self) -> None:
        """Which order is meant is open again; the page she is on does not settle it."""
        self.__dict__["order"] = None
        self.set(order_id="", page_order_id=self.metadata.get("order_id"))
