"""The after-sale case of this conversation: what is known of it, which order and piece it is about."""

from __future__ import annotations

from decimal import Decimal

from actions.common import shop_floor
from actions.common.questions import MOST_ASKS
from actions.common.turn import Turn
from bot.shop.after_sale.fault_words import said_issue
from bot.shop.after_sale.negotiation import Talk
from bot.shop.after_sale.remedies import Case, return_deadline
from bot.shop.orders import order_choice
from bot.shop.orders.order_parts import has_part
from bot.shop.parcels import parcel
from bot.shop.parcels.parcel import ParcelStatus
from bot.shop.records.orders import Order, OrderLine, OrderState
from bot.shop.records.remedy_policy import Issue, Severity

RECEIVED = (OrderState.DELIVERED, OrderState.COMPLETED)
NOT_THERE = (OrderState.UNPAID, OrderState.PAID, OrderState.PACKED, OrderState.CANCELLED)
"""Nothing of such an order can be broken in the customer's hands."""
LONGEST_WORDS = 40
"""Characters of her description an agent reads in the brief."""


def trouble(turn: Turn) -> dict:
    """The case as known so far: issue, severity, product, pieces, photos, words, and the talk about remedies."""
    return dict(turn.slot("trouble") or {})


def note(turn: Turn, **facts: object) -> None:
    turn.set(trouble={**trouble(turn), **facts})


def count_ask(turn: Turn, question: str) -> bool:
    """Note that this is asked now; False where it was asked as often as it may be."""
    asks = dict(trouble(turn).get("asks") or {})
    if asks.get(question, 0) >= MOST_ASKS:
        return False
    note(turn, asks={**asks, question: asks.get(question, 0) + 1})
    return True


def troubled_line(turn: Turn) -> OrderLine | None:
    """The piece that is not right, None while more than one could be meant."""
    lines = turn.order.lines if turn.order else ()
    if len(lines) == 1:
        return lines[0]
    meant = trouble(turn).get("product")
    return next((line for line in lines if line.product_id == meant), None)


def issue_of(turn: Turn) -> Issue | None:
    told = trouble(turn).get("issue")
    return Issue(told) if told else None


def severity_of(turn: Turn) -> Severity:
    """What the customer said, else the middle: a piece that is wrong or missing is taken for unusable."""
    told = trouble(turn).get("severity")
    if told:
        return Severity(told)
    return Severity.SEVERE if issue_of(turn) in (Issue.WRONG, Issue.MISSING) else Severity.MODERATE


def case_of(turn: Turn, order: Order) -> Case:
    """The case as the shop's rules judge it."""
    line = troubled_line(turn)
    product = turn.shop.products[line.product_id] if line else None
    in_stock = bool(product) and any(v.sku == line.sku and v.stock > 0 for v in product.variants)
    given, pieces = shop_floor.ledger().given(), trouble(turn).get("pieces")
    return Case(turn.shop.policy, order, line, issue_of(turn), turn.now, in_stock, given, pieces)


def talk_of(turn: Turn) -> Talk | None:
    """The talk about remedies, None before the first offer."""
    told = trouble(turn).get("talk")
    return Talk.from_slot(told) if told else None


def named_line(turn: Turn) -> str | None:
    """The ordered product this message names, by its name or by a part of it, where the order has several."""
    ordered = [line.product_id for line in turn.order.lines] if turn.order else []
    if len(ordered) < 2:
        return None
    by_part = [id_ for id_ in ordered if turn.words and has_part(turn.shop.products[id_], turn.words)]
    if len(by_part) == 1:
        return by_part[0]
    return turn.product.id if turn.product and turn.product.id in ordered else None


def possible_orders(turn: Turn) -> list[Order]:
    """The received orders the trouble can be with, by what is said now and was said of the fault, and by the page she
    is on; those under way where nothing has been received."""
    received = [order for order in turn.orders if order.state in RECEIVED]
    if not received:
        return [order for order in turn.orders if order.state not in NOT_THERE] or turn.orders
    told = " ".join(part for part in (turn.words, turn.slot("fault") or "") if part)
    found = order_choice.narrowed(turn.shop, received, told, turn.now)
    in_view = turn.product.id if turn.product else None
    shown = [order for order in found if any(line.product_id == in_view for line in order.lines)]
    return shown if len(shown) == 1 else found


def has_arrived(turn: Turn, order: Order) -> bool:
    """Whether some of it can be in her hands: signed for, waiting at a station, or one of several parcels."""
    if order.state is not OrderState.SHIPPED:
        return order.state not in NOT_THERE
    found = parcel.of_order(order, turn.now, turn.shop.policy.on_the_way.stalled_hours)
    return bool(order.parcels) or found.status in (ParcelStatus.SIGNED, ParcelStatus.AT_STATION)


def travels_apart(turn: Turn, order: Order) -> bool:
    """Whether what she misses is in a parcel of its own that is not signed for yet: it is not missing."""
    if issue_of(turn) is not Issue.MISSING:
        return False
    line, stalled = trouble(turn).get("product"), turn.shop.policy.on_the_way.stalled_hours
    coming = [
        p for p in order.parcels if parcel.read(p.trace, turn.now, stalled).status is not ParcelStatus.SIGNED
    ]
    skus = {sku for each in coming for sku in each.skus}
    held = {each.product_id for each in order.lines if each.sku in skus}
    names_the_rest = shop_floor.dialogue().hear("parcel", turn.words) == "partly"  # 只收到秋衣
    return bool(coming) and (line is None or line in held or names_the_rest)


def past_quality(turn: Turn, order: Order) -> bool:
    """Whether the days in which a fault is the shop's to answer for are over: no remedy of that kind is offered."""
    last = return_deadline(turn.shop.policy, order, quality=True)
    return last is not None and turn.now > last


def find_order(turn: Turn, must_be_there: bool = True) -> None:
    """Forget the order talked about where the message means another: by its product, by saying so, or because an
    order that has not arrived cannot be meant (`must_be_there`)."""
    order = turn.order
    if order is None or turn.entity("order_id") is not None:
        return
    is_elsewhere = _names_another(turn, order)
    has_others = any(each.state in RECEIVED for each in turn.orders)
    is_under_way = has_others and not has_arrived(turn, order) and not turn.is_about(order)
    is_early = order.state in NOT_THERE or is_under_way
    is_too_early = must_be_there and is_early
    if is_elsewhere or is_too_early or shop_floor.dialogue().hear("other_order", turn.words):
        turn.forget_order()


def _names_another(turn: Turn, order: Order) -> bool:
    """The message names something of another order and nothing of this one."""
    if not turn.words:
        return False
    named = {each.id for each in turn.orders if turn.is_about(each)}
    return bool(named) and order.id not in named


def keep_photo(turn: Turn) -> None:
    if turn.photo:
        photos = (trouble(turn).get("photos") or 0) + 1
        note(turn, photos=photos)
        turn.set(photos=photos)


def keep_words(turn: Turn) -> bool:
    """Keep what she says of the fault in her own words; False if it says nothing more than that there is one."""
    told = describes(turn)
    if told:
        turn.set(fault=turn.words[:LONGEST_WORDS])
        note(turn, told=True)
    return told


def describes(turn: Turn) -> bool:
    """Whether the words say what is wrong, and not only that something is."""
    if not turn.words:
        return False
    left = "".join(turn.words.split())
    for word in shop_floor.dialogue().heard["vague"]["vague"]:
        left = left.replace(word, "")
    for name in _names_in(turn):
        left = left.replace(name, "")
    is_named = turn.entity("fault") is not None or said_issue(turn.words) is Issue.DEFECT
    return is_named and left != "" or len(left) >= 4


def _names_in(turn: Turn) -> list[str]:
    """Names of what she bought, so that "羽绒服有问题" is not taken for a description."""
    bought = [turn.shop.products.get(line.product_id) for order in turn.orders for line in order.lines]
    names = {name for p in bought if p for name in (p.name, p.category, *p.nicknames)}
    return sorted(names, key=len, reverse=True)


def paid_back(order: Order, yuan: Decimal) -> Order:
    """The order with this much more given back on it."""
    return order.model_copy(update={"compensated": order.compensated + yuan})
