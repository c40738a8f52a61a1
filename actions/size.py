"""Which size fits: the product's own chart read with what the customer told."""

from __future__ import annotations

from actions import shop_floor
from actions.base import BotAction
from actions.cards import day, number, product_card, size_chart_card
from actions.choosing import ask_which_product
from actions.turn import Turn
from bot.shop import sizing, stock
from bot.shop.catalogue import complements
from bot.shop.model import Product

MEASURES = ("height_cm", "weight_kg", "age", "foot_length_mm", "usual_size")


def remember_measures(turn: Turn, product: Product) -> bool:
    """Keep what this message tells of the wearer; True if it told anything.

    Measures told for a child are not used for an adult, nor the other way round.
    """
    told = {name: turn.entity(name) for name in MEASURES if turn.entity(name) is not None}
    if fit := turn.entity("fit") or shop_floor.dialogue().hear("fit", turn.words):
        told["fit"] = fit
    wearer = product.audience.value
    if turn.slot("wearer") not in (None, wearer):
        turn.set(**{name: None for name in (*MEASURES, "fit")})
    turn.set(wearer=wearer, **told)
    return bool(told)


def recommend(turn: Turn, product: Product) -> sizing.Recommendation:
    measures = {name: turn.slot(name) for name in MEASURES}
    fit = turn.slot("fit")
    known = sizing.Measures(**measures, fit=sizing.Fit(fit) if fit else None)
    return sizing.recommend(product, turn.shop.chart_of(product), known)


class Size(BotAction):
    """Recommend one size and say why; ask for what is missing; out of the chart say so."""

    action = "action_size"

    def act(self, turn: Turn) -> None:
        product = turn.product
        if product is None:
            self._remember_for_later(turn)
            ask_which_product(turn)
            return
        remember_measures(turn, product)
        match recommend(turn, product):
            case sizing.Fits() as fits:
                self._say_fit(turn, product, fits)
            case sizing.Between() as between:
                self._ask_taste(turn, product, between)
            case sizing.OutOfChart() as out:
                self._say_out(turn, product, out)
            case sizing.OneSize():
                turn.say("utter_one_size", product=product.name)
            case sizing.NeedsMeasures():
                self._need_measures(turn, product)

    def _remember_for_later(self, turn: Turn) -> None:
        turn.set(**{name: turn.entity(name) for name in MEASURES if turn.entity(name) is not None})

    def _say_fit(self, turn: Turn, product: Product, fits: sizing.Fits) -> None:
        turn.set(size=fits.size)
        response = "utter_size_fits" if fits.sure else "utter_size_guess"
        chart = turn.shop.chart_of(product)
        card = size_chart_card(product, chart, fits.size) if chart else None
        turn.say(
            response,
            card=card,
            product=product.name,
            fitting=fits.size,
            reasons=reasons_in_words(fits.reasons),
        )
        match stock.check(product, turn.known("color"), fits.size, turn.shop.policy.low_stock):
            case stock.OutOfStock(restock_on=None):
                turn.say("utter_size_sold_out", fitting=fits.size)
            case stock.OutOfStock(restock_on=back_on):
                turn.say("utter_size_restocked", fitting=fits.size, day=day(back_on))
            case stock.InStock() if (matching := complements(turn.shop, product)) and not self._has_suggested(
                turn
            ):
                turn.set(suggested=product.id)
                turn.say("utter_goes_with", card=product_card(matching[0]), match=matching[0].name)

    @staticmethod
    def _has_suggested(turn: Turn) -> bool:
        """A little more than expected (004 §4), but only once for a product."""
        return turn.product is not None and turn.slot("suggested") == turn.product.id

    def _ask_taste(self, turn: Turn, product: Product, between: sizing.Between) -> None:
        turn.set(pending=self.action)
        turn.say(
            "utter_size_between",
            product=product.name,
            smaller=between.smaller,
            larger=between.larger,
            reasons=reasons_in_words(between.reasons),
        )

    def _say_out(self, turn: Turn, product: Product, out: sizing.OutOfChart) -> None:
        chart = turn.shop.chart_of(product)
        phrases = shop_floor.dialogue().phrases
        measure, unit = (
            phrases["measure"].get(out.measure or "", ""),
            phrases["unit"].get(out.measure or "", ""),
        )
        value = number(out.value) if isinstance(out.value, float | int) else out.value or ""
        card = size_chart_card(product, chart) if chart else None
        turn.say(
            f"utter_size_{out.reason}",
            card=card,
            product=product.name,
            told=f"{measure} {value}{unit}".strip(),
        )

    def _need_measures(self, turn: Turn, product: Product) -> None:
        if turn.before("gave_up") != "size_form":
            turn.go_on_with("size_form")
            return
        turn.set(gave_up=None)
        chart = turn.shop.chart_of(product)
        turn.say("utter_size_without_measures", card=size_chart_card(product, chart) if chart else None)


def reasons_in_words(reasons: tuple[sizing.Reason, ...]) -> str:
    """The reasons as one clause, e.g. 身高 165cm 在 M 码的 160–168cm 范围内，体重 …"""
    words = shop_floor.dialogue()
    said = []
    for reason in reasons:
        values = {key: _shown(value) for key, value in reason.values.items()}
        if reason.key == "garment":
            continue  # the chart beside the answer shows it
        if "measure" in values:
            values |= {group: words.phrases[group][values["measure"]] for group in ("unit", "measure")}
        said.append(words.phrase("size_reason", reason.key, **values))
    return "，".join(said)


def _shown(value: object) -> object:
    return number(value) if isinstance(value, float | int) else value
