"""Facts about a product, and which one to choose."""

from __future__ import annotations

from actions import faq, shop_floor
from actions.base import BotAction
from actions.cards import product_card
from actions.choosing import MOST, ask_which_product, product_option
from actions.turn import Turn
from bot.faq.search import Confident
from bot.placeholders import yuan
from bot.shop import catalogue
from bot.shop.model import Product

COMPARED = 2
"""Products in one comparison; more do not fit a phone."""


class ProductInfo(BotAction):
    """An attribute asked for by name, else a near script, else what the shop says of the product."""

    action = "action_product_info"

    def act(self, turn: Turn) -> None:
        product = turn.product
        if product is None:
            if not faq.answer(turn, ["ask_product_info"]):
                ask_which_product(turn)
            return
        facts = catalogue.facts(product, turn.words) if turn.words else {}
        if facts:
            said = "；".join(f"{name}：{value}" for name, value in facts.items())
            turn.say("utter_product_facts", product=product.name, facts=said)
            return
        near = faq.find(turn, ["ask_product_info"]) if turn.words else None
        if isinstance(near, Confident):
            faq.say_hit(turn, near.hit)
            return
        introduce(turn, product)


def introduce(turn: Turn, product: Product) -> None:
    """The product with what the shop writes about it."""
    points = "；".join(product.talking_points[:3]) or "、".join(
        f"{k} {v}" for k, v in product.attributes.items()
    )
    turn.say("utter_product_intro", card=product_card(product), product=product.name, points=points)


class Recommend(BotAction):
    """Compare where two are named; else one for the need or category, the featured first."""

    action = "action_recommend"

    def act(self, turn: Turn) -> None:
        named = catalogue.find_products(turn.shop, turn.words)[:COMPARED] if turn.words else []
        if len(named) == COMPARED:
            self._compare(turn, named)
            return
        of_category = catalogue.of_category(turn.shop, turn.words) if turn.words else []
        fitting = [product for product in of_category if catalogue.in_stock(product)]
        if not fitting and turn.product:
            self._about(turn, turn.product)
            return
        if chosen := catalogue.recommended(fitting):
            reason = "；".join(chosen.talking_points[:2])
            turn.set(product_id=chosen.id)
            turn.say("utter_recommend", card=product_card(chosen), product=chosen.name, reason=reason)
            others = [product_option(product) for product in fitting if product is not chosen][: MOST - 1]
            if others:
                turn.say("utter_recommend_others", card={"type": "choices", "title": "", "options": others})
        elif not faq.answer(turn, ["ask_recommendation"]):
            ask_which_product(turn)

    def _compare(self, turn: Turn, products: list[Product]) -> None:
        lines = catalogue.differences(products)
        chosen = catalogue.recommended(products) or products[0]
        rows = [[line.attribute, *line.values] for line in lines]
        rows.append(["", *(f"¥{yuan(product.price)}" for product in products)])
        card = {"type": "compare", "columns": ["", *(product.name for product in products)], "rows": rows}
        turn.set(product_id=chosen.id)
        reason = "；".join(chosen.talking_points[:1])
        turn.say("utter_compare", card=card, product=chosen.name, reason=reason)

    def _about(self, turn: Turn, product: Product) -> None:
        """Beside one product: what goes with it if that is asked, else how it compares with its nearest like."""
        alike = catalogue.substitutes(turn.shop, product)
        wants_match = shop_floor.dialogue().hear("matching", turn.words) is not None
        if wants_match or not alike:
            self._go_with(turn, product)
        else:
            self._compare(turn, [product, alike[0]])

    def _go_with(self, turn: Turn, product: Product) -> None:
        matching = catalogue.complements(turn.shop, product)[:MOST]
        if not matching:
            introduce(turn, product)
            return
        options = [product_option(each) for each in matching]
        card = {"type": "choices", "title": "", "options": options}
        turn.say("utter_matching", card=card, product=product.name)
