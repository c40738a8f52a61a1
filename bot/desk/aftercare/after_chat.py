"""After the chat: finds what is worth a follow-up, and sends what is due. Ticked by the web process.

Several processes may tick: every plan and every sending is one transaction of the store, which lets one of them win.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Protocol, TypeVar

from bot.desk.aftercare.follow_up_history import SilentChat
from bot.desk.aftercare.follow_up_lines import FollowUpLines, follow_up_lines
from bot.desk.aftercare.follow_up_texts import Facts, FollowUpTexts
from bot.desk.aftercare.follow_ups import FollowUp, FollowUpStore, Outcome, Worded, guest
from bot.desk.back_office.ledger import SqlLedger
from bot.desk.conversations import Conversation
from bot.desk.notices import Notices
from bot.desk.storage import TROUBLE, complain
from bot.desk.store import ConversationStore
from bot.desk.threads import in_thread
from bot.shop.records.loader import SHOP_ZONE
from bot.shop.records.model import Customer, HeldCoupon, Shop
from bot.shop.records.orders import Order
from bot.shop.records.ports import CustomerSource, Unavailable
from bot.shop.talk import follow_ups as rules
from bot.shop.talk.follow_ups import Asked, Plan

log = logging.getLogger(__name__)
T = TypeVar("T")
R = TypeVar("R")


class OrderBook(Protocol):
    """The part of an order store that follow-ups need."""

    def list_for(self, customer_id: str) -> Sequence[Order]: ...

    def unpaid(self, placed_after: datetime) -> Sequence[Order]:
        """Orders of all customers that wait for payment, placed after this moment of the shop's clock."""
        ...


class CouponBook(Protocol):
    """Coupons in customers' hands. A buyer is a signed customer's id, for a guest `guest:` and her conversation."""

    def held_by(self, buyer: str) -> Sequence[HeldCoupon]: ...

    def running_out(self, first: date, last: date) -> Iterable[tuple[str, HeldCoupon]]:
        """(buyer, coupon) whose last day lies between these days, both included."""
        ...


class Coupons:
    """Those the shop knows of and those the bot has given since. `listed` are customers whose coupons can be gone
    through: those of the file; a shop's own system is only asked about one customer at a time."""

    def __init__(self, customers: CustomerSource, listed: Iterable[Customer], ledger: SqlLedger) -> None:
        self._customers, self._listed, self._ledger = customers, tuple(listed), ledger

    def held_by(self, buyer: str) -> tuple[HeldCoupon, ...]:
        customer = self._customers.get(buyer)
        held = (*(customer.coupons if customer else ()), *self._ledger.pocket(buyer))
        gone = self._ledger.spent(buyer) if held else frozenset()
        return tuple(coupon for coupon in held if coupon.mark not in gone)

    def running_out(self, first: date, last: date) -> Iterable[tuple[str, HeldCoupon]]:
        listed = ((customer.id, held) for customer in self._listed for held in customer.coupons)
        ending = [(buyer, held) for buyer, held in listed if first <= held.expires <= last]
        for buyer, held in (*ending, *self._ledger.running_out(first, last)):
            if held.mark not in self._ledger.spent(buyer):
                yield buyer, held


def shop_now() -> datetime:
    return datetime.now(SHOP_ZONE).replace(tzinfo=None)


class AfterChat:
    """`clock` is the shop's clock, without zone. `goods` is the shop with the stock of this moment; it raises
    Unavailable while that is not known, and then nothing is said of it."""

    def __init__(
        self,
        store: FollowUpStore,
        conversations: ConversationStore,
        shop: Shop,
        goods: Callable[[], Shop],
        orders: OrderBook,
        coupons: CouponBook,
        notices: Notices,
        clock: Callable[[], datetime] = shop_now,
        lines: FollowUpLines | None = None,
    ) -> None:
        self._store, self._conversations, self._notices = store, conversations, notices
        self._shop, self._goods, self._orders, self._coupons = shop, goods, orders, coupons
        self._lines = lines or follow_up_lines()
        self._texts = FollowUpTexts(shop, self._lines)
        self._policy = shop.policy.follow_up
        self._looked_until: datetime | None = None
        self.clock = clock

    async def tick(self) -> None:
        """One round. What fails is logged and tried again in the next; the rest of the round goes on."""
        if not self._policy.per_day or not self._policy.until_reply:
            return
        for find in (self._plan_dropped, self._plan_unpaid, self._plan_expiring):
            await self._try(find, self.clock())
        for job in await self._try(self._store.due, self.clock()) or ():
            outcome = await self._try(self._try_to_send, job)
            if outcome and outcome.message:
                await self._notices.said([outcome.message])

    @staticmethod
    async def _try(call: Callable[[T], R], argument: T) -> R | None:
        try:
            return await in_thread(call, argument)
        except Unavailable as error:
            log.warning("a follow-up waits for the shop's system: %s", error)
        except TROUBLE as error:
            complain(error)
        except Exception:  # whatever it is, it must not end the ticking
            log.exception("follow-ups failed; they go on")
        return None

    def _try_to_send(self, job: FollowUp) -> Outcome | None:
        now = self.clock()
        worded = self.worded(job, now)
        return self._store.send(job.id, worded, now, self._policy, self._lines.trouble)

    def worded(self, job: FollowUp, now: datetime) -> Worded | None:
        """What this follow-up would say now; None when it is no longer true. Raises Unavailable."""
        conversation = self._conversations.get(job.conversation_id)
        known = self._store.history(self._policy, job.customer_id, now, self._lines.trouble)
        # A guest has no orders: her id was never signed.
        is_known = conversation.customer.is_verified
        orders = tuple(self._orders.list_for(job.customer_id)) if is_known else ()
        coupons = tuple(self._coupons.held_by(job.customer_id if is_known else guest(conversation.id)))
        facts = Facts(now, known.last_word, conversation.slots, orders, coupons)
        return FollowUpTexts(self._goods(), self._lines).say(job.plan, facts, job.id)

    # --- finding

    def _plan_dropped(self, now: datetime) -> None:
        until = now - timedelta(minutes=self._policy.quiet_minutes)
        self._plan(self._dropped(now, until), now)
        self._looked_until = until  # only what is planned is looked at no more

    def _plan_unpaid(self, now: datetime) -> None:
        self._plan(list(self._unpaid(now)), now)

    def _plan_expiring(self, now: datetime) -> None:
        self._plan(list(self._expiring(now)), now)

    def _plan(self, found: list[tuple[Conversation, Plan]], now: datetime) -> None:
        wanted = [(chat.customer.id, plan.matter) for chat, plan in found]
        settled = self._store.settled_matters(wanted) if wanted else set()
        for chat, plan in found:
            if (chat.customer.id, plan.matter) not in settled and self._is_quiet(chat, now):
                tag, key = self._texts.tag(plan), self._texts.text_key(plan)
                self._store.plan(chat, plan, tag, key, now, self._lines.trouble, self._policy)

    def _is_quiet(self, chat: Conversation, now: datetime) -> bool:
        """Nothing is planned into a chat that is going on: her next word would only call it off again."""
        known = self._store.history(self._policy, chat.customer.id, now, self._lines.trouble)
        pause = timedelta(minutes=self._policy.quiet_minutes)
        return known.last_word is None or now - known.last_word >= pause

    def _dropped(self, now: datetime, until: datetime) -> list[tuple[Conversation, Plan]]:
        """Chats that have fallen silent since the last look; all of the last hours at the first."""
        oldest = now - timedelta(hours=self._policy.stale_hours)
        since = (
            max(oldest, self._looked_until) if self._looked_until and self._looked_until < until else oldest
        )
        chats = self._store.silent_chats(since, until)
        plans = ((chat.conversation, rules.after_chat(self._policy, self._asked(chat))) for chat in chats)
        return [(conversation, plan) for conversation, plan in plans if plan]

    def _asked(self, chat: SilentChat) -> Asked:
        """What she wanted last. A farewell, or anything that is no question before buying, leaves nothing open."""
        wishes = (intent for intent in chat.intents if intent not in self._lines.passes)
        intent = next(wishes, None)
        conversation, slots = chat.conversation, chat.conversation.slots
        product_id = slots.get("product_id") or conversation.context.product_id
        words = self._lines.asked.get(intent or "")
        has_words = words is not None and words.key(product_id in self._shop.products) is not None
        return Asked(
            intent=intent if has_words else None,
            product_id=product_id if product_id in self._shop.products else None,
            order_id=conversation.context.order_id or slots.get("order_id"),
            at=chat.last_word,
            is_answered=chat.is_answered,
        )

    def _unpaid(self, now: datetime) -> Iterable[tuple[Conversation, Plan]]:
        oldest = now - timedelta(hours=self._policy.stale_hours)
        keep_hours = self._shop.policy.on_the_way.unpaid_keep_hours
        for order in self._orders.unpaid(oldest):
            plan = rules.unpaid(self._policy, order, keep_hours)
            yield from self._in_newest_chat(order.customer_id, plan, now)

    def _expiring(self, now: datetime) -> Iterable[tuple[Conversation, Plan]]:
        remind = {offer.id: offer.remind_days for offer in self._shop.policy.coupons}
        last = now.date() + timedelta(days=1 + max(remind.values(), default=1))
        for buyer, coupon in self._coupons.running_out(now.date(), last):
            days = remind.get(coupon.id, 1)
            plan = rules.coupon_expiry(self._policy, coupon, days, now.date())
            yield from self._in_newest_chat(buyer, plan, now)

    def _in_newest_chat(
        self, buyer: str, plan: Plan | None, now: datetime
    ) -> Iterable[tuple[Conversation, Plan]]:
        """Planned the day before it is due; who has no chat with the bot cannot be reached."""
        if plan and plan.due <= now + timedelta(days=1) and now <= plan.until:
            chat = self._store.newest_chat(buyer)
            if chat:
                yield chat, plan
