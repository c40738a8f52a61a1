"""The customer takes one of the remedies an agent has put before her: booked at once, whoever answers her by then.

Source: shop-rules.md, "After the sale" (003: speed; what was agreed is never asked again). The amounts are those the
agent sent; what the shop loses with each is kept in the card's message (`source`), out of the customer's sight.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from enum import Enum, auto
from typing import Any

from bot.desk.back_office.ledger import SqlLedger
from bot.desk.back_office.order_actions import ActionKind, OrderAction
from bot.desk.conversations import Conversation, Message
from bot.desk.desk import Desk
from bot.desk.lines import system_line, words
from bot.desk.notices import Notices
from bot.desk.ownership import Speaker
from bot.desk.people.approvals import ApprovalState, Settled
from bot.desk.rows import now
from bot.desk.threads import in_thread
from bot.shop.after_sale.remedies import COUNTED
from bot.shop.prices.grants import GrantKind, Recipient
from bot.shop.records.loader import SHOP_ZONE
from bot.shop.records.orders import OrderStore
from bot.shop.records.policy import Policy
from bot.shop.records.ports import ChangeRefused, Unavailable
from bot.shop.records.remedy_policy import RemedyKind

log = logging.getLogger(__name__)
BY = "remedies"
"""Key of `source` under which a card keeps who sent it and what each option costs."""
CHOOSES = '"remedy"'
"""What the payload of every option of a card of remedies holds, the bot's and an agent's."""


def card_source(agent: str, order_id: str, options: dict[RemedyKind, dict[str, Any]]) -> dict[str, Any]:
    """What is kept beside a card of remedies; an option has `title, detail, amount, cost, coupon, approval`."""
    return {BY: {"agent": agent, "order": order_id, "options": {k.value: v for k, v in options.items()}}}


class _Given(Enum):
    """How a coupon came to be hers."""

    NEW = auto()
    BEFORE = auto()
    GONE = auto()


@dataclass(frozen=True)
class _Chosen:
    card: Message
    conversation: Conversation
    kind: RemedyKind
    option: dict[str, Any]

    @property
    def agent(self) -> str:
        return str(self.card.source[BY]["agent"]) if self.card.source else ""

    @property
    def order_id(self) -> str:
        return str(self.card.source[BY]["order"]) if self.card.source else ""

    @property
    def ref(self) -> str:
        return f"card:{self.card.id}"


class RemedyChoices:
    def __init__(self, desk: Desk, orders: OrderStore, policy: Policy, notices: Notices) -> None:
        self._desk, self._orders, self._policy, self._notices = desk, orders, policy, notices

    async def accept(self, message: Message) -> bool:
        """Whether `message` takes a remedy of an agent's card; then it is booked, promised and told. Taking another
        of the same card later books nothing: the agent sees it and decides."""
        if not message.payload or CHOOSES not in message.payload:
            return False  # every other button: the chat is not read for it
        chosen = await in_thread(self._chosen, message)
        if chosen is None:
            return False
        if not await in_thread(self._desk.order_actions.has, message.conversation_id, chosen.ref):
            written = await in_thread(self._book, chosen, message)
            await self._notices.said(written)
        return True

    def _chosen(self, message: Message) -> _Chosen | None:
        """The newest card of an agent that carries this payload, if it is one."""
        before = self._desk.conversations.messages(message.conversation_id)
        for card in reversed(before):
            if card.seq > message.seq or (card.card or {}).get("type") != "remedies":
                continue
            shown = {option.get("payload"): option.get("kind") for option in (card.card or {})["options"]}
            if kind := shown.get(message.payload):
                if card.sender is not Speaker.AGENT or BY not in (card.source or {}):
                    return None  # the bot's own offer, which its dialogue settles
                option = card.source[BY]["options"][kind] if card.source else {}
                conversation = self._desk.conversations.get(message.conversation_id)
                return _Chosen(card, conversation, RemedyKind(kind), option)
        return None

    def _book(self, chosen: _Chosen, message: Message) -> tuple[Message, ...]:
        is_counted = costs = chosen.kind in COUNTED
        if chosen.kind is RemedyKind.COUPON:
            given = self._give(chosen)
            if given is _Given.GONE:
                gone = [system_line("remedy_gone")]
                return self._desk.conversations.system_says(chosen.conversation.id, gone)
            costs = given is _Given.NEW
        text = words("order_actions", "remedy", title=chosen.option["title"], amount=chosen.option["amount"])
        cost = chosen.option["cost"] if costs else ""
        action = OrderAction(
            chosen.conversation.id,
            chosen.order_id,
            ActionKind.REMEDY,
            text,
            cost,
            chosen.agent,
            chosen.ref,
            chosen.option["title"],
        )
        told = system_line(self._line(chosen.kind), title=chosen.option["title"], hours=self._hours)
        written = self._desk.order_actions.book(action, [told], self._promise(chosen), message.id) or ()
        if written and is_counted:
            self._count(chosen)
        if approval := chosen.option.get("approval"):
            self._use(approval)
        return written

    @property
    def _hours(self) -> int:
        return self._policy.promise_hours

    @staticmethod
    def _line(kind: RemedyKind) -> str:
        if kind is RemedyKind.COUPON:
            return "remedy_coupon"
        return "remedy_explain" if kind is RemedyKind.EXPLAIN else "remedy_booked"

    def _promise(self, chosen: _Chosen) -> tuple[str, datetime] | None:
        """What somebody has to do yet; a coupon is hers already."""
        if chosen.kind is RemedyKind.COUPON:
            return None
        text = words(
            "order_actions",
            "promise",
            order=chosen.order_id,
            title=chosen.option["title"],
            detail=chosen.option["detail"],
        )
        return text, now() + timedelta(hours=self._hours)

    def _give(self, chosen: _Chosen) -> _Given:
        """Once an order, whoever gives it: what the bot or an earlier card gave is hers and costs nothing again."""
        offer = next((each for each in self._policy.coupons if each.id == chosen.option.get("coupon")), None)
        if offer is None:
            return _Given.GONE
        customer = chosen.conversation.customer.id
        to = Recipient(customer, chosen.conversation.id, f"remedy:{chosen.order_id}", chosen.agent)
        ledger, moment = SqlLedger(self._desk.engine), datetime.now(SHOP_ZONE).replace(tzinfo=None)
        if to.reason in ledger.reasons(customer, GrantKind.COUPON, offer.id):
            return _Given.BEFORE
        return _Given.NEW if ledger.give_coupon(to, offer, moment) else _Given.GONE

    def _count(self, chosen: _Chosen) -> None:
        """Onto the order, against everybody's authority in later chats; where the shop's system is away, told."""
        cost = Decimal(chosen.option["cost"])
        note = words("order_actions", "counted", title=chosen.option["title"], cost=chosen.option["cost"])
        try:
            order = self._orders.get(chosen.order_id, chosen.conversation.customer.id)
            if order is None:
                raise KeyError(chosen.order_id)
            spent = order.compensated + cost
            self._orders.update(order.model_copy(update={"compensated": spent}), note, chosen.agent)
        except (Unavailable, ChangeRefused, KeyError) as error:
            log.warning("remedy not counted on order %s: %s", chosen.order_id, error)
            told = words("order_actions", "not_counted", order=chosen.order_id, cost=chosen.option["cost"])
            self._desk.records.add_note(chosen.conversation.id, words("desk", "system"), told)

    def _use(self, approval: str) -> None:
        try:
            self._desk.approvals.settle(approval, ApprovalState.USED, "")
        except Settled as error:
            log.info("approval %s is %s already", approval, error.approval.state.value)
