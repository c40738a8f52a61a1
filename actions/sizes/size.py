"""Which size fits: the product's own chart read with what the customer told."""

from __future__ import annotations

from actions.common import shop_floor
from actions.common.base import BotAction
from actions.common.cards import day, product_card, size_chart_card
from actions.common.choosing import MOST, ask_which_product, product_option
from actions.common.turn import Turn
from actions.products import climate, load
from actions.products.known import is_asked_of, is_mentioned
from actions.products.stock import variant_button, variant_name
from actions.sizes import again, foot_elsewhere, home_size, menswear, several, unit_question, wearer
from actions.sizes.size_words import limit, more, reasons_in_words, told_outside
from actions.talk import faq
from bot.shop.goods import catalogue, plain_words, stock
from bot.shop.goods.catalogue import complements
from bot.shop.records.model import ChartBasis, Kind, Product
from bot.shop.sizes import fitting_instead, girths, sizing
from bot.shop.sizes.tipping import cut_of
from bot.shop.sizes.wearer import Fit, considered_size

TASTES = ("wants_loose", "wants_fitted", "slim", "girth_first", "waist", "runs_small_between", "spare_enough")
"""Reasons that decided beside the chart: then no measure is said to agree with all others."""


def remember_measures(turn: Turn, product: Product) -> bool:
    """Keep what this message tells; True if it told anything."""
    has_told = wearer.remember(turn, product)
    unit_question.note(turn)
    return home_size.note(turn, product) or has_told


def recommend(turn: Turn, product: Product) -> sizing.Recommendation:
    return sizing.recommend(product, turn.shop.chart_of(product), wearer.measures(turn))


class Size(BotAction):
    """Recommend one size and say why; ask for what is missing; out of the chart say so."""

    action = "action_size"

    def act(self, turn: Turn) -> None:
        product = turn.product
        if product is None:
            has_told = wearer.remember(turn, None)
            unit_question.note(turn)
            if self._is_looking(turn):
                turn.go_on_with("action_recommend")
            elif has_told or not faq.settles(turn, "ask_size"):
                ask_which_product(turn)
            return
        if load.say(turn, product):  # how heavy the sitter is asks for no size
            return
        if several.say_for_each(turn, product) or foot_elsewhere.say(turn, product):
            return
        has_told = remember_measures(turn, product)
        turn.set(color=turn.known("color"))
        if menswear.say_for_a_man(turn, product):
            return
        is_pressed = turn.before("pending") == self.action or turn.before("gave_up") == "size_form"
        if self._say_what_was_asked(turn, product, has_told):
            return
        is_known = self._is_plain(turn, product) or self._has_decided(turn, product)
        may_be_faq = not has_told and not is_pressed and not is_known
        if may_be_faq and faq.settles(turn, "ask_size"):
            return
        if not has_told and again.say(turn, product, recommend(turn, product)):
            return
        if not unit_question.ask(turn, product, self.action):
            self.tell(turn, product)

    @staticmethod
    def _is_looking(turn: Turn) -> bool:
        """ "我儿子 158 95斤 要个冬天外套", "怀孕五个月了 有能穿的裙子不": the sort is named, one is to be found."""
        if not turn.words or not catalogue.names_sort(turn.shop, turn.words):
            return False
        words = shop_floor.dialogue()
        is_special = bool(words.hear("pregnant", turn.words)) or turn.slot("wearer") == words.phrase(
            "wearer", "child"
        )
        return is_special or plain_words.seeks(turn.words)

    @staticmethod
    def _is_plain(turn: Turn, product: Product) -> bool:
        """那羊羔绒短外套呢: another product for measures told before."""
        return turn.is_product_named and not isinstance(recommend(turn, product), sizing.NeedsMeasures)

    @staticmethod
    def _has_decided(turn: Turn, product: Product) -> bool:
        """那38吧: of two that fit the one she names; True if there is anything known to judge her choice by."""
        size = considered_size(turn.words)
        found = recommend(turn, product) if size else None
        if size and isinstance(found, sizing.Between):
            taken = {found.smaller: Fit.FITTED, found.larger: Fit.LOOSE}
            fit = next((fit for each, fit in taken.items() if stock.same_size(each, size)), None)
            turn.set(fit=fit.value if fit else turn.slot("fit"))
        return found is not None and not isinstance(found, sizing.NeedsMeasures)

    def _say_what_was_asked(self, turn: Turn, product: Product, has_told: bool) -> bool:
        """The chart itself, how it runs, whether it goes into a space: asked for apart from any one's size."""
        words, chart = shop_floor.dialogue(), turn.shop.chart_of(product)
        if home_size.say_whether_it_fits(turn, product):
            return True
        if words.hear("chart", turn.words) and chart:
            turn.say(
                "utter_size_chart",
                card=size_chart_card(product, chart),
                product=product.name,
                more=more(chart),
            )
            return not has_told
        if words.hear("runs", turn.words):
            cut = cut_of(product, chart)
            if cut is None or len(product.sizes) < 2:
                return False
            turn.say(f"utter_runs_{cut.value}", product=product.name)
            return not has_told
        return False

    def tell(self, turn: Turn, product: Product) -> None:
        """The size for what is known of the wearer."""
        match recommend(turn, product):
            case sizing.Fits() as fits:
                self._say_fit(turn, product, fits)
            case sizing.Between() as between:
                self._ask_taste(turn, product, between)
            case sizing.OutOfChart() as out:
                self._say_out(turn, product, out)
            case sizing.OneSize() if _is_of_the_thing(turn, product):
                turn.go_on_with("action_product_info")
            case sizing.OneSize():
                facts = home_size.size_facts(product)
                turn.say(
                    "utter_one_size_facts" if facts else "utter_one_size", product=product.name, facts=facts
                )
            case sizing.NeedsMeasures():
                if not self._say_by_girth(turn, product):
                    self._need_measures(turn, product)

    @staticmethod
    def _say_by_girth(turn: Turn, product: Product) -> bool:
        """By the shoulders or chest she measured; then "那我拿XL?" by the size just named."""
        chart = turn.shop.chart_of(product)
        if found := girths.by_girth(product, chart, turn.words):
            parts = (
                shop_floor.dialogue()
                .phrase("list", "and")
                .join(f"{part} {cm:g}" for part, cm in found.garment.items())
            )
            turn.set(size=found.size, stock_of=product.id)
            response = "utter_size_by_girth" if found.is_wide_enough else "utter_size_girth_over"
            turn.say(response, product=product.name, fitting=found.size, parts=parts)
            return True
        taken, named = considered_size(turn.words), turn.before("size")
        sizes = [size for size in product.sizes for each in (taken,) if each and stock.same_size(size, each)]
        if not sizes or named not in product.sizes or turn.before("stock_of") != product.id:
            return False
        step = product.sizes.index(sizes[0]) - product.sizes.index(named)
        key = "same" if step == 0 else "larger" if step > 0 else "smaller"
        turn.say(f"utter_size_taken_{key}", fitting=sizes[0], named=named)
        return True

    def _say_fit(self, turn: Turn, product: Product, fits: sizing.Fits) -> None:
        turn.set(size=fits.size, stock_of=product.id)  # "有没有红的" is then asked for this size
        chart = turn.shop.chart_of(product)
        values = {
            "product": product.name,
            "fitting": fits.size,
            "reasons": reasons_in_words(fits.reasons, chart),
            "wearer": turn.slot("wearer"),
            "more": more(chart) if chart else "",
        }
        card = size_chart_card(product, chart, fits.size) if chart else None
        turn.say(self._wording(turn, product, fits), card=card, **values)
        climate.say_of_body(turn, product)
        self._say_shelf(turn, product, fits)

    @staticmethod
    def _say_shelf(turn: Turn, product: Product, fits: sizing.Fits) -> None:
        """What of the size is gone; that of her colour alone is no word about the size."""
        color = turn.known("color")
        found = stock.check(product, color, fits.size, turn.shop.policy.low_stock)
        others = stock.check(product, None, fits.size)
        name = variant_name(color, fits.size) if color and isinstance(others, stock.InStock) else fits.size
        match found:
            case stock.TakenDown(reason=reason):
                turn.say("utter_taken_down", product=product.name, reason=reason)
            case stock.OutOfStock(made=False) if isinstance(others, stock.InStock):
                buttons = [variant_button(each) for each in others.variants[:MOST]]
                turn.say("utter_variant_not_made", buttons, product=product.name, wished=name)
            case stock.OutOfStock(restock_on=None):
                turn.say("utter_size_sold_out", fitting=name)
            case stock.OutOfStock(restock_on=back_on):
                turn.say("utter_size_restocked", fitting=name, day=day(back_on))
            case stock.InStock() if fits.sure:
                suggest_matching(turn, product)

    @staticmethod
    def _wording(turn: Turn, product: Product, fits: sizing.Fits) -> str:
        """How sure it is, and for whom."""
        if fits.doubt:
            return f"utter_size_guess_{fits.doubt}"
        if product.kind is Kind.HOME:
            return "utter_size_covers"
        is_her_own = turn.slot("wearer") in (None, wearer.SELF)
        if any(reason.key in TASTES or reason.key.endswith("_up") for reason in fits.reasons):
            return "utter_size_fits_taste" if is_her_own else "utter_size_fits_taste_other"
        return "utter_size_fits" if is_her_own else "utter_size_fits_other"

    def _ask_taste(self, turn: Turn, product: Product, between: sizing.Between) -> None:
        if self._needs_room(turn):
            turn.set(fit=Fit.LOOSE.value)
            self.tell(turn, product)
            return
        turn.set(pending=self.action)
        turn.say(
            "utter_size_between",
            product=product.name,
            smaller=between.smaller,
            larger=between.larger,
            reasons=reasons_in_words(between.reasons, turn.shop.chart_of(product)),
        )

    def _needs_room(self, turn: Turn) -> bool:
        """ "大脚趾那有个骨头突出来" to the question 合身还是宽松: the larger one, it is not asked again."""
        if turn.before("pending") != self.action or turn.slot("fit") or not turn.words:
            return False
        words = shop_floor.dialogue()
        is_broad = words.hear("foot", turn.words) in ("wide", "high_instep")
        return is_broad or bool(set(words.hear_all("figure", turn.words)) - {"slim"})

    def _say_out(self, turn: Turn, product: Product, out: sizing.OutOfChart) -> None:
        chart = turn.shop.chart_of(product)
        if out.reason == "no_chart":
            facts = home_size.size_facts(product)
            if (
                product.kind is Kind.GENERAL and not facts
            ):  # tea and chargers: variants, no size to be sure of
                turn.go_on_with("action_stock")
                return
            response = "utter_size_facts_only" if facts else "utter_size_no_chart"
            turn.say(response, product=product.name, facts=facts, sizes="、".join(product.sizes))
            return
        card = size_chart_card(product, chart) if chart else None
        values = {
            "product": product.name,
            "told": told_outside(out, chart),
            "edge": out.size,
            "limit": limit(out),
        }
        if chart and chart.basis is ChartBasis.WIDTH:
            turn.say(
                "utter_width_too_small" if out.reason == "too_small" else "utter_width_too_large", **values
            )
            return
        has_limit = out.reason in ("too_small", "too_large") and out.limit is not None
        turn.say(f"utter_size_{out.reason}{'_by_limit' if has_limit else ''}", card=card, **values)
        others = fitting_instead.others(turn.shop, product, wearer.measures(turn))[: MOST - 1]
        if others and out.reason in ("too_small", "too_large"):
            options = [product_option(each) for each in others]
            turn.has_shown(others)
            turn.say("utter_size_elsewhere", card={"type": "choices", "title": "", "options": options})

    def _need_measures(self, turn: Turn, product: Product) -> None:
        if turn.before("gave_up") != "size_form":
            turn.go_on_with("size_form")
            return
        turn.set(gave_up=None)
        chart = turn.shop.chart_of(product)
        turn.say("utter_size_without_measures", card=size_chart_card(product, chart) if chart else None)


def _is_of_the_thing(turn: Turn, product: Product) -> bool:
    """桌子1米4够亮吗: the catalogue has a word on it, and no size could be the answer."""
    is_known = is_asked_of(turn, product) or is_mentioned(turn)
    is_home = product.kind is Kind.HOME and not home_size.is_asked(turn, product)
    return is_home and bool(turn.words) and is_known


def suggest_matching(turn: Turn, product: Product) -> None:
    """A little more than expected (004 §4), once a chat; never dearer than what she came for."""
    matching = [each for each in complements(turn.shop, product) if each.price < product.price]
    is_for_others = turn.slot("wearers") is not None
    if matching and not is_for_others and not turn.slot("suggested"):
        turn.set(suggested=product.id)
        turn.say("utter_goes_with", card=product_card(matching[0]), match=matching[0].name)
