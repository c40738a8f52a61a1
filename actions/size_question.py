"""size_form: only what this product's chart still needs, as buttons where sizes can be pressed."""

from __future__ import annotations

from actions.questions import OpenQuestion
from actions.size import recommend, remember_measures
from actions.turn import Turn, button, inform
from bot.shop import sizing

MOST_SIZES = 4


class SizeQuestion(OpenQuestion):
    form = "size_form"
    own_intents = ("ask_size",)

    def read(self, turn: Turn) -> bool:
        return turn.product is not None and remember_measures(turn, turn.product)

    def ask(self, turn: Turn) -> str | None:
        product = turn.product
        found = recommend(turn, product) if product else None
        if not isinstance(found, sizing.NeedsMeasures):
            return None
        sizes = product.sizes[:MOST_SIZES]
        shown = [button(size, inform(usual_size=size)) for size in sizes]
        turn.say(f"utter_ask_{'_'.join(found.missing)}", shown, product=product.name)
        return "measures"
