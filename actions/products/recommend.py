"""Which one to choose: a comparison of those meant, or one for the need behind the question."""

from __future__ import annotations

from actions.common import shop_floor
from actions.common.base import BotAction
from actions.common.cards import product_card
from actions.common.choosing import MOST, ask_which_product, product_option
from actions.common.turn import Turn
from actions.products import another, climate, comparing, sought
from actions.products.product import introduce, say_against, say_color_not_made, say_unsold
from actions.products.sought import for_the_wearer
from actions.sizes import home_size, menswear
from actions.talk import faq
from bot.placeholders import yuan
from bot.shop.goods import catalogue, needs, plain_words, warmth, wishes
from bot.shop.goods.wishes import Wishes
from bot.shop.records.model import Need, Product
from bot.text.normalise import bare

BARE = 8
"""Characters of a message that tells a budget and nothing else."""


class Recommend(BotAction):
    """Compare where two are meant; else one for the need or category, the featured first."""

    action = "action_recommend"

    def act(self, turn: Turn) -> None:
        if say_unsold(turn):
            return
        limits = sought.read(turn)
        sought.note_wearer(turn)
        is_of_seen = sought.day(turn) is None and sought.kind_named(turn.words) is None
        if is_of_seen and menswear.say_of_the_seen(turn):
            return
        wanted = needs.heard(turn.shop, limits.wanted)
        if turn.product and shop_floor.dialogue().hear("which_color", turn.words):
            turn.go_on_with("action_stock")
            return
        wants_another = shop_floor.dialogue().hear("another", turn.words) is not None
        wants_another = wants_another or (
            plain_words.wants_another_kind(turn.words) and not needs.heard(turn.shop, turn.words)
        )
        if not wants_another and (compared := comparing.meant(turn)):
            comparing.compare(turn, compared, wanted)
            return
        product = turn.product
        if product and product.id in limits.refused:
            product = None  # she will not have it: what she looks for is what she said before
        if product and (other := self._belongs_to(turn, product)):
            turn.go_on_with(other)
            return
        if product and shop_floor.dialogue().hear("matching", turn.words):
            self._go_with(turn, product)
            return
        if product and self._is_within(turn, product, limits):
            turn.say("utter_within_budget", product=product.name, price=yuan(product.price))
            return
        fitting = self._of_category(turn, limits)
        if fitting is not None and self._wants_cheaper(turn, product):
            below, cheapest = another.cheaper(turn, fitting)
            if below is None:
                turn.set(product_id=cheapest.id)
                turn.say("utter_cheapest_here", product=cheapest.name, price=yuan(cheapest.price))
            else:
                self._say_one(turn, below)
                turn.has_shown([below])
            return
        if fitting is not None and menswear.say_no_winter(turn, fitting, sought.day(turn)):
            return
        if fitting and (lacks := sought.lacking(turn, fitting)):
            menswear.say_none_fits(turn, lacks)
            return
        if fitting:
            fitting = sought.that_fit(turn, climate.widened(turn, fitting, limits))
        if wants_another and fitting:
            fitting = another.of_cut(turn, limits) or another.unseen(turn, fitting, limits)
        if fitting is None or (wanted and self._for_needs(turn, wanted, fitting, limits)):
            return
        if fitting:
            self._recommend(turn, fitting, wanted)
        elif not self._another(turn, product, limits, wants_another) and not (
            turn.words and faq.settles(turn, "ask_recommendation")
        ):
            self._beside(turn, product)

    @staticmethod
    def _wants_cheaper(turn: Turn, product: Product | None) -> bool:
        """ "再便宜的呢", and "有啥便宜的卫衣" with one in view."""
        if plain_words.wants_cheaper(turn.words):
            return bool(turn.shown_products or product)
        is_of_sort = product in catalogue.of_category(turn.shop, turn.words)
        return plain_words.seeks_cheaper_sort(turn.words) and is_of_sort

    @staticmethod
    def _is_within(turn: Turn, product: Product, limits: Wishes) -> bool:
        """ "预算三百" and nothing else, on the page of something that costs less."""
        is_bare = wishes.budget(turn.words) is not None and len(bare(turn.words)) <= BARE
        return is_bare and not (turn.before("sought") or turn.shown_products) and limits.allow(product)

    @staticmethod
    def _belongs_to(turn: Turn, product: Product) -> str | None:
        """A bed's width, degrees and "有什么缺点" are asked of the product in view, its colours of the shelf."""
        words = shop_floor.dialogue()
        if words.hear("downside", turn.words) or warmth.degrees(turn.words):
            return "action_product_info"
        return "action_size" if home_size.is_asked(turn, product) else None

    @staticmethod
    def _of_category(turn: Turn, limits: Wishes) -> list[Product] | None:
        """Of the sort she named what she has not ruled out; None where it was said that there is nothing."""
        there = Recommend._meant(turn, limits)
        fitting = wishes.allowed(there, limits)
        possible = [product for product in there if product.id not in limits.refused]
        is_need = needs.heard(turn.shop, limits.wanted) and not catalogue.names_sort(turn.shop, limits.wanted)
        if fitting or not possible or is_need:
            return fitting  # a need that a tag put into words is served by other goods too
        if limits.is_thin and climate.say_none_thinner(turn, possible[0]):
            return None
        nearest = min(possible, key=lambda product: product.price)
        turn.has_shown([nearest])
        turn.set(product_id=nearest.id)
        values = {"product": nearest.name, "price": yuan(nearest.price)}
        turn.say("utter_nothing_allowed", card=product_card(nearest), **values)
        return None

    @staticmethod
    def _meant(turn: Turn, limits: Wishes) -> list[Product]:
        """What is there of the sort she named, the plainer one beside the only one; else of the kind (衣服, 鞋)."""
        found = catalogue.of_category(turn.shop, limits.wanted) if limits.wanted else []
        if found and not for_the_wearer(turn, found):  # 裙子 … 生日: the tag fits a child's dress alone
            theirs = for_the_wearer(turn, list(turn.shop.products.values()))
            found = catalogue.of_category(turn.shop, limits.wanted, theirs)
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
        has_sort = catalogue.names_sort(turn.shop, limits.wanted) or sought.kind_named(limits.wanted)
        among = fitting if fitting and has_sort else every
        made = climate.made_for_the_day(turn, among if has_sort else filter(sought.is_worn, every))
        serving = needs.serving(turn.shop, wanted, made or among) or tuple(made)
        serving = wishes.allowed(for_the_wearer(turn, list(serving)), limits)
        if not serving and fitting:
            serving = wishes.allowed(self._next_best(turn, wanted, fitting), limits)
        if serving:
            self._recommend(turn, serving, wanted)
            return True
        return not fitting and self._is_gone(turn, wanted)

    @staticmethod
    def _next_best(turn: Turn, wanted: tuple[Need, ...], fitting: list[Product]) -> tuple[Product, ...]:
        """Of the same shelf what serves the need; else what is not made for it and still fit (下雨能穿的鞋)."""
        shelf = [p for p in turn.shop.products.values() if p.category == fitting[0].category]
        return needs.serving(turn.shop, wanted, for_the_wearer(turn, shelf)) or needs.mentioning(
            wanted, fitting
        )

    @staticmethod
    def _is_gone(turn: Turn, wanted: tuple[Need, ...]) -> bool:
        """What would serve is no longer sold: said with the reason, instead of something that does not serve."""
        tags = {tag for need in wanted for tag in need.tags}
        gone = next((p for p in turn.shop.products.values() if p.taken_down and tags & set(p.tags)), None)
        if gone is None:
            return False
        if needs.heard(turn.shop, turn.words):
            turn.say("utter_taken_down", product=gone.name, reason=gone.taken_down)
        turn.say("utter_season_only")
        return True

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
        day = sought.day(turn)
        fitting = climate.sorted_for_the_day(turn, fitting)
        if climate.is_warm_room(fitting[0], day) and climate.say_room(turn, fitting[0]):
            return
        chosen = catalogue.recommended(fitting[:1] if wanted or day is not None else fitting) or fitting[0]
        rest = [product for product in fitting if product is not chosen]
        rest = climate.fit_beside(rest, day)
        others = (catalogue.one_of_each_shelf(rest) if wanted else rest)[: MOST - 1]
        turn.has_shown([chosen, *others])
        self._say_one(turn, chosen)
        climate.say_reach(turn, chosen, day)
        climate.say_of_body(turn, chosen)
        if others:
            options = [product_option(product) for product in others]
            turn.say("utter_recommend_others", card={"type": "choices", "title": "", "options": options})

    @staticmethod
    def _say_one(turn: Turn, chosen: Product) -> None:
        before = turn.slot("product_id")
        if before not in (None, chosen.id):
            turn.set(earlier_product_id=before)  # what she had chosen; this may come beside it
        turn.set(product_id=chosen.id)
        response = "utter_recommend_featured" if chosen.featured else "utter_recommend"
        reason = "；".join(chosen.talking_points[:2])
        turn.say(response, card=product_card(chosen), product=chosen.name, reason=reason)
        say_color_not_made(turn, chosen)
        if menswear.speaks_of_a_man(turn):
            menswear.say_when_back(turn, [chosen])

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
            comparing.compare(turn, [product, alike[0]])

    @staticmethod
    def _go_with(turn: Turn, product: Product) -> None:
        words, matching = shop_floor.dialogue(), catalogue.complements(turn.shop, product)[:MOST]
        if words.hear("under", turn.words):  # a scarf is worn over it
            tags = words.heard["worn_under"]["tags"]
            under = [
                p for p in turn.shop.products.values() if set(tags) & set(p.tags) and catalogue.in_stock(p)
            ]
            of_hers = [p for p in under if p.audience is product.audience and p is not product]
            matching = tuple(sorted(of_hers, key=lambda p: p.price))[:MOST] or matching
        if not matching:
            introduce(turn, product)
            return
        turn.has_shown(matching)
        turn.set(suggested=product.id)
        options = [product_option(each) for each in matching]
        turn.say(
            "utter_matching", card={"type": "choices", "title": "", "options": options}, product=product.name
        )
