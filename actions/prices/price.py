"""What it costs: every offer the customer qualifies for, and how it adds up. Amounts come from bot.shop only."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from actions.common import shop_floor
from actions.common.base import BotAction
from actions.common.cards import day
from actions.common.choosing import ask_which_product
from actions.common.turn import Turn, button
from actions.parcels.postage import is_place_told, say_postage
from actions.prices import giving, own_coupon, price_beside, waiting
from actions.prices.bargain import hand_over_bulk
from actions.prices.bargain_answers import counter, promise_due, values
from actions.prices.bargain_memory import remembered, situation
from actions.prices.goods import ask_which, goods_of, item_names
from actions.prices.price_talk import last_action
from actions.products.product import say_unsold
from bot.placeholders import yuan
from bot.shop.goods import stock
from bot.shop.prices import bargaining, price_words, pricing
from bot.shop.prices.bargain_state import Bargains
from bot.shop.prices.together import Goods
from bot.shop.records.model import Product, Shop
from bot.shop.records.offers import Promotion, PromotionKind

__all__ = ["Price", "promise_due"]

HAGGLING = ("action_bargain", "action_accept_price")
ABOUT_THE_SUM = ("how", "short")
"""Questions about the sum that was told, whatever it was made of."""


class Price(BotAction):
    """The price with every offer this customer qualifies for, also for those who do not haggle."""

    action = "action_price"

    def act(self, turn: Turn) -> None:
        if say_unsold(turn):
            return
        if hand_over_bulk(turn):
            return
        if turn.product and waiting.asked_about(turn) and waiting.say_later(turn):
            return
        if turn.product and say_each(turn, turn.product):
            return
        words = shop_floor.dialogue()
        if last_action(turn) in HAGGLING and words.hear("haggling", turn.words) and turn.product:
            turn.go_on_with("action_bargain")  # "还是贵" is no question after an offer
            return
        wish = turn.entity("reason") or words.hear("price_question", turn.words)
        is_total = words.hear("together", turn.words) == "named"
        is_total = is_total or price_words.asks_total(turn.words)
        is_of_all = is_total or own_coupon.is_meant(turn) or _to_a_place(turn)
        goods = goods_of(turn, wish in ABOUT_THE_SUM or is_of_all or is_place_told(turn))
        if not goods.items and (own := turn.hers()):
            goods = Goods((pricing.Item(own),))
        if not goods.items:
            if goods.choices:
                ask_which(turn, goods.choices, adds=False)
            else:
                ask_which_product(turn)
            return
        given = giving.welcome(turn)
        quote = quote_of(turn, goods.items)
        if own_coupon.is_meant(turn):
            own_coupon.say(turn, quote, agreed_price(turn, quote))
            return
        agreed = agreed_price(turn, quote)
        won = won_sum(turn, quote)
        is_won = wish is None and agreed is not None
        if is_won:
            say_conceded(turn, quote.items[0].product)
        elif wish is None and won:
            say_won_sum(turn, won)
        else:
            self._answer(turn, quote, wish)
        if goods.choices:
            ask_which(turn, goods.choices, adds=True)
        elif wish not in ABOUT_THE_SUM and wish != "deposit":
            say_postage(turn, quote.items, agreed or (won.total if won else quote.final_price), is_total)
        if len(quote.items) == 1 and not is_won:
            say_conceded(turn, quote.items[0].product)
        for each in goods.picked:
            others = shop_floor.dialogue().phrase("list", "and").join(p.name for p in each.others)
            turn.say("utter_price_picked", said=each.said, product=each.product.name, others=others)
        price_beside.say(turn, quote.items)
        if given:
            giving.say_welcome(turn, given)

    @staticmethod
    def _answer(turn: Turn, quote: pricing.Quote, wish: str | None) -> None:
        product = quote.items[0].product
        if wish == "how" and quote.lines:
            explain(turn, quote)
        elif wish == "short":
            say_short(turn, quote)
        elif wish == "deposit" and quote.deposit is None:
            turn.say("utter_price_no_deposit", product=product.name, final_price=yuan(quote.final_price))
        else:
            more = more_pieces(turn, product, quote)
            tell(turn, quote, is_more=bool(more or quote.nearby))
            say_more(turn, product, quote, more)


def say_each(turn: Turn, product: Product) -> bool:
    """ "一个多少钱平均" of what is sold in packs: each pack's price for one piece; "一个价吗" of any: one for all."""
    sold, heard = stock.packs(product), shop_floor.dialogue().hear
    asks_same = heard("same_price", turn.words) is not None
    if asks_same and not sold:
        turn.say("utter_price_same", product=product.name, price=yuan(product.price))
    if not sold or (not asks_same and heard("on_average", turn.words) is None):
        return asks_same
    words, cent = shop_floor.dialogue(), Decimal("0.1")
    lines = [
        words.phrase("pack", "one", size=size, each=yuan((product.price / pieces).quantize(cent)))
        for size, (pieces, _) in sold.items()
    ]
    turn.say("utter_price_each", product=product.name, price=yuan(product.price), lines="，".join(lines))
    return True


def quote_of(turn: Turn, items: Iterable[pricing.Item]) -> pricing.Quote:
    return pricing.basket(turn.shop, items, turn.customer, turn.today, giving.reserved(turn))


def tell(turn: Turn, quote: pricing.Quote, is_more: bool) -> None:
    """`is_more`: an offer that is not reached yet is told next."""
    told = {"item": item_names(quote.items), "list_price": yuan(quote.list_price)}
    if not quote.lines:
        turn.say("utter_price_only" if is_more else "utter_price", **told)
        return
    offers = "，".join(offer_in_words(turn.shop, line) for line in quote.lines)
    words = shop_floor.dialogue()
    how = [button(words.phrase("button", "how"), '/ask_price{"reason":"how"}')]
    is_long = len([line for line in quote.lines if line.saving]) > 1
    turn.say(
        "utter_price_with_offers",
        how if is_long else [],
        final_price=yuan(quote.final_price),
        offers=offers,
        **told,
    )


MorePieces = tuple[Promotion, pricing.Quote]


def more_pieces(turn: Turn, product: Product, quote: pricing.Quote) -> MorePieces | None:
    """第二件半价 for who asks about fewer."""
    only = quote.items[0].quantity if len(quote.items) == 1 else 0
    return pricing.nth_piece_offer(turn.shop, product, only, turn.customer, turn.today) if only else None


def say_more(turn: Turn, product: Product, quote: pricing.Quote, more: MorePieces | None) -> None:
    """At most one fact beyond the price: the deposit if there is one, else what more goods would bring."""
    if quote.deposit:
        say_deposit(turn, quote.deposit)
    elif more:
        promotion, bigger = more
        told = {"pieces": bigger.items[0].quantity, "final_price": yuan(bigger.final_price)}
        turn.say("utter_price_nth_piece", offer=promotion.title, counter=counter(product), **told)
    elif quote.nearby:
        short, title = yuan(quote.nearby.short_by), quote.nearby.promotion.title
        turn.say("utter_price_nearby", short_by=short, offer=title)


def say_deposit(turn: Turn, deposit: pricing.Deposit) -> None:
    turn.say(
        "utter_price_deposit",
        deposit=yuan(deposit.now),
        balance=yuan(deposit.balance),
        starts=day(deposit.starts),
        ends=day(deposit.ends),
    )


def _to_a_place(turn: Turn) -> bool:
    """ "寄到西安多少" after a sum: all of it is sent there."""
    return bool(turn.before("basket")) and turn.entity("region") is not None and not turn.is_product_named


def _is_meant(turn: Turn, promotion: Promotion) -> bool:
    """凑满减: an offer that takes something off, before one that gives something."""
    takes_off = promotion.kind is PromotionKind.REDUCTION
    return takes_off or not price_words.takes_off(turn.words)


def say_short(turn: Turn, quote: pricing.Quote) -> None:
    """再买多少能满减: the nearest threshold, something that reaches it, and what all of it then costs."""
    ahead = sorted(quote.ahead, key=lambda each: not _is_meant(turn, each.promotion))
    nearest = next(iter(ahead), None)
    if nearest is None:
        turn.say(
            "utter_price_nothing_ahead", item=item_names(quote.items), final_price=yuan(quote.final_price)
        )
        return
    told = {"short_by": yuan(nearest.short_by), "offer": nearest.promotion.title}
    told["item"] = item_names(quote.items)
    fitting = pricing.fill_up(turn.shop, [item.product for item in quote.items], nearest)
    if fitting:
        more = quote_of(turn, (*quote.items, pricing.Item(fitting)))
        told |= {"match": fitting.name, "price": yuan(fitting.price), "total": yuan(more.final_price)}
        turn.say("utter_price_short_with", **told)
    else:
        turn.say("utter_price_short", **told)


def explain(turn: Turn, quote: pricing.Quote) -> None:
    """怎么算的: one line for each step, and what is left after it."""
    words = shop_floor.dialogue()
    first = words.phrase("sum_line", "listed", item=item_names(quote.items), amount=yuan(quote.list_price))
    steps = [first, *(line_in_words(turn, line) for line in quote.lines)]
    turn.say("utter_price_explained", steps="\n".join(steps), final_price=yuan(quote.final_price))
    if quote.deposit:
        say_deposit(turn, quote.deposit)


def line_in_words(turn: Turn, line: pricing.Offer) -> str:
    words = shop_floor.dialogue()
    if line.kind == "gift":
        return offer_in_words(turn.shop, line)
    key = "capped" if line.asked > line.saving else "taken"
    told = {"saving": yuan(line.saving), "asked": yuan(line.asked), "left": yuan(line.left)}
    return words.phrase("sum_line", key, offer=offer_name(line), **told)


def offer_name(line: pricing.Offer) -> str:
    return shop_floor.dialogue().phrase("offer_name", line.kind, title=line.title)


def offer_in_words(shop: Shop, offer: pricing.Offer) -> str:
    words = shop_floor.dialogue()
    if offer.kind == "gift":
        gift = shop.product_of_sku(offer.gift_sku or "")
        return words.phrase("offer", "gift", title=offer.title, gift=gift.name if gift else "")
    told = words.phrase("offer", offer.kind, title=offer.title, saving=yuan(offer.saving))
    is_capped = offer.kind == "nth_piece" and offer.asked > offer.saving
    return told + words.phrase("offer", "capped", asked=yuan(offer.asked)) if is_capped else told


def agreed_price(turn: Turn, quote: pricing.Quote) -> Decimal | None:
    """What haggling has won for this very thing, all pieces together; None where nothing was."""
    item = quote.items[0]
    state = remembered(turn, Bargains.from_slot(turn.slot("bargain"))).of(item.product.id)
    if len(quote.items) > 1 or state.price is None or state.pieces != item.quantity:
        return None
    price = max(state.price, item.product.floor_price) * item.quantity
    return price if price < quote.final_price else None


@dataclass(frozen=True)
class WonSum:
    """Several goods of which some have a price won by haggling; the others count at their list price, for what offers
    there are the won price has used up already."""

    won: tuple[pricing.Item, ...]
    rest: tuple[pricing.Item, ...]
    won_for: Decimal
    total: Decimal


def won_sum(turn: Turn, quote: pricing.Quote) -> WonSum | None:
    """The sum with the prices won, where it is lower than all offers together; None for a single product."""
    if len(quote.items) < 2:
        return None
    states = remembered(turn, Bargains.from_slot(turn.slot("bargain")))
    prices: dict[str, Decimal] = {}
    for item in quote.items:
        state = states.of(item.product.id)
        if state.agreed and state.price is not None and state.pieces == item.quantity:
            prices[item.product.id] = max(state.price, item.product.floor_price) * item.quantity
    won = tuple(item for item in quote.items if item.product.id in prices)
    rest = tuple(item for item in quote.items if item.product.id not in prices)
    won_for = sum(prices.values(), Decimal(0))
    total = won_for + sum((item.product.price * item.quantity for item in rest), Decimal(0))
    return WonSum(won, rest, won_for, total) if won and rest and total < quote.final_price else None


def say_won_sum(turn: Turn, found: WonSum) -> None:
    turn.say(
        "utter_price_won_sum",
        won=item_names(found.won),
        won_for=yuan(found.won_for),
        rest=item_names(found.rest),
        rest_for=yuan(found.total - found.won_for),
        total=yuan(found.total),
    )


def say_conceded(turn: Turn, product: Product) -> None:
    """A price won by haggling, in this chat or in one before, still stands."""
    bargains = remembered(turn, Bargains.from_slot(turn.slot("bargain")))
    if product.id not in bargains.states:
        return
    state = bargains.of(product.id)
    today = situation(turn, product, state.pieces).price
    state = bargaining.standing(turn.shop.policy, product, state, today, state.pieces)
    if state.price is not None and state.price < today:
        turn.set(pending="action_accept_price", bargain=bargains.with_state(state).as_slot())
        response = "utter_price_agreed" if state.agreed else "utter_price_conceded"
        turn.say(response, **values(turn, product, state))
