"""What is put before a buyer whose goods are not right: two options or more, settled within the bot's authority."""

from __future__ import annotations

from actions import shop_floor
from actions.after_sale_question import trouble, troubled_line
from actions.base import BotAction
from actions.cards import day, variant_name
from actions.handoff import hand_over
from actions.orders import promise
from actions.price import used_up_coupons
from actions.turn import Turn, inform
from bot.placeholders import yuan
from bot.shop import remedies
from bot.shop.handoff import Circumstances, is_high_value
from bot.shop.orders import Order
from bot.shop.remedies import RemedyOption
from bot.shop.remedy_policy import Issue, RemedyKind, Severity

LADDER = (Severity.MINOR, Severity.MODERATE, Severity.SEVERE)


def case_severity(turn: Turn) -> Severity:
    """What the customer said, else the middle: a piece that is wrong or missing is taken for unusable."""
    told = trouble(turn)
    if told.get("severity"):
        return Severity(told["severity"])
    return (
        Severity.SEVERE
        if told.get("issue") in (Issue.WRONG.value, Issue.MISSING.value)
        else Severity.MODERATE
    )


def options(turn: Turn, order: Order, severity: Severity) -> tuple[RemedyOption, ...]:
    line = troubled_line(turn)
    product = turn.shop.products[line.product_id] if line else None
    in_stock = bool(product) and any(v.sku == line.sku and v.stock > 0 for v in product.variants)
    policy, given = turn.shop.policy, used_up_coupons(turn.shop)
    return remedies.options(policy, order, line, trouble(turn)["issue"], severity, turn.now, in_stock, given)


class OfferRemedies(BotAction):
    """Apologise, restate the problem, then the options; a large order or a top customer gets a person."""

    action = "action_remedies"

    def act(self, turn: Turn) -> None:
        gave_up = turn.slot("gave_up") == "after_sale_form"
        turn.set(gave_up=None)
        if turn.order is None or not trouble(turn).get("issue") or gave_up:
            hand_over(turn, "repeated_failure" if gave_up else "beyond_authority", "utter_handoff_after_sale")
            return
        level = turn.customer.level if turn.customer else ""
        found = Circumstances(amount=turn.order.amount, level=level)
        if is_high_value(turn.shop.policy, found, after_sale=True):
            remember_offers(turn, turn.order, case_severity(turn))
            hand_over(turn, "high_value", "utter_handoff_after_sale")
            return
        offer(turn, turn.order, case_severity(turn))


def remember_offers(turn: Turn, order: Order, severity: Severity) -> tuple[RemedyOption, ...]:
    """Work the options out and keep them for the buyer's choice and for an agent's eyes."""
    found = options(turn, order, severity)
    words = shop_floor.dialogue()
    priced = [words.phrase("remedy", "with_cost", title=each.title, cost=yuan(each.cost)) for each in found]
    turn.set(
        trouble={**trouble(turn), "severity": severity.value, "order": order.id}, offered="、".join(priced)
    )
    return found


def offer(turn: Turn, order: Order, severity: Severity) -> None:
    """Two options or more as a card; each says what it brings and until when it stands."""
    found = remember_offers(turn, order, severity)
    line = troubled_line(turn)
    product = turn.shop.products[line.product_id].name if line else ""
    card = {"type": "remedies", "order_id": order.id, "options": [option_row(each) for each in found]}
    turn.set(pending="action_refuse_remedies")
    turn.say(f"utter_remedies_{trouble(turn)['issue']}", card=card, order=order.id, product=product)


def option_row(option: RemedyOption) -> dict[str, str]:
    words = shop_floor.dialogue()
    return {
        "kind": option.kind.value,
        "title": option.title,
        "amount": yuan(option.amount),
        "detail": words.phrase("remedy", option.kind.value, amount=yuan(option.amount)),
        "deadline": words.phrase("remedy", "deadline", day=day(option.deadline)),
        "payload": inform(remedy=option.kind.value),
    }


class AcceptRemedy(BotAction):
    """The buyer chose: settle it within authority, else a person does, with the options worked out."""

    action = "action_accept_remedy"

    def act(self, turn: Turn) -> None:
        chosen = turn.entity("remedy")
        order = turn.order
        if (
            order is None
            or not trouble(turn).get("issue")
            or chosen not in {kind.value for kind in RemedyKind}
        ):
            turn.go_on_with("after_sale_form")
            return
        found = {each.kind.value: each for each in options(turn, order, case_severity(turn))}
        option = found.get(chosen)
        if option is None:
            offer(turn, order, case_severity(turn))
        elif not option.within_authority:
            remember_offers(turn, order, case_severity(turn))
            hand_over(turn, "beyond_authority", "utter_handoff_authority")
        else:
            self._settle(turn, order, option)

    def _settle(self, turn: Turn, order: Order, option: RemedyOption) -> None:
        line = troubled_line(turn)
        variant = variant_name(turn.shop.products[line.product_id], line.sku) if line else ""
        promise(turn, "remedy", order=order.id, title=option.title, amount=yuan(option.amount))
        first, last = turn.shop.policy.returns.refund_days
        turn.say(
            f"utter_remedy_{option.kind.value}",
            order=order.id,
            amount=yuan(option.amount),
            variant=variant,
            address=turn.shop.policy.returns.address,
            first=first,
            last=last,
        )
        turn.set(trouble=None, offered=None, fault=None)


def is_better(option: RemedyOption, before: tuple[RemedyOption, ...]) -> bool:
    """A kind not yet offered, or more money of the same kind."""
    return all(option.kind is not each.kind or option.amount > each.amount for each in before)


class RefuseRemedies(BotAction):
    """ "不行": one step up the ladder where the bot may, else a person."""

    action = "action_refuse_remedies"

    def act(self, turn: Turn) -> None:
        order = turn.order
        if order is None or not trouble(turn).get("issue"):
            turn.say("utter_deny")
            return
        now = case_severity(turn)
        higher = next((each for each in LADDER if LADDER.index(each) > LADDER.index(now)), None)
        before = options(turn, order, now)
        better = options(turn, order, higher) if higher else ()
        if any(each.within_authority and is_better(each, before) for each in better):
            offer(turn, order, higher)
        else:
            remember_offers(turn, order, now)
            hand_over(turn, "beyond_authority", "utter_handoff_authority")
