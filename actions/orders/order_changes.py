"""Another colour or size, a note, one parcel or two: read back, confirmed by a button, then done once."""

from __future__ import annotations

from typing import Any

from actions.after_sale.trouble import RECEIVED
from actions.common import shop_floor
from actions.common.base import BotAction
from actions.common.cards import variant_name
from actions.common.choosing import MOST, item_name, order_option, order_or_ask
from actions.common.turn import Turn
from actions.deciding.agreeing import settled_by
from actions.orders import own_variants
from actions.orders.first_piece import first_wished
from actions.orders.notes import noted, propose_note
from actions.orders.shared import NOT_SHIPPED, own_order, too_late
from actions.orders.stopping import packed_values
from actions.orders.variant_change import propose_variant, propose_variants, stop_for
from actions.talk.handoff import hand_over
from bot.placeholders import yuan
from bot.shop.orders import order_choice, order_note, own_words, variant_wish
from bot.shop.orders.order_note import About
from bot.shop.parcels import postage
from bot.shop.records import orders as rules
from bot.shop.records.orders import Change, NextBest, NotAllowed, Order
from bot.shop.talk import consent


class ModifyOrder(BotAction):
    """The order's state decides; what it allows is read back with a button, the rest gets its next best thing."""

    action = "action_modify_order"

    def act(self, turn: Turn) -> None:
        if agreed := settled_by(turn):
            turn.go_on_with(agreed)
            return
        draft: dict[str, Any] = turn.slot("draft") or {}
        if turn.words and own_words.Matter.PRICE_GAP in own_words.read(turn.words):
            turn.set(pending=turn.before("pending"))
            turn.say("utter_same_price")
            return
        if self._goes_if_gone(turn, draft) or self._is_left_alone(turn) or self._tells_postage(turn, draft):
            return
        swap = self._swap(turn)
        draft = swap or draft
        wish = "variant" if swap else self._wish(turn, draft)
        if wish == "merge" and not draft.get("other") and (pair := merge_pair(turn)):
            confirm_merge(turn, *pair)
            return
        order = self._order(turn, draft)
        if order is None:
            note = order_note.read(turn.words) if wish == "note" else None
            told = {"color": turn.entity("color"), "size": turn.entity("size")}
            told["note"] = note if isinstance(note, str) else None
            turn.set(draft={"wish": wish, **told} if wish else None)
            return
        if wish == "quantity":
            self._quantity(turn, order)
            return
        if wish == "note" and noted(turn, draft) in (About.ASKED, About.SAID):
            propose_note(turn, order, draft)  # to be told is possible in any state
            return
        if order.state in RECEIVED and wish in (None, "variant", "variants"):
            turn.set(draft=None)
            turn.go_on_with("action_exchange")
            return
        if draft.get("order") not in (None, order.id):
            draft = {"wish": draft.get("wish")}  # colour and size were told of another order
        answer = rules.may_change(order, Change("variant" if wish in (None, "variants") else wish))
        if isinstance(answer, NotAllowed):
            is_packed = answer.next_best is NextBest.STOP_IN_WAREHOUSE
            if is_packed and wish in (None, "variant", "variants") and self._offers(turn, order):
                PROPOSALS[wish or "variant"](turn, order, draft)
                return
            turn.set(draft=None)
            if not (swap and is_packed and stop_for(turn, order, draft)):
                too_late(turn, order, answer)
        else:
            PROPOSALS[wish or "variant"](turn, order, draft)

    @staticmethod
    def _swap(turn: Turn) -> dict[str, Any] | None:
        """Another size that the words name of a piece of hers, as a draft; an open one of the same piece is kept."""
        found = own_variants.swap_meant(turn) if turn.words else None
        if not found or found.order.state in RECEIVED:
            return None
        turn.talk_about(found.order)
        wished = {"wished": found.size, "wished_color": found.color}
        return {
            "wish": "variant",
            "order": found.order.id,
            "line": found.order.lines.index(found.line),
            **wished,
        }

    @staticmethod
    def _is_left_alone(turn: Turn) -> bool:
        """ "打底裤不动": that piece stays, and what is asked about another one stays open."""
        if not turn.words or own_variants.swap_meant(turn):
            return False
        found = variant_wish.left_alone(turn.shop, turn.orders, turn.words)
        if found is None:
            return False
        order, line = found
        turn.set(pending=turn.before("pending"))
        product = turn.shop.products[line.product_id]
        turn.say("utter_piece_stays", product=product.name, variant=variant_name(product, line.sku))
        return True

    @staticmethod
    def _tells_postage(turn: Turn, draft: dict[str, Any]) -> bool:
        """ "运费呢" while two orders wait to go together: told, and the two are read back once more."""
        order, other = own_order(turn, draft.get("order")), own_order(turn, draft.get("other"))
        if not order or not other or not own_words.asks_postage(turn.words):
            return False
        saved = postage.saved_together(turn.shop, order, other)
        turn.say("utter_merge_saves" if saved else "utter_merge_costs_nothing", amount=yuan(saved))
        confirm_merge(turn, order, other)
        return True

    @staticmethod
    def _goes_if_gone(turn: Turn, draft: dict[str, Any]) -> bool:
        """ "没货就退了那件" beside a change that stands: nothing of it is out of stock, else it was said already and a
        person gives the money for that piece back."""
        order = own_order(turn, draft.get("order"))
        if order is None or not turn.words or not own_words.gives_up_if_gone(turn.words):
            return False
        if draft.get("missing"):
            turn.set(draft=None)
            hand_over(turn, "beyond_authority", "utter_handoff_order_change")
            return True
        if draft.get("kind") not in ("variant", "variants"):
            return False
        turn.set(pending="action_apply_change", draft=draft)
        turn.say("utter_variants_all_there")
        return True

    @staticmethod
    def _order(turn: Turn, draft: dict[str, Any]) -> Order | None:
        """The one that is being changed, unless this message names another."""
        open_one = own_order(turn, draft.get("order"))
        is_elsewhere = open_one and not turn.is_about(open_one) and any(map(turn.is_about, turn.orders))
        return order_or_ask(turn, NOT_SHIPPED) if open_one is None or is_elsewhere else open_one

    @staticmethod
    def _wish(turn: Turn, draft: dict[str, Any]) -> str | None:
        if turn.entity("color") or turn.entity("size"):
            return "variant"
        heard = shop_floor.dialogue().hear("change", turn.words)
        if shop_floor.dialogue().hear("pieces_meant", turn.words) == "all" and heard is None:
            return "variant"
        if heard in (None, "variant") and turn.entity("quantity"):
            return "quantity"
        open_one = draft.get("wish") or draft.get("kind")
        return heard or (open_one if open_one in PROPOSALS else None)

    @staticmethod
    def _offers(turn: Turn, order: Order) -> bool:
        """A question stops no parcel: that it is packed is told, and what it would be instead read back for her yes."""
        if (turn.slot("draft") or {}).get("order") == order.id:
            return True
        if not turn.words or not consent.asks_back(turn.words):
            return False
        turn.say("utter_track_packed", **packed_values(turn, order))
        return True

    @staticmethod
    def _quantity(turn: Turn, order: Order) -> None:
        """More is a second order in the same parcel; fewer means money back, which a person settles."""
        wanted = int(turn.entity("quantity") or 0)
        answer = rules.may_change(order, Change.VARIANT)
        if isinstance(answer, NotAllowed):
            too_late(turn, order, answer)
        elif wanted > rules.pieces(order):
            turn.say("utter_more_pieces", item=item_name(turn, order))
        else:
            hand_over(turn, "beyond_authority", "utter_handoff_order_change")


def propose_merge(turn: Turn, order: Order, draft: dict[str, Any]) -> None:
    if asked_back := own_order(turn, draft.get("other")):
        confirm_merge(turn, order, asked_back)
        return
    others = rules.mergeable(order, turn.orders)
    if not others:
        turn.set(draft=None)
        turn.say("utter_merge_impossible", item=item_name(turn, order))
        return
    if len(others) > 1 and not turn.entity("order_id"):
        turn.set(pending="action_modify_order", draft={"wish": "merge", "order": order.id})
        options = [order_option(turn, other) for other in others[:MOST]]
        turn.say("utter_merge_with_which", card={"type": "choices", "title": "", "options": options})
        return
    chosen = own_order(turn, str(turn.entity("order_id"))) if len(others) > 1 else others[0]
    confirm_merge(turn, order, chosen if chosen in others else others[0])


def merge_pair(turn: Turn) -> tuple[Order, Order] | None:
    """The two orders a wish to merge names ("围巾跟袜子合并发"), or the only two that can go together."""
    if not turn.words:
        return None
    named = order_choice.all_meant(turn.shop, turn.orders, turn.words)
    possible = [order for order in turn.orders if rules.mergeable(order, turn.orders)]
    both = [order for order in named if order in possible] or (possible if len(named) != 1 else [])
    is_one_meant = not named and len(order_choice.narrowed(turn.shop, turn.orders, turn.words, turn.now)) == 1
    if len(both) != 2 or is_one_meant or both[1] not in rules.mergeable(both[0], both):
        return None
    return both[0], both[1]


def confirm_merge(turn: Turn, order: Order, other: Order) -> None:
    turn.talk_about(order)
    turn.set(pending="action_apply_change", draft={"kind": "merge", "order": order.id, "other": other.id})
    turn.say("utter_confirm_merge", item=item_name(turn, order), other=item_name(turn, other))


def propose_split(turn: Turn, order: Order, draft: dict[str, Any]) -> None:
    if rules.pieces(order) < 2:
        turn.set(draft=None)
        turn.say("utter_split_impossible", item=item_name(turn, order))
        return
    first = first_wished(turn, order)
    turn.set(pending="action_apply_change", draft={"kind": "split", "order": order.id, "first": first})
    if first:
        turn.say_words(shop_floor.dialogue().phrase("split", "first", first=first))
    turn.say("utter_confirm_split", item=item_name(turn, order))


PROPOSALS = {
    "variant": propose_variant,
    "variants": propose_variants,
    "note": propose_note,
    "merge": propose_merge,
    "split": propose_split,
}
"""What is heard (dialogue.yml, `heard.change`) → who reads it back."""
