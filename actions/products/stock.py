"""Whether it can be bought: never a bare "no", always what can be had instead (002 三·二)."""

from __future__ import annotations

from collections.abc import Iterable

from actions.common import shop_floor
from actions.common.base import BotAction
from actions.common.cards import day
from actions.common.choosing import MOST, ask_which_product, product_option
from actions.common.turn import Turn, button, inform
from actions.products.product import say_unsold
from actions.sizes import home_size, menswear
from actions.talk import faq
from bot.placeholders import yuan
from bot.shop.goods import one_of_each, stock
from bot.shop.goods.catalogue import substitutes
from bot.shop.records.model import Product, Variant


class Stock(BotAction):
    action = "action_stock"
    needs_stock = True

    def act(self, turn: Turn) -> None:
        product = turn.product
        if say_unsold(turn):
            return
        if product is None:
            turn.set(color=turn.known("color"))
            if not faq.settles(turn, "ask_stock"):
                ask_which_product(turn)
            return
        if next_action := self._belongs_to(turn, product):
            turn.go_on_with(next_action)
            return
        if menswear.say_for_a_man(turn, product):
            return
        if pair := one_of_each.told(product, turn.words):
            self._say_each(turn, product, pair)
            return
        color, size = wish(turn, product)
        if shop_floor.dialogue().hear("restock", turn.words) and self._say_when_back(
            turn, product, color, size
        ):
            return
        if not color and not size and faq.settles(turn, "ask_stock"):
            return
        self.tell(turn, product, color, size)

    def tell(self, turn: Turn, product: Product, color: str | None, size: str | None) -> None:
        """Whether this colour and size are there."""
        found = stock.check(product, color, size, turn.shop.policy.low_stock)
        if isinstance(found, stock.OutOfStock):
            self._counter_question(turn, product, found)
        elif shop_floor.dialogue().hear("how_many", turn.words):
            self._count(turn, product, found)
        elif color or size:
            self._say_in_stock(turn, product, found, color, size)
        else:
            shown = variant_names(found.variants)
            turn.say("utter_stock_overview", product=product.name, variants="、".join(shown))

    @staticmethod
    def _say_each(turn: Turn, product: Product, pair: tuple[tuple[str, str], ...]) -> None:
        """枕头一高一低: each of the two as the shelf has it."""
        words, lines, low = shop_floor.dialogue(), [], turn.shop.policy.low_stock
        shelf = [stock.check(product, color or None, size or None, low) for color, size in pair]
        for (color, size), found in zip(pair, shelf, strict=True):
            is_low = isinstance(found, stock.InStock) and found.low
            key = "gone" if isinstance(found, stock.OutOfStock) else "low" if is_low else "there"
            left = found.left if isinstance(found, stock.InStock) else 0
            lines.append(words.phrase("each_shelf", key, variant=variant_name(color, size), left=left))
        is_there = all(isinstance(found, stock.InStock) for found in shelf)
        kept = turn.before("basket") or ()
        if [product.id, 1] in map(list, kept):  # one of each are two of it
            turn.set(basket=[[id_, len(pair) if id_ == product.id else count] for id_, count in kept])
        response = "utter_stock_each" if is_there else "utter_stock_each_not"
        counter = words.phrase("counter", product.kind.value)
        told = {"lines": "，".join(lines), "price": yuan(product.price), "counter": counter}
        turn.say(response, product=product.name, **told)

    @staticmethod
    def _belongs_to(turn: Turn, product: Product) -> str | None:
        """A wish to be told, or a length that a size has to suit, is another action's."""
        if shop_floor.dialogue().hear("notify", turn.words):
            return "action_notify"
        return "action_size" if home_size.is_asked(turn, product) else None

    @staticmethod
    def _say_when_back(turn: Turn, product: Product, color: str | None, size: str | None) -> bool:
        """ "白的24啥时候有": the days of what is missing; False where nothing of it is missing, or it is not sold."""
        gone = stock.missing(product, color, size)[:MOST]
        if not gone or product.taken_down:
            return False
        words = shop_floor.dialogue()
        lines = [
            words.phrase("back", "on", variant=name, day=day(each.restock_on))
            if each.restock_on
            else words.phrase("back", "unknown", variant=name)
            for each in gone
            for name in [spaced(variant_name(each.color, each.size))]
        ]
        if len(gone) == 1:
            turn.set(color=gone[0].color or color, size=gone[0].size or size)
        turn.set(pending="action_notify")
        turn.say("utter_when_back", [notify_button()], product=product.name, lines="；".join(lines))
        return True

    @staticmethod
    def _count(turn: Turn, product: Product, found: stock.InStock) -> None:
        """How many there are, exactly as the shelf has them."""
        names = "、".join(variant_names(found.variants))
        turn.say("utter_stock_count", product=product.name, variants=names, left=found.left)

    def _say_in_stock(
        self, turn: Turn, product: Product, found: stock.InStock, color: str | None, size: str | None
    ) -> None:
        names = "、".join(variant_names(found.variants))
        if found.low:
            turn.say("utter_stock_low", product=product.name, variants=names, left=found.left)
        elif color and size:
            turn.say("utter_stock_there", product=product.name, variants=names)
        else:
            turn.say("utter_stock_choose", product=product.name, variants=names)

    def _counter_question(self, turn: Turn, product: Product, missing: stock.OutOfStock) -> None:
        is_made = stock.check(product, missing.color, None)
        is_color_made = isinstance(is_made, stock.InStock) or is_made.made
        wished = variant_name(missing.color or "", (missing.size or "") if is_color_made else "")
        if isinstance(missing, stock.TakenDown):
            turn.say("utter_taken_down", product=product.name, reason=missing.reason)
            self._offer_substitutes(turn, product, "utter_instead_of_taken_down")
            return
        if not missing.alternatives:
            self._offer_substitutes(turn, product, "utter_product_substitutes")
            return
        # "好" takes the offer to be told, a variant is looked up (actions/talk/small_talk.py, CONFIRMS).
        turn.set(pending="action_notify" if missing.made else self.action)
        room = MOST - 1 if missing.made else MOST
        shown = [variant_button(variant) for variant in missing.alternatives[:room]]
        if missing.made:
            shown.append(notify_button())
        if not missing.made:
            turn.say("utter_variant_not_made", shown, product=product.name, wished=spaced(wished))
        elif missing.restock_on:
            back_on = day(missing.restock_on)
            turn.say(
                "utter_variant_restocked", shown, product=product.name, wished=spaced(wished), day=back_on
            )
        else:
            turn.say("utter_variant_sold_out", shown, product=product.name, wished=spaced(wished))

    @staticmethod
    def _offer_substitutes(turn: Turn, product: Product, response: str) -> None:
        alike = substitutes(turn.shop, product)[:MOST]
        if alike:
            turn.has_shown(alike)
            card = {"type": "choices", "title": "", "options": [product_option(each) for each in alike]}
            turn.say(response, card=card, product=product.name)
        elif not product.taken_down:
            turn.set(pending="action_notify")
            turn.say("utter_product_sold_out", [notify_button()], product=product.name)


def wish(turn: Turn, product: Product) -> tuple[str | None, str | None]:
    """The colour and size asked for. What was said before holds where a button answers us, or where one of the two
    is asked on ("那L码呢" after 黑色M)."""
    size = turn.entity("size") or turn.entity("usual_size")
    if turn.words and (size is None or not any(stock.same_size(size, each) for each in product.sizes)):
        size = stock.size_in(product, turn.words) or stock.by_number(product, size) or size
        size = size or stock.childs_size_in(product, turn.words)
    color = turn.color_of(product)
    asks_on = bool(color) != bool(size) or shop_floor.dialogue().hear("restock", turn.words) is not None
    is_asking_on = asks_on and turn.before("stock_of") == product.id
    if turn.is_payload or is_asking_on:
        kept = turn.slot("color")  # what it is not made in was said; 30的有几双 goes on about the rest
        is_made = bool(kept) and any(stock.same_color(kept, each) for each in product.colors)
        color, size = color or (kept if is_made or turn.is_payload else None), size or turn.slot("size")
    turn.set(stock_of=product.id, color=color or turn.slot("color"), size=size or turn.slot("size"))
    return color, size


def spaced(name: str) -> str:
    """A Latin end keeps its distance from the Chinese that follows: 黑色 M 暂时没货."""
    return f"{name} " if name[-1:].isascii() else name


def notify_button() -> dict[str, str]:
    return button(shop_floor.dialogue().phrase("button", "notify"), "/affirm")


def variant_name(color: str, size: str) -> str:
    words = shop_floor.dialogue()
    if color and size:
        return words.phrase("variant", "both", color=color, size=size)
    return words.phrase("variant", "only", value=color or size)


def variant_names(variants: Iterable[Variant]) -> list[str]:
    """Colours with their sizes, each colour once: 黑色 S/M/L."""
    by_color: dict[str, list[str]] = {}
    for variant in variants:
        by_color.setdefault(variant.color, []).append(variant.size)
    return [variant_name(color, "/".join(filter(None, sizes))) for color, sizes in by_color.items()]


def variant_button(variant: Variant) -> dict[str, str]:
    told = {name: value for name, value in (("color", variant.color), ("size", variant.size)) if value}
    return button(variant_name(variant.color, variant.size), inform(**told))
