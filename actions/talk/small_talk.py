"""Agreeing, declining, hesitating, and what is told without being asked."""

from __future__ import annotations

from actions.common import shop_floor
from actions.common.base import BotAction
from actions.common.cards import product_card
from actions.common.choosing import MOST, product_option
from actions.common.turn import Turn
from actions.deciding import agreeing, evidence, order_evidence
from actions.deciding.readings import ACTION_OF
from actions.orders import order_facts
from actions.prices import waiting
from actions.prices.asking import said_price
from actions.prices.price_talk import last_action
from actions.products import sought
from actions.sizes import wearer
from actions.talk import faq
from bot.shop.goods import stock, wishes
from bot.shop.goods.catalogue import in_stock
from bot.shop.orders.whose import is_someone_elses
from bot.shop.parcels import shipping
from bot.shop.prices.bargain_state import BargainState
from bot.shop.records.model import Kind
from bot.shop.talk import consent

CONFIRMS = {
    "action_apply_change": "action_modify_order",
    "action_cancel_order": "action_cancel_order",
    "action_accept_price": "action_bargain",
    "action_keep_order": "action_cancel_order",
    "action_settle_exchange": "action_exchange",
    "action_settle_late": "action_compensation",
    "action_notify": "action_stock",
    "action_return": "action_return",
}
"""What "好" settles, and who takes any other answer."""


REASON_OF = {"cancel": "action_cancel_order", "keep": "action_cancel_order", "return": "action_return"}
"""Kind of the draft → who asked for a reason."""
OF_A_PARCEL = ("parcel_missing", "send_again", "money_back")
"""Reasons of the buttons under a parcel."""
LEFT_OPEN = ("action_clarify", "action_price_protection", "action_courier")
"""What may be taken up again, yet waits for no answer."""
REFUSED = {
    "action_accept_price": "action_bargain",
    "action_keep_order": "action_cancel_order",
    "action_settle_late": "action_compensation",
    "action_return": "action_return",
}
"""Whose business a plain "不行" is."""


class Thank(BotAction):
    """ "谢谢"; "太麻烦了" is no thanks but a sigh, and what troubles her can be taken off her hands."""

    action = "action_thank"

    def act(self, turn: Turn) -> None:
        if shop_floor.dialogue().hear("sigh", turn.words):
            turn.go_on_with("action_sigh")
        else:
            turn.say("utter_thank")


class Sigh(BotAction):
    action = "action_sigh"

    def act(self, turn: Turn) -> None:
        turn.say("utter_sigh")


ORDERS_CHANGED = ("action_apply_change", "action_cancel_order", "action_keep_order")
"""Of these, what changes an order: a question is never taken for the word to do it."""
AFTER_ORDERING = (
    *("action_track", "action_shipping_time", "action_urge", "action_refund_status", "action_compensation"),
    *(
        "action_cancel_order",
        "action_return",
        "action_apply_change",
        "action_settle_remedy",
        "action_complaint",
    ),
)
"""Answers about what was ordered: who agrees to one is asked for no size."""
OF_A_CHANGE = ("action_apply_change", "action_modify_order")
"""Open while an order is being changed; the order given up, the change is void."""


class Affirm(BotAction):
    action = "action_affirm"

    def act(self, turn: Turn) -> None:
        pending = turn.before("pending")
        if pending in ORDERS_CHANGED and consent.asks_back(turn.words):
            self._answer_first(turn, pending)
        elif pending in CONFIRMS:
            turn.go_on_with(pending)
        elif pending == "action_clarify" and (guess := turn.before("guess")):
            turn.go_on_with(ACTION_OF[guess])
        elif turn.words and turn.product and shop_floor.dialogue().hear("deal", turn.words):
            turn.go_on_with("action_accept_price")
        elif order_evidence.is_taken_back(turn):
            turn.go_on_with("action_cancel_order")
        elif turn.words and consent.asks_leave(turn.words) and last_action(turn):
            turn.go_on_with(last_action(turn))
        elif last_action(turn) in AFTER_ORDERING or turn.slot("settled"):
            turn.say_words(shop_floor.dialogue().phrase("agreed", "order"))
        else:
            turn.say("utter_affirm")

    @staticmethod
    def _answer_first(turn: Turn, pending: str) -> None:
        """What she asks is told, and what was read back stands until she says yes to it."""
        is_told = order_facts.answer(turn)
        if pending == "action_apply_change":
            turn.go_on_with("action_modify_order")
            return
        turn.set(pending=pending)
        if not is_told:
            turn.say("utter_say_yes")


class Deny(BotAction):
    """ "都不是", "不用了", "不行": what was open decides what it means."""

    action = "action_deny"

    def act(self, turn: Turn) -> None:
        pending = turn.before("pending")
        if pending in ("action_clarify", "action_faq"):
            turn.set(misses=turn.before("misses"))
            faq.miss(turn, "utter_rephrase")
        elif pending in REFUSED:
            turn.go_on_with(REFUSED[pending])
        elif gives_up := order_evidence.given_up(turn):
            turn.go_on_with(gives_up)
        elif pending == "action_track":
            turn.go_on_with(pending)
        elif pending == "action_apply_change" and (turn.entity("color") or turn.entity("size")):
            turn.go_on_with("action_modify_order")  # "不对，要 XL" corrects what was read back
        elif pending == "action_cancel_order" or (turn.slot("draft") or {}).get("order"):
            turn.set(draft=None)
            turn.say("utter_order_unchanged")
        elif wearer.is_told(turn):
            turn.go_on_with("action_size")
        elif sought.goes_on(turn):
            turn.go_on_with("action_recommend")
        elif shop_floor.dialogue().hear("unknown_size", turn.words):
            say_no_size_needed(turn)
        elif turn.words and (refused := wishes.read(turn.shop, turn.words).refused) and turn.product:
            if turn.product.id in refused:
                turn.go_on_with("action_recommend")
            else:
                turn.say("utter_is_not_that", product=turn.product.name)
        else:
            turn.set(draft=None)
            turn.say("utter_deny")


def say_no_size_needed(turn: Turn) -> None:
    """A present for somebody whose size is not known: what comes in one size, and that clothes can be exchanged."""
    gifts = [
        product
        for product in turn.shop.products.values()
        if len(product.sizes) <= 1 and product.kind is Kind.CLOTHING and in_stock(product)
    ][:MOST]
    turn.has_shown(gifts)
    card = {"type": "choices", "title": "", "options": [product_option(each) for each in gifts]}
    turn.say("utter_no_size_needed", card=card if gifts else None, days=turn.shop.policy.returns.days)


class Hesitate(BotAction):
    """One concrete reason to decide, and only a true one (002)."""

    action = "action_hesitate"

    def act(self, turn: Turn) -> None:
        product = turn.product
        if last_action(turn) in AFTER_ORDERING and turn.has_bought(product):
            turn.say_words(shop_floor.dialogue().phrase("agreed", "order"))
            return
        if product is None:
            turn.say("utter_hesitate")
            return
        if waiting.asked_about(turn) and waiting.say_later(turn):
            return
        on_shelf = stock.check(product, turn.slot("color"), turn.slot("size"), turn.shop.policy.low_stock)
        leaves = shipping.dates(turn.shop, turn.now, None, product)
        card = product_card(product)
        if isinstance(on_shelf, stock.InStock) and on_shelf.low:
            turn.say("utter_hesitate_low", card=card, product=product.name, left=on_shelf.left)
        elif isinstance(leaves, shipping.ShippingDates) and leaves.before_cutoff:
            cutoff = f"{turn.shop.shipping.cutoff:%H:%M}"
            turn.say("utter_hesitate_today", card=card, product=product.name, cutoff=cutoff)
        else:
            days = turn.shop.policy.returns.days
            turn.say("utter_hesitate_return", card=card, product=product.name, days=days)


class Inform(BotAction):
    """Information with no wish: it answers what was asked, else it says itself what it is about."""

    action = "action_inform"

    def act(self, turn: Turn) -> None:
        answers = turn.before("pending")
        if turn.words and is_someone_elses(turn.words) and not answers:
            turn.set(trouble=None)
            turn.say("utter_someone_elses")
        elif turn.entity("remedy"):
            turn.go_on_with("action_accept_remedy")
        elif turn.photo:
            turn.go_on_with("action_photo")
        elif agreed := agreeing.settled_by(turn):
            turn.go_on_with(agreed)
        elif turn.is_payload and turn.entity("reason") and (asked_by := self._asked_by(turn)):
            turn.go_on_with(asked_by)
        elif answers in OF_A_CHANGE and (gives_up := order_evidence.given_up(turn)):
            turn.go_on_with(gives_up)
        elif answers and answers not in LEFT_OPEN and not self._is_elsewhere(turn, answers):
            turn.go_on_with(CONFIRMS.get(answers, answers))
        elif sought.goes_on(turn):
            turn.go_on_with("action_recommend")
        elif evidence.is_of_the_weather(turn):
            turn.go_on_with("action_product_info")
        elif wearer.corrects(turn):
            turn.go_on_with("action_size")
        elif topic := order_evidence.plainly(turn) or self._topic(turn):
            turn.go_on_with(topic)
        elif wearer.is_told(turn):
            turn.go_on_with("action_size")
        elif not isinstance(faq.find(turn, None), faq.Confident) or not faq.answer(turn, None):
            turn.set(pending="action_clarify")  # a button below says what it was told for
            faq.miss(turn, "utter_noted")

    @staticmethod
    def _asked_by(turn: Turn) -> str | None:
        """Who put the button of a reason, also when other things were talked about since."""
        if turn.entity("reason") in OF_A_PARCEL:
            return "action_track"
        draft = turn.slot("draft") or {}
        return next((action for kind, action in REASON_OF.items() if draft.get(kind)), None)

    @staticmethod
    def _is_elsewhere(turn: Turn, answers: str) -> bool:
        """Measures or an order told while a price stands are no counter-offer."""
        return (
            answers == "action_accept_price"
            and bool(turn.words)
            and said_price(turn) is None
            and any(turn.entity(name) is not None for name in TOPICS if name not in ("price", "product"))
        )

    @staticmethod
    def _topic(turn: Turn) -> str | None:
        told = {name for name in TOPICS if turn.entity(name) is not None}
        if "price" in told and not BargainState.from_slot(turn.slot("bargain")).product_id:
            told.discard("price")
        found = next((TOPICS[name] for name in TOPICS if name in told), None)
        return found or ("action_product_info" if turn.words and turn.is_product_named else None)


TOPICS = {
    "faq": "action_faq",
    "order_id": "action_track",
    "tracking_no": "action_track",
    "height_cm": "action_size",
    "weight_kg": "action_size",
    "foot_length_mm": "action_size",
    "usual_size": "action_size",
    "age": "action_size",
    "fault": "after_sale_form",
    "issue": "after_sale_form",
    "price": "action_bargain",
    "color": "action_stock",
    "size": "action_stock",
    "region": "action_shipping_fee",
    "product": "action_product_info",
}
"""Entity → who makes something of it, the most telling first."""
