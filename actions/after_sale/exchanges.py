"""Another size or colour for what was received: what is there, who pays, and a case at the end."""

from __future__ import annotations

from actions.after_sale.returns import MONEY_BACK, answer_in_general, say_deadline, wants
from actions.after_sale.trouble import RECEIVED, find_order, named_line
from actions.common import shop_floor
from actions.common.base import BotAction
from actions.common.cards import day
from actions.common.choosing import order_or_ask
from actions.common.turn import Turn, button, inform
from actions.deciding.agreeing import settled_by
from actions.orders.shared import NOT_SHIPPED, promise
from actions.products.stock import variant_button, variant_name
from actions.sizes.size import recommend, remember_measures
from bot.shop.after_sale import exchange
from bot.shop.after_sale.exchange import Step
from bot.shop.after_sale.remedies import exchange_deadline
from bot.shop.goods import stock
from bot.shop.orders import variant_wish
from bot.shop.records.model import Product, Variant
from bot.shop.records.orders import Order, OrderLine, OrderState
from bot.shop.sizes import sizing

MOST_VARIANTS = 3
"""Beside them stands the way to a return."""


def is_choosing(turn: Turn) -> bool:
    """Which one instead is open, and the message names one, however unsure its reading is ("要XL")."""
    if turn.before("pending") not in ("action_exchange", "action_settle_exchange"):
        return False
    product = turn.shop.products.get((turn.slot("draft") or {}).get("line") or "")
    is_named = product is not None and (turn.size_of(product) or turn.color_of(product))
    return bool(is_named) or turn.entity("size") is not None or turn.entity("color") is not None


class Exchange(BotAction):
    """Which order, which piece, which one instead; the stock decides before anything is promised."""

    action = "action_exchange"

    def act(self, turn: Turn) -> None:
        if agreed := settled_by(turn):
            turn.go_on_with(agreed)
            return
        if turn.intent == "ask_exchange":
            find_order(turn, must_be_there=False)
            if turn.entity("fault") and not self._names_one(turn) and turn.orders:
                turn.go_on_with("after_sale_form")  # 裂了要换新的: what is wrong decides, not another size
                return
            is_own = self._names_one(turn) or is_choosing(turn) or wants(turn, "exchange_wish")
            is_own = is_own or (turn.order is not None and variant_wish.only_asks_change(turn.words))
            if not turn.orders or not is_own:
                answer_in_general(turn, "ask_exchange")
                return
            leave_what_cannot_be(turn)
        order = order_or_ask(turn, RECEIVED)
        if order is None:
            return
        if order.state in NOT_SHIPPED or order.state is OrderState.SHIPPED:
            turn.go_on_with("action_modify_order")
        elif order.state is OrderState.REFUNDING and self._is_there(turn, order):
            return
        elif order.state in MONEY_BACK:
            turn.go_on_with("action_refund_status")
        else:
            self._received(turn, order)

    @staticmethod
    def _is_there(turn: Turn, order: Order) -> bool:
        """While the money is on its way back, another size of it is bought anew, or a person stops the refund."""
        line = order.lines[0]
        product = turn.shop.products[line.product_id]
        owned = next(v for v in product.variants if v.sku == line.sku)
        found = exchange.check(product, owned, turn.entity("color"), turn.entity("size"))
        if not isinstance(found, stock.InStock) or found.variants[0].sku == owned.sku:
            return False
        wished = found.variants[0]
        turn.say(
            "utter_exchange_refunding",
            product=product.name,
            variant=variant_name(wished.color, wished.size),
            left=wished.stock,
            counter=shop_floor.dialogue().phrase("counter", product.kind.value),
        )
        return True

    @staticmethod
    def _names_one(turn: Turn) -> bool:
        """She says which one, or what is wrong with hers ("小了能换吗")."""
        is_named = turn.entity("size") is not None or turn.entity("color") is not None
        return is_named or shop_floor.dialogue().hear("size_step", turn.words) is not None

    def _received(self, turn: Turn, order: Order) -> None:
        until = exchange_deadline(turn.shop.policy, order)
        if until is None or turn.now > until:
            turn.say("utter_exchange_over", order=order.id, days=turn.shop.policy.returns.exchange_days)
            return
        line = self._line(turn, order)
        if line is None:
            turn.set(pending=self.action, draft=draft_of(turn, order))
            names = [turn.shop.products[each.product_id] for each in order.lines]
            turn.say("utter_exchange_which", [button(p.name, inform(product=p.id)) for p in names[:4]])
            return
        product = turn.shop.products[line.product_id]
        owned = next(v for v in product.variants if v.sku == line.sku)
        turn.set(pending=self.action, draft={**draft_of(turn, order), "line": product.id})
        self._find(turn, order, product, owned)

    @staticmethod
    def _line(turn: Turn, order: Order) -> OrderLine | None:
        if len(order.lines) == 1:
            return order.lines[0]
        meant = named_line(turn) if turn.words or turn.entity("product") else None
        meant = meant or draft_of(turn, order).get("line")
        return next((line for line in order.lines if line.product_id == meant), None)

    def _find(self, turn: Turn, order: Order, product: Product, owned: Variant) -> None:
        """The wished one if it is there; else what is there; without a wish the question."""
        color, size = self._wish(turn, product, owned, draft_of(turn, order))
        turn.set(draft={**(turn.slot("draft") or {}), "color": color, "size": size})
        back = button(shop_floor.dialogue().phrase("button", "return"), "/ask_return")
        values = {"product": product.name, "order": order.id}
        if not color and not size:
            shown = [variant_button(v) for v in exchange.others(product, owned)[:MOST_VARIANTS]]
            turn.say("utter_exchange_for_what" if shown else "utter_exchange_none", [*shown, back], **values)
            return
        found = exchange.check(product, owned, color, size)
        if isinstance(found, stock.InStock) and found.variants[0].sku != owned.sku:
            self._confirm(turn, order, product, found.variants[0])
            return
        wished = variant_name(color or owned.color, size or owned.size)
        alternatives = [v for v in exchange.others(product, owned) if v.sku != owned.sku]
        if isinstance(found, stock.OutOfStock):
            alternatives = [v for v in found.alternatives if v.sku != owned.sku]
        shown = [variant_button(v) for v in alternatives[:MOST_VARIANTS]]
        restock = found.restock_on if isinstance(found, stock.OutOfStock) else None
        if isinstance(found, stock.InStock):
            turn.say("utter_exchange_same", [*shown, back], wished=wished, **values)
        elif restock:
            turn.say("utter_exchange_restocked", [*shown, back], wished=wished, day=day(restock), **values)
        else:
            turn.say("utter_exchange_sold_out", [*shown, back], wished=wished, **values)

    @staticmethod
    def _wish(turn: Turn, product: Product, owned: Variant, before: dict) -> tuple[str | None, str | None]:
        """Colour and size wished for: the last said ("37换38"), a step from the one she has, or said before."""
        sizes = [s for s in map(str, turn.entities("size")) if not stock.same_size(s, owned.size)]
        size = sizes[-1] if sizes else turn.size_of(product)
        told = shop_floor.dialogue().hear("size_step", turn.words)
        if size is None and told:
            size = exchange.next_size(product, owned.size, Step(told))
        color = turn.entity("color") or turn.color_of(product)
        return color or before.get("color"), size or before.get("size")

    @staticmethod
    def _doubt(turn: Turn, product: Product, wished: Variant) -> None:
        """Where her measures are known and the chart says another size, it is said before the parcel goes twice."""
        if product.size_chart is None:
            return
        remember_measures(turn, product)
        told = recommend(turn, product)
        if isinstance(told, sizing.Fits) and not stock.same_size(told.size, wished.size):
            turn.say("utter_exchange_size_doubt", wished=wished.size, fitting=told.size)

    def _confirm(self, turn: Turn, order: Order, product: Product, wished: Variant) -> None:
        turn.set(
            pending="action_settle_exchange",
            draft={"exchange": order.id, "line": product.id, "sku": wished.sku},
        )
        self._doubt(turn, product, wished)
        turn.say(
            f"utter_confirm_exchange_{turn.shop.policy.returns.exchange_postage.value}",
            order=order.id,
            product=product.name,
            variant=variant_name(wished.color, wished.size),
        )


def leave_what_cannot_be(turn: Turn) -> None:
    """An order whose goods never come in the size she names is not the one she wants to exchange."""
    size = turn.entity("size")
    if size is None or turn.entity("order_id") is not None:
        return
    fitting = [order for order in turn.orders if comes_in(turn, order, str(size))]
    if not fitting or (turn.order and turn.order in fitting):
        return
    turn.forget_order()
    wished = [each for each in fitting if each.state in (*RECEIVED, OrderState.REFUNDING)] or fitting
    if len(wished) == 1:
        turn.talk_about(wished[0])


def comes_in(turn: Turn, order: Order, size: str) -> bool:
    products = [turn.shop.products[line.product_id] for line in order.lines]
    return any(stock.same_size(size, each) for product in products for each in product.sizes)


def draft_of(turn: Turn, order: Order) -> dict:
    """What this exchange has come to so far; another order's counts for nothing."""
    draft = turn.slot("draft") or {}
    return draft if draft.get("exchange") == order.id else {"exchange": order.id}


class SettleExchange(BotAction):
    """Confirmed: the case with its due time, and what she does now. What sold out meanwhile is asked about anew."""

    action = "action_settle_exchange"

    def act(self, turn: Turn) -> None:
        draft, order = turn.slot("draft") or {}, turn.order
        product = turn.shop.products.get(draft.get("line") or "")
        wished = next((v for v in product.variants if v.sku == draft.get("sku")), None) if product else None
        if order is None or draft.get("exchange") != order.id or wished is None or wished.stock < 1:
            turn.go_on_with("action_exchange")
            return
        variant = variant_name(wished.color, wished.size)
        promise(turn, "exchange", order=order.id, product=product.name, variant=variant)
        turn.set(draft=None, settled={"order": order.id, "kind": "exchange", "amount": ""})
        turn.say(
            "utter_exchange_granted",
            order=order.id,
            product=product.name,
            variant=variant,
            address=turn.shop.policy.returns.address,
            until=day(exchange_deadline(turn.shop.policy, order)),
        )
        say_deadline(turn, order)
