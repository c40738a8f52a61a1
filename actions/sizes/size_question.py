"""size_form: only what this product's chart still needs, as buttons where sizes can be pressed."""

from __future__ import annotations

from actions.common.questions import LEAVES, OF_ORDERS, OpenQuestion
from actions.common.turn import Turn, button, inform
from actions.sizes import home_size, unit_question, wearer
from actions.sizes.size import recommend, remember_measures
from bot.shop.goods.stock import same_size
from bot.shop.records.model import Kind, Product
from bot.shop.sizes import sizing
from bot.text import measures

MOST_SIZES = 4


class SizeQuestion(OpenQuestion):
    form = "size_form"
    own_intents = ("ask_size",)
    leaves = (*LEAVES, *OF_ORDERS)
    is_before_sale = True

    def read(self, turn: Turn) -> bool:
        product = turn.product
        if product is None or self._chooses(turn, product):
            return False
        if wearer.people(turn):
            return True  # the action after the form answers for each
        return remember_measures(turn, product) or self._read_bare_number(turn, product)

    def is_left(self, turn: Turn) -> bool:
        return super().is_left(turn) or (turn.product is not None and self._chooses(turn, turn.product))

    @staticmethod
    def _chooses(turn: Turn, product: Product) -> bool:
        """ "蓝色110" is what she wants to have, not how tall the child is."""
        size = turn.entity("size")
        is_made = size is not None and any(same_size(size, each) for each in product.sizes)
        return bool(turn.words) and is_made and turn.entity("color") is not None

    @staticmethod
    def _read_bare_number(turn: Turn, product: Product) -> bool:
        """ "110" alone is what was asked for; without a question it would be nothing."""
        found = recommend(turn, product)
        missing = found.missing if isinstance(found, sizing.NeedsMeasures) else ()
        if missing == ("width_cm",) and turn.slot("requested_slot"):
            return home_size.read_bare(turn)
        told = measures.read(turn.words, missing[0]) if missing and turn.slot("requested_slot") else None
        if told is not None:
            turn.set(**{missing[0]: told.value})
            unit_question.note_bare(turn, missing[0], told.text)
        return told is not None

    def ask(self, turn: Turn) -> str | None:
        product = turn.product
        found = recommend(turn, product) if product and not wearer.people(turn) else None
        if not isinstance(found, sizing.NeedsMeasures):
            return None
        sizes = product.sizes[:MOST_SIZES]
        is_worn = product.kind not in (Kind.HOME, Kind.GENERAL)
        shown = [button(size, inform(usual_size=size)) for size in sizes] if is_worn else []
        chart = turn.shop.chart_of(product)
        values = {
            "product": product.name,
            "covers": chart.covers if chart else "",
            "wearer": turn.slot("wearer"),
        }
        turn.say(f"utter_ask_{'_'.join(found.missing)}", shown, **values)
        return "measures"
