"""How the desk works, as the owner sets it: the section `desk` of `policy.yml`. Everything may be left out."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated

from pydantic import Field, model_validator

from bot.shop.records.record import Id, Record, Share

Count = Annotated[int, Field(ge=0)]
Hands = Annotated[int, Field(ge=1, le=50)]


class PriceOff(Record):
    """How far below the listed price a person may go, as a share of it; the floor price holds for everybody."""

    agent: Share = Decimal("0.05")
    supervisor: Share = Decimal("0.30")

    @model_validator(mode="after")
    def _supervisor_may_more(self) -> PriceOff:
        if self.agent > self.supervisor:
            raise ValueError(f"supervisor {self.supervisor} is below agent {self.agent}: raise it")
        return self


class DeskPolicy(Record):
    """Source: issue 5, "Agents"; shop-rules.md, "Handing over" (the golden six seconds)."""

    capacity: Hands = 8
    """Customers one person looks after at the same time."""
    capacities: dict[Id, Hands] = {}
    """Others than that, by user name: a beginner has fewer."""
    ring_first_seconds: Annotated[int, Field(ge=0, le=60)] = 6
    """A customer who comes back rings for the agent who served her alone for so long; 0 rings for all at once."""
    known_days: Count = 30
    """After so many days nobody remembers her any more; 0 never rings for one alone."""
    price_off: PriceOff = PriceOff()

    def capacity_of(self, username: str) -> int:
        return self.capacities.get(username, self.capacity)
