"""Which one to choose: a comparison of those meant, or one for the need behind the question."""

from __future__ import annotations

from actions import faq, home_size, shop_floor, sought
from actions.base import BotAction
from actions.cards import product_card
from actions.choosing import MOST, ask_which_product, product_option
from actions.product import introduce, say_against, say_unsold
from actions.sought import for_the_wearer
from actions.turn import Turn
from bot.placeholders import yuan
from bot.shop import catalogue, needs, reference, warmth, wishes
from bot.shop.model import Need, Product
from bot.shop.wishes import Wishes

COMPARED = 2
"""Products in one comparison; more do not fit a phone."""
LINES = 8
"""Lines of a comparison."""


class Recommend(BotAction):
    """Compare where two are meant; else one for the need or category, the featured first."""

    action = "action_recommend"

    def act(self, turn: Turn) -> None:
        if say_unsold(turn):
            return
        limits = sought.read(turn)
        wanted = needs.heard(turn.shop, limits.wanted)
        if turn.product and shop_floor.dialogue().hear("which_color", turn.words):
            turn.go_on_with("action_stock")
            return
        wants_another = shop_floor.dialogue().hear("another", turn.words) is not None
        if not wants_another and (compared := self._compared(turn)):
            self._compare(turn, compared, wanted)
            return
        product = turn.product
        if product and (other := self._belongs_to(turn, product)):
            turn.go_on_with(other)
            return
        if product and shop_floor.dialogue().hear("matching", turn.words):
            self._go_with(turn, product)
            return
        fitting = self._of_category(turn, limits)
        if wants_another and fitting:
            fitting = self._unseen(turn, fitting, limits)
        if fitting is None or (wanted and self._for_needs(turn, wanted, fitting, limits)):
            return
        if fitting:
            self._recommend(turn, fitting, wanted)
        elif not self._another(turn, product, limits, wants_another) and not (
            turn.words and faq.settles(turn, "ask_recommendation")
        ):
            self._beside(turn, product)

    @staticmethod
    def _belongs_to(turn: Turn, product: Product) -> str | None:
        """A bed's width, degrees and "有什么缺点" are asked of the product in view, its colours of the shelf."""
        words = shop_floor.dialogue()
        if words.hear("downside", turn.words) or warmth.degrees(turn.words):
            return "action_product_info"
        return "action_size" if home_size.is_asked(turn, product) else None

    @staticmethod
    def _compared(turn: Turn) -> list[Product]:
        """Two named; one named beside the one talked about; or those shown, if "这两款" or "哪个好" points at them."""
        named = catalogue.find_products(turn.shop, turn.words)[:COMPARED] if turn.words else []
        if len(named) == COMPARED or not turn.words or not reference.both(turn.words):
            return named if len(named) == COMPARED else []
        here = product_in_view(turn)
        rivals = named or [p for p in catalogue.of_category(turn.shop, turn.words) if p is not here]
        other = named[0] if named else catalogue.most_alike(rivals, turn.words)
        if here and other and other is not here:
            return [here, other]
        shown = turn.shown_products[:COMPARED]
        return shown if not named and len(shown) == COMPARED else []

    @staticmethod
    def _of_category(turn: Turn, limits: Wishes) -> list[Product] | None:
        """Of the sort she named what she has not ruled out; None where it was said that there is nothing."""
        there = Recommend._meant(turn, limits)
        fitting = wishes.allowed(there, limits)
        possible = [product for product in there if product.id not in limits.refused]
        if fitting or not possible:
            return fitting
        nearest = min(possible, key=lambda product: product.price)
        turn.has_shown([nearest])
        turn.set(product_id=nearest.id)
        values = {"product": nearest.name, "price": yuan(nearest.price)}
        turn.say("utter_nothing_allowed", card=product_card(nearest), **values)
        return None

    @staticmethod
    def _unseen(turn: Turn, fitting: list[Product], limits: Wishes) -> list[Product]:
        """Of these what she has not been shown, else of the same shelf, else at least not the one in view."""
        seen, here = turn.shown_products, turn.product
        mates = [p for p in turn.shop.products.values() if here and p.category == here.category]
        there = [p for p in for_the_wearer(turn, mates) if catalogue.in_stock(p)]
        return (
            [each for each in fitting if each not in seen]
            or [each for each in wishes.allowed(there, limits) if each not in seen]
            or [each for each in fitting if each is not here]
            or fitting
        )

    @staticmethod
    def _meant(turn: Turn, limits: Wishes) -> list[Product]:
        """What is there of the sort she named, the plainer one beside the only one; else of the kind (衣服, 鞋)."""
        found = catalogue.of_category(turn.shop, limits.wanted) if limits.wanted else []
        has_sort = bool(found) and catalogue.names_sort(turn.shop, limits.wanted)
        of_kind = (
            [] if has_sort else [p for p in sought.of_kind(turn, limits.wanted) if catalogue.in_stock(p)]
        )
        if of_kind:
            meant = for_the_wearer(turn, of_kind)
            return [product for product in meant if product in found] or meant
        seen = turn.product
        if seen and not has_sort:
            found = [product for product in found if product.kind is seen.kind]
        there = for_the_wearer(turn, [product for product in found if catalogue.in_stock(product)])
        if has_sort and len(there) == 1:
            there += [
                p for p in catalogue.shelf_mates(turn.shop, there[0]) if p.audience is there[0].audience
            ]
        return there

    def _for_needs(
        self, turn: Turn, wanted: tuple[Need, ...], fitting: list[Product], limits: Wishes
    ) -> bool:
        """One that serves the need: of the sort named, else the product looked at, else of the whole shop."""
        product = turn.product
        if product and not fitting:
            if needs.against(product, wanted):
                say_against(turn, product, wanted)
                return True
            if product in needs.serving(turn.shop, wanted, [product]) and limits.allow(product):
                self._say_one(turn, product)
                return True
            if better := wishes.allowed(needs.instead(turn.shop, product, wanted), limits):
                self._recommend(turn, better, wanted)
                return True
        every = [p for p in turn.shop.products.values() if product is None or p.kind is product.kind]
        serving = needs.serving(turn.shop, wanted, fitting or every)
        serving = wishes.allowed(for_the_wearer(turn, list(serving)), limits)
        if serving:
            self._recommend(turn, serving, wanted)
        return bool(serving)

    def _another(self, turn: Turn, product: Product | None, limits: Wishes, is_wanted: bool) -> bool:
        """ "换哪件", "500以内" without a sort: what can stand in for the one in view, else anything she allows."""
        has_limits = limits.most is not None or limits.refused or limits.is_cheap
        if not (is_wanted or has_limits):
            return False
        among = catalogue.substitutes(turn.shop, product) if product else turn.shop.products.values()
        there = for_the_wearer(turn, [p for p in among if catalogue.in_stock(p)])
        fitting = wishes.allowed(there, limits)
        if fitting:
            self._recommend(turn, fitting, ())
        return bool(fitting)

    def _recommend(self, turn: Turn, fitting: list[Product], wanted: tuple[Need, ...]) -> None:
        chosen = catalogue.recommended(fitting[:1] if wanted else fitting) or fitting[0]
        others = [product for product in fitting if product is not chosen][: MOST - 1]
        turn.has_shown([chosen, *others])
        self._say_one(turn, chosen)
        if others:
            options = [product_option(product) for product in others]
            turn.say("utter_recommend_others", card={"type": "choices", "title": "", "options": options})

    @staticmethod
    def _say_one(turn: Turn, chosen: Product) -> None:
        turn.set(product_id=chosen.id)
        response = "utter_recommend_featured" if chosen.featured else "utter_recommend"
        reason = "；".join(chosen.talking_points[:2])
        turn.say(response, card=product_card(chosen), product=chosen.name, reason=reason)

    def _compare(self, turn: Turn, products: list[Product], wanted: tuple[Need, ...] = ()) -> None:
        label = shop_floor.dialogue().phrase("compare", "price")
        rows = [[label, *(f"¥{yuan(product.price)}" for product in products)]]
        rows += [[line.attribute, *line.values] for line in catalogue.differences(products)[: LINES - 1]]
        card = {"type": "compare", "columns": ["", *(product.name for product in products)], "rows": rows}
        serving = needs.serving(turn.shop, wanted, products)
        chosen = next(iter(serving), None) or catalogue.recommended(products)
        turn.has_shown(products)
        if chosen is None:
            turn.say("utter_compare_sold_out", card=card)
            return
        turn.set(product_id=chosen.id)
        reason = "；".join(chosen.talking_points[:1])
        turn.say("utter_compare", card=card, product=chosen.name, reason=reason)

    def _beside(self, turn: Turn, product: Product | None) -> None:
        """Beside one product: what goes with it if that is asked, else how it compares with its nearest like."""
        if product is None:
            if not faq.answer(turn, ["ask_recommendation"]):
                ask_which_product(turn)
            return
        alike = catalogue.substitutes(turn.shop, product)
        wants_match = shop_floor.dialogue().hear("matching", turn.words) is not None
        if wants_match or not alike:
            self._go_with(turn, product)
        else:
            self._compare(turn, [product, alike[0]])

    @staticmethod
    def _go_with(turn: Turn, product: Product) -> None:
        matching = catalogue.complements(turn.shop, product)[:MOST]
        if not matching:
            introduce(turn, product)
            return
        turn.has_shown(matching)
        turn.set(suggested=product.id)
        options = [product_option(each) for each in matching]
        turn.say(
            "utter_matching", card={"type": "choices", "title": "", "options": options}, product=product.name
        )


def product_in_view(turn: Turn) -> Product | None:
    """What she was looking at before this message named another: a page just opened, else the one talked about."""
    page, before = turn.metadata.get("product_id"), turn.before("product_id")
    is_new_page = page and page != turn.before("page_product_id")
    return turn.shop.products.get((page if is_new_page else before or page) or "")
