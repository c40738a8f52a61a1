"""Answers from the scripts: the default for every wish that no rule of the shop decides."""

from __future__ import annotations

from actions.common import shop_floor
from actions.common.base import BotAction
from actions.common.turn import Turn, button, inform
from actions.products.known import ABOUT_GOODS, knows
from actions.talk.handoff import hand_over
from bot.faq.scripts import fill
from bot.faq.search import CHOICES, Choices, Confident, Hit
from bot.placeholders import script_values
from bot.shop.orders.own_words import Matter, read
from bot.shop.talk.handoff import Step, after_miss

REFUSALS = "out-of-scope."
"""Scripts of this topic say kindly that the shop does not do it: said, but no answer."""
WAITING = "human.still-waiting"
"""Tells of a queue: whether she stands in one, only the desk knows."""
SMALL_TALK = ("chitchat", "ask_bot")
"""Where any script of the intent does better than asking which was meant."""


def asked(turn: Turn) -> str:
    """What to search for: the customer's words, or what the pressed button stands for."""
    reading = shop_floor.dialogue().readings.get(turn.intent or "")
    return turn.words or (reading.question if reading and reading.question else "")


def find(turn: Turn, intents: list[str] | None) -> Confident | Choices | None:
    """The nearest scripts for this turn, or None where nothing is near.

    Where the intent is known, its scripts are all there is to choose from: one that is more likely right than not
    is the answer, and nearness alone decides which are asked about.
    """
    kind = turn.product.kind.value if turn.product else None
    search, text = shop_floor.searcher(), asked(turn)
    answer = search.answer(text, intents=intents, today=turn.today, kind=kind)
    if intents and not isinstance(answer, Confident):
        if sure := surely_asked(turn):
            return Confident(sure)
        hits = answer.hits or search.search(text, CHOICES, intents, turn.today, kind)
        likely = bool(hits) and hits[0].score >= shop_floor.dialogue().bands.script
        answer = Confident(hits[0]) if likely else Choices(hits) if hits else answer
    return answer if isinstance(answer, Confident | Choices) else None


def surely_asked(turn: Turn) -> Hit | None:
    """A script of whatever intent that these words leave no doubt about: the intent may have been misread."""
    if not turn.words:
        return None
    kind = turn.product.kind.value if turn.product else None
    hit = next(iter(shop_floor.searcher().search(turn.words, 1, None, turn.today, kind)), None)
    return hit if hit and hit.score >= shop_floor.dialogue().bands.sure else None


def nearest(turn: Turn, intents: list[str]) -> tuple[Hit, ...]:
    return shop_floor.searcher().search(asked(turn), 1, intents, turn.today)


def say_hit(turn: Turn, hit: Hit) -> None:
    """Say the script; the same one too often in a row means that it does not help."""
    if hit.id == WAITING:
        hand_over(turn, "requested", "utter_handoff_waited")
        return
    repeats = (turn.slot("repeats") or 0) + 1 if turn.slot("last_script") == hit.id else 0
    turn.set(last_script=hit.id, repeats=repeats)
    if repeats > turn.shop.policy.handoff.repeats:
        hand_over(turn, "repeated_failure", "utter_handoff_failed")
        return
    source = {"faq_id": hit.id, "script_id": hit.script_id, "score": hit.score}
    picture = shop_floor.picture(hit.image)
    turn.say_script(for_her(turn, fill(hit.text, script_values(turn.shop))), hit.buttons, source, picture)


def for_her(turn: Turn, text: str) -> str:
    """The script without a wish for the number of an order that the shop can see for itself."""
    for asked_for, known in shop_floor.dialogue().phrases["order_known"].items() if turn.orders else ():
        text = text.replace(asked_for, known)
    return text


def say_choices(turn: Turn, hits: tuple[Hit, ...]) -> None:
    """Ask which of the nearest questions is meant."""
    turn.set(pending="action_faq", faq_choices={hit.id: hit.question for hit in hits})
    chosen = [button(hit.question, inform(faq=hit.id)) for hit in hits]
    turn.say("utter_which_question", buttons=[*chosen, none_of_these()])


def none_of_these() -> dict[str, str]:
    """The way out of every list of readings."""
    return button(shop_floor.dialogue().phrase("button", "none_of_these"), "/deny")


def answer(turn: Turn, intents: list[str] | None) -> bool:
    """Answer or ask between near scripts; False where nothing is near."""
    found = find(turn, intents)
    if isinstance(found, Confident):
        say_hit(turn, found.hit)
    elif isinstance(found, Choices):
        say_choices(turn, found.hits)
    return found is not None


def settles(turn: Turn, *intents: str) -> bool:
    """Say the intents' best script where it surely is what was asked and the intent's own rule does not know better.

    For actions that decide by rules: call it where the rule has no fact for these words, before asking back. Entries
    that the rule covers (`covered` in data/dialogue.yml) are left to it as soon as the product is known.
    """
    if not turn.words:
        return False
    kind = turn.product.kind.value if turn.product else None
    hit = next(iter(shop_floor.searcher().search(turn.words, 1, list(intents), turn.today, kind)), None)
    words = shop_floor.dialogue()
    covered = {entry for intent in intents for entry in words.covered.get(intent, ())}
    is_covered = hit is not None and turn.product is not None and hit.id in covered
    if hit is None or hit.score < words.bands.sure or is_covered:
        return False
    if turn.product is not None and words.hear("asks_which", hit.text):
        return False  # it would ask for what is known
    say_hit(turn, hit)
    return True


def count_miss(turn: Turn) -> Step:
    """Count this message as one without an answer, and what is to be done about it."""
    misses = (turn.before("misses") or 0) + 1
    turn.set(misses=misses)
    return after_miss(turn.shop.policy, misses, is_choosing_goods(turn))


def is_choosing_goods(turn: Turn) -> bool:
    """A chat about what to buy: something is looked at, and no trouble with an order was told."""
    is_looking = bool(turn.slot("product_id") or turn.metadata.get("product_id") or turn.slot("shown"))
    return (
        is_looking and not turn.slot("trouble") and not turn.slot("settled") and turn.slot("mood") != "upset"
    )


def miss(turn: Turn, response: str, reason: str = "out_of_scope") -> None:
    """Own up to not having an answer and offer a person; too often in a row hands over (shop-rules.md)."""
    match count_miss(turn):
        case Step.HAND_OVER:
            hand_over(turn, reason, "utter_handoff_failed")
        case Step.OFFER:
            turn.say("utter_offer_person")
        case _:
            turn.say(response)


def asks_back_in_vain(turn: Turn) -> bool:
    """Whether the script for a question about goods would ask which product, and it is known: its data say nothing on
    it, which is the honest answer."""
    if turn.intent not in ABOUT_GOODS or not turn.words or turn.product is None:
        return False
    found = find(turn, [turn.intent])
    return (
        isinstance(found, Confident) and shop_floor.dialogue().hear("asks_which", found.hit.text) is not None
    )


class FaqAnswer(BotAction):
    """The best script for the intent that was read; then any script that fits well; else an honest word."""

    action = "action_faq"

    def act(self, turn: Turn) -> None:
        if chosen := turn.entity("faq"):
            self._say_chosen(turn, chosen)
            return
        if knows(turn):
            turn.go_on_with("action_product_info")
            return
        if asks_back_in_vain(turn):
            turn.say("utter_fact_unknown", product=turn.product.name)  # type: ignore[union-attr]
            return
        if turn.intent in SMALL_TALK and (hits := nearest(turn, [turn.intent])):
            say_hit(turn, hits[0])
            return
        if turn.words and Matter.TAX in read(turn.words) and answer(turn, ["ask_shipping_fee"]):
            return
        if answer(turn, [turn.likeliest] if turn.likeliest else None):
            return
        elsewhere = find(turn, None)
        if isinstance(elsewhere, Confident):
            say_hit(turn, elsewhere.hit)
        else:
            miss(turn, "utter_no_script")

    def _say_chosen(self, turn: Turn, chosen: str) -> None:
        question = (turn.before("faq_choices") or {}).get(chosen)
        hits = shop_floor.searcher().search(question, 1, today=turn.today) if question else ()
        if hits:
            say_hit(turn, hits[0])
        else:
            miss(turn, "utter_no_script")
