"""Facts about a product: the asked attribute only, honest where the catalogue is silent and where it does not suit."""

from __future__ import annotations

from actions.common import shop_floor
from actions.common.base import BotAction
from actions.common.cards import product_card
from actions.common.choosing import ask_which_product
from actions.common.turn import Turn
from actions.products import climate, load, page, sought
from actions.products.known import is_asked_of
from actions.sizes import home_size, menswear, wearer
from actions.talk import faq
from bot.faq.search import Confident
from bot.placeholders import yuan
from bot.shop.goods import facts, inside, needs, plain_words, stock, unsold
from bot.shop.prices import doubts
from bot.shop.records.model import Product
from bot.text.normalise import bare

MOST_SORTS = 6
"""Sorts of goods named where something else was asked for."""
BARE = 10
"""Characters of a message that only names another product."""
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
        if _is_of_the_wearer(turn, product) and menswear.say_for_a_man(turn, product):
            return
        if page.say(turn, product) or load.say(turn, product):
            return
        if home_size.is_asked(turn, product):
            turn.go_on_with("action_size")
            return
        if self._say_the_same(turn, product) or _say_opinion(turn, product):
            return
        if not turn.words or self._is_general(turn, product):
            introduce(turn, product)
            return
        if say_fact(turn, product) or faq.settles(turn, "ask_product_info"):
            say_color_not_made(turn, product)
            return
        near = (
            None
            if facts.is_asked(turn.words, shop_floor.dialogue().topics)
            else faq.find(turn, ["ask_product_info"])
        )
        asks_which = isinstance(near, Confident) and shop_floor.dialogue().hear("asks_which", near.hit.text)
        if isinstance(near, Confident) and not asks_which:  # she is on its page
            faq.say_hit(turn, near.hit)
        else:
            turn.say("utter_fact_unknown", product=product.name)

    @staticmethod
    def _say_the_same(turn: Turn, product: Product) -> bool:
        """ "羊羔绒的呢" after 粘毛吗: what was asked of the other, answered of this one."""
        is_named = turn.is_product_named or turn.entity("product") is not None
        if not is_named or not _only_names(turn.words) or not turn.words_before:
            return False
        topics = shop_floor.dialogue().topics
        asked = facts.facts(product, turn.words_before, topics)
        lines = facts.of_concerns(product, turn.words_before, topics)
        lines = lines or tuple(f"{name}：{value}" for name, value in asked.items())
        if lines:
            turn.say("utter_product_sentences", product=product.name, said="；".join(lines))
        return bool(lines)

    @staticmethod
    def _is_general(turn: Turn, product: Product) -> bool:
        """Whether it asks for the product as a whole, or only names it."""
        if shop_floor.dialogue().hear("general", turn.words):
            return True
        if turn.is_product_named and _only_names(turn.words):
            return True
        is_worry = facts.of_concerns(product, turn.words, shop_floor.dialogue().topics)
        if is_worry or inside.asked(product, turn.words, contents()):
            return False
        said = bare(turn.words)
        for name in sorted((product.name, product.id, *product.nicknames), key=len, reverse=True):
            said = said.replace(bare(name), "")
        topics = shop_floor.dialogue().topics
        is_known = facts.is_asked(turn.words, topics) or facts.of_concerns(product, turn.words, topics)
        return len(said) < VAGUE and not is_known


class Usage(BotAction):
    """How to wash, keep and use it, where the product's own lines tell; any other use is the scripts' business."""

    action = "action_usage"

    def act(self, turn: Turn) -> None:
        product = turn.product if turn.words else None
        topics = shop_floor.dialogue().topics
        is_written = product is not None and (
            "care" in _parts(turn, product)
            or (not plain_words.asks_how(turn.words) and bool(facts.of_concerns(product, turn.words, topics)))
        )
        if product is None or not is_written:
            turn.go_on_with("action_faq")
            return
        say_fact(turn, product)


def _say_opinion(turn: Turn, product: Product) -> bool:
    """ "你觉得呢 说实话", "我35了会不会太嫩": what speaks for it and what against, both the shop's own words."""
    if not plain_words.asks_opinion(turn.words) or not (product.talking_points and product.not_for):
        return False
    key = "of_age" if plain_words.speaks_of_age(turn.words) else "plain"
    points, against = "；".join(product.talking_points[:2]), "；".join(product.not_for)
    told = {"product": product.name, "points": points, "against": against}
    turn.say_words(shop_floor.dialogue().phrase("opinion", key, **told))
    return True


def _only_names(words: str) -> bool:
    """ "那牛奶绒那个呢": another product, and nothing asked of it."""
    return 0 < len(bare(words)) <= BARE and plain_words.asks_the_same(words)


def say_color_not_made(turn: Turn, product: Product) -> None:
    """红的会不会掉色, of what is not made in red; 黑色, told before, of what is recommended now."""
    color = turn.known("color")
    if color and product.colors and not any(stock.same_color(each, color) for each in product.colors):
        turn.say("utter_color_not_made", product=product.name, color=color, colors="、".join(product.colors))


def _is_of_the_wearer(turn: Turn, product: Product) -> bool:
    """Whether the message speaks of a man itself, of a body or of wearing it: a man once named, 重吗 is a question
    about the thing."""
    if menswear.names_a_man(turn) or plain_words.is_of_a_man(turn.words) or wearer.is_told(turn):
        return True
    return not is_asked_of(turn, product) and plain_words.asks_to_wear(turn.words)


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
    if climate.say(turn, product) or _say_contents(turn, product) or _say_doubted(turn, product):
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
        size = turn.size_of(product)
        said = "；".join(f"{name}：{facts.of_size(value, size)}" for name, value in told.items())
        turn.say("utter_product_facts", product=product.name, facts=said)
    else:
        _say_parts(turn, product)
    has_said = bool(told) or bool(_parts(turn, product))
    if needs.against(product, wanted):
        say_against(turn, product, wanted)
        return True
    if has_said:
        return True
    if facts.is_only(turn.words, words.topics):
        return False
    if lines := facts.sentences(product, turn.words, words.common):
        turn.say("utter_product_sentences", product=product.name, said="；".join(lines))
        return True
    return False


def contents() -> tuple[str, ...]:
    """What customers put into cups and boxes."""
    return tuple(shop_floor.dialogue().heard["contents"]["contents"])


def _say_contents(turn: Turn, product: Product) -> bool:
    """What is to go into it: the shop's own lines on that, else that nothing is written of it."""
    found = inside.asked(product, turn.words, contents())
    if found is None:
        return False
    if found.lines:
        turn.say("utter_product_sentences", product=product.name, said="；".join(found.lines))
    elif found.near:
        turn.say("utter_contents_unwritten", what=found.what, said="；".join(found.near))
    else:
        turn.say("utter_fact_unknown", product=product.name)
    return True


def _say_doubted(turn: Turn, product: Product) -> bool:
    """Proof, and what it is worth: from the shop's own lines; a price is never lowered for the question."""
    if doubts.asks_worth(turn.words):
        points = "；".join(product.talking_points[:2])
        turn.say("utter_worth", product=product.name, price=yuan(product.price), points=points)
        return True
    is_doubt = doubts.doubts(turn.words)
    if not is_doubt and not doubts.asks_proof(turn.words):
        return False
    made, proofs = doubts.proof(product)
    if proofs:
        turn.say("utter_proof", product=product.name, said="；".join((*made, *proofs)))
    elif made:
        days = turn.shop.policy.returns.days
        turn.say("utter_proof_none", product=product.name, said="；".join(made), days=days)
    return bool(made or proofs)


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
