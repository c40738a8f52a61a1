"""Facts about a product: the asked attribute only, honest where the catalogue is silent and where it does not suit."""

from __future__ import annotations

from actions import faq, home_size, load, menswear, shop_floor, sought
from actions.base import BotAction
from actions.cards import number, product_card
from actions.choosing import ask_which_product
from actions.turn import Turn
from bot.faq.search import Confident
from bot.shop import facts, needs, unsold, warmth
from bot.shop.model import Product
from bot.text.normalise import bare

MOST_SORTS = 6
"""Sorts of goods named where something else was asked for."""
VAGUE = 4
"""Characters beside the product's name that ask nothing yet ("这个呢")."""


class ProductInfo(BotAction):
    """What is asked for, from the catalogue; else a sure script; else an honest word; in general, what it is like."""

    action = "action_product_info"

    def act(self, turn: Turn) -> None:
        product = turn.product
        if say_unsold(turn):
            return
        if product is None:
            if not faq.answer(turn, ["ask_product_info"]):
                ask_which_product(turn)
            return
        if menswear.say_for_a_man(turn, product):
            return
        if load.say(turn, product):
            return
        if home_size.is_asked(turn, product):
            turn.go_on_with("action_size")
            return
        if not turn.words or self._is_general(turn, product):
            introduce(turn, product)
            return
        if say_fact(turn, product) or faq.settles(turn, "ask_product_info"):
            return
        near = (
            None
            if facts.is_asked(turn.words, shop_floor.dialogue().topics)
            else faq.find(turn, ["ask_product_info"])
        )
        if isinstance(near, Confident):
            faq.say_hit(turn, near.hit)
        else:
            turn.say("utter_fact_unknown", product=product.name)

    @staticmethod
    def _is_general(turn: Turn, product: Product) -> bool:
        """Whether it asks for the product as a whole, or only names it."""
        if shop_floor.dialogue().hear("general", turn.words):
            return True
        said = bare(turn.words)
        for name in sorted((product.name, product.id, *product.nicknames), key=len, reverse=True):
            said = said.replace(bare(name), "")
        return len(said) < VAGUE and not facts.is_asked(turn.words, shop_floor.dialogue().topics)


class Usage(BotAction):
    """How to wash and keep it: the product's own care lines; any other use is the scripts' business."""

    action = "action_usage"

    def act(self, turn: Turn) -> None:
        product = turn.product if turn.words else None
        if product is None or "care" not in _parts(turn, product):
            turn.go_on_with("action_faq")
            return
        say_fact(turn, product)


def say_unsold(turn: Turn) -> bool:
    """ "有卖自行车吗": the shop does not have it, whatever was looked at before; False where it may have."""
    common = shop_floor.dialogue().heard["not_goods"]["not_goods"]
    is_of_ours = turn.entity("color") is not None or turn.entity("size") is not None
    goods = unsold.asked_for(turn.shop, turn.words, common) if turn.words and not is_of_ours else None
    if goods is None:
        return False
    sorts = list(dict.fromkeys(map(_sort_of, turn.shop.products.values())))[:MOST_SORTS]
    turn.say("utter_not_sold", goods=goods, sorts=shop_floor.dialogue().phrase("list", "and").join(sorts))
    return True


def _sort_of(product: Product) -> str:
    """What a shop assistant would call its shelf."""
    shelves = shop_floor.dialogue().phrases["shelf"]
    return shelves.get(product.kind.value) or shelves.get(product.audience.value) or product.category


def introduce(turn: Turn, product: Product) -> None:
    """The product with what the shop writes about it."""
    points = "；".join(product.talking_points[:3]) or "、".join(
        f"{k} {v}" for k, v in product.attributes.items()
    )
    turn.say("utter_product_intro", card=product_card(product), product=product.name, points=points)


def say_fact(turn: Turn, product: Product) -> bool:
    """Answer from the catalogue; False where it says nothing on what was asked."""
    words = shop_floor.dialogue()
    if verdict := warmth.verdict(product, turn.words):
        _say_warmth(turn, product, verdict)
        return True
    if words.hear("downside", turn.words) and product.not_for:
        turn.say("utter_product_downsides", product=product.name, downsides="；".join(product.not_for))
        return True
    wanted = needs.heard(turn.shop, turn.words)
    if wanted:
        sought.remember(turn)  # "那换哪件好" is asked for the same need
    told = facts.facts(product, turn.words, words.topics)
    if say_concern(turn, product, wanted):
        return True
    if told:
        said = "；".join(f"{name}：{value}" for name, value in told.items())
        turn.say("utter_product_facts", product=product.name, facts=said)
    else:
        _say_parts(turn, product)
    has_said = bool(told) or bool(_parts(turn, product))
    if needs.against(product, wanted):
        say_against(turn, product, wanted)
        return True
    if has_said:
        return True
    if lines := facts.sentences(product, turn.words, words.common):
        turn.say("utter_product_sentences", product=product.name, said="；".join(lines))
        return True
    return False


def say_concern(turn: Turn, product: Product, wanted: tuple[needs.Need, ...]) -> bool:
    """What the shop wrote of the thing she worries about, what speaks against it last, with what would suit better."""
    words = shop_floor.dialogue()
    lines = facts.of_concerns(product, turn.words, words.topics)
    if not lines:
        return False
    against = needs.against(product, wanted)
    said = "；".join(line for line in lines if line not in against)
    if said:
        is_allergy = words.hear("allergy", turn.words) is not None
        turn.say(
            "utter_allergy" if is_allergy else "utter_product_sentences", product=product.name, said=said
        )
    if against:
        say_against(turn, product, wanted)
    return True


def say_against(turn: Turn, product: Product, wanted: tuple[needs.Need, ...]) -> None:
    """The honest downside for this need, and what would serve it."""
    downside = "；".join(needs.against(product, wanted))
    better = next(iter(needs.instead(turn.shop, product, wanted)), None)
    if better is None:
        turn.say("utter_honest", product=product.name, downside=downside)
        return
    turn.has_shown([product, better])
    card = product_card(better)
    turn.say("utter_honest_instead", card=card, product=product.name, downside=downside, other=better.name)


def _parts(turn: Turn, product: Product) -> dict[str, tuple[str, ...]]:
    return {k: v for k, v in facts.parts(product, turn.words, shop_floor.dialogue().topics).items() if v}


def _say_parts(turn: Turn, product: Product) -> None:
    for part, lines in _parts(turn, product).items():
        turn.say(
            f"utter_product_{part}",
            product=product.name,
            lines="；".join(lines) if part == "care" else "、".join(lines),
        )


def _say_warmth(turn: Turn, product: Product, verdict: warmth.Verdict) -> None:
    values = {"product": product.name, "range": verdict.told, "degrees": number(abs(verdict.degrees))}
    if verdict.is_in:
        turn.say("utter_warm_enough", **values)
        return
    other = next(iter(warmth.instead(turn.shop, product, verdict.degrees)), None)
    if other is None:
        turn.say("utter_too_cold" if verdict.is_too_cold else "utter_too_warm", **values)
        return
    made = warmth.made_for(other)
    turn.has_shown([product, other])
    values |= {"other": other.name, "other_range": made[0] if made else ""}
    response = "utter_too_cold_instead" if verdict.is_too_cold else "utter_too_warm_instead"
    turn.say(response, card=product_card(other), **values)
