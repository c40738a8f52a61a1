"""How far a customer has come with a product, kept over the chat and beyond it.

Source: shop-rules.md, "Price" (002 四): the price comes down in steps, and no new chat begins them anew while the
policy's window lasts.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal
from typing import Any, Protocol


@dataclass(frozen=True)
class BargainState:
    """One customer and one product. `price` is the lowest stated so far for one of `pieces` pieces, yuan."""

    product_id: str = ""
    price: Decimal | None = None
    steps: int = 0
    refusals: int = 0
    threats: int = 0
    pieces: int = 1
    offered: tuple[str, ...] = ()
    """Kinds of compensation already put forward."""
    agreed: bool = False
    """The customer took the price: it is not bargained again."""

    def as_slot(self) -> dict[str, Any]:
        """For a tracker slot or a table: JSON values only."""
        price = None if self.price is None else str(self.price)
        return {**vars(self), "price": price, "offered": list(self.offered)}

    @classmethod
    def from_slot(cls, slot: Mapping[str, Any] | None) -> BargainState:
        if not slot:
            return cls()
        price = slot.get("price")
        known = {name: slot[name] for name in cls.__dataclass_fields__ if name in slot}
        read = {
            "price": None if price is None else Decimal(price),
            "offered": tuple(slot.get("offered") or ()),
        }
        return cls(**{**known, **read})


@dataclass(frozen=True)
class Kept:
    """A state and the conversation it was last said in."""

    state: BargainState
    conversation_id: str


class BargainStore(Protocol):
    """`buyer` is the signed customer's id, for a guest the conversation. Times are the shop's clock, without zone."""

    def kept(self, buyer: str, since: datetime) -> Mapping[str, Kept]:
        """Product id → where this buyer stands, as far as it was said at `since` or later."""

    def keep(self, buyer: str, state: BargainState, conversation_id: str, at: datetime) -> None: ...


@dataclass(frozen=True)
class Bargains:
    """All hagglings of one chat: each product has its own, threats are counted over all of them."""

    states: Mapping[str, BargainState] = field(default_factory=dict)
    current: str = ""
    """The product haggled over last."""

    @property
    def now(self) -> BargainState:
        return self.states.get(self.current, BargainState())

    def of(self, product_id: str) -> BargainState:
        """Where this product stands; threats made over another one are not forgotten."""
        state = self.states.get(product_id, BargainState(product_id))
        return replace(state, threats=max((each.threats for each in self.states.values()), default=0))

    def with_state(self, state: BargainState) -> Bargains:
        return Bargains({**self.states, state.product_id: state}, state.product_id)

    def remembering(self, kept: Mapping[str, Kept], conversation_id: str) -> Bargains:
        """With what was said in other chats. What this chat knows itself is its own tracker's word: a turn that
        failed and is repeated concedes nothing twice. Threats are this chat's own."""
        others = {
            product_id: replace(each.state, threats=0)
            for product_id, each in kept.items()
            if each.conversation_id != conversation_id
            and (product_id not in self.states or is_further(each.state, self.states[product_id]))
        }
        return Bargains({**self.states, **others}, self.current) if others else self

    def as_slot(self) -> dict[str, Any]:
        """The current state, with all of them under `all`."""
        states = {product_id: state.as_slot() for product_id, state in self.states.items()}
        return {**self.now.as_slot(), "all": states}

    @classmethod
    def from_slot(cls, slot: Mapping[str, Any] | None) -> Bargains:
        if not slot:
            return cls()
        current = BargainState.from_slot(slot)
        every = {
            product_id: BargainState.from_slot(each) for product_id, each in (slot.get("all") or {}).items()
        }
        named = {current.product_id: current} if current.product_id else {}
        return cls({**every, **named}, current.product_id)


def is_further(one: BargainState, other: BargainState) -> bool:
    """Whether more has been conceded in `one`."""
    return (one.steps, one.refusals) > (other.steps, other.refusals)
