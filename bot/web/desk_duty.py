"""What an agent has set herself to, who else is there, and who is looking at which conversation."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends
from pydantic import BaseModel

from bot.desk.conversations import Agent, Role
from bot.desk.people.duty import OnDuty, Presence
from bot.desk.threads import in_thread
from bot.shop.records.desk_policy import Hands
from bot.web.auth import AtTheDesk, LoggedIn, with_role
from bot.web.gateway import GatewayOf

router = APIRouter(prefix="/api/desk", tags=["desk"])
Json = dict[str, Any]
Supervisor = Annotated[Agent, Depends(with_role(Role.SUPERVISOR))]


class DutyIn(BaseModel):
    presence: Presence


class CapacityIn(BaseModel):
    capacity: Hands | None


@router.get("/agents")
async def agents(agent: LoggedIn, gateway: GatewayOf) -> list[Json]:
    """Everybody of the shop, who is there and how many customers she has, for transfers."""
    return [duty_shape(each) for each in await in_thread(gateway.desk.duty.everyone)]


@router.get("/duty")
async def duty(agent: LoggedIn, gateway: GatewayOf) -> Json:
    """The caller's own line of `agents`."""
    return duty_shape(await in_thread(gateway.desk.duty.of, agent.username))


@router.post("/duty")
async def set_duty(body: DutyIn, agent: AtTheDesk, gateway: GatewayOf) -> Json:
    """`online`, `rest` (keeps her chats, is offered none) or `away` (her chats are queued again after a minute)."""
    found = await in_thread(gateway.desk.duty.set, agent.username, body.presence)
    await gateway.notices.on_duty(found)
    return duty_shape(found)


@router.put("/agents/{username}/capacity")
async def set_capacity(username: str, body: CapacityIn, supervisor: Supervisor, gateway: GatewayOf) -> Json:
    """How many customers somebody looks after at the same time; null: as the shop's policy says.

    Whom she has already stays with her.
    """
    setting = gateway.desk.duty.set_capacity
    found = await in_thread(setting, username, body.capacity, supervisor.username)
    await gateway.notices.on_duty(found)
    return duty_shape(found)


def duty_shape(found: OnDuty) -> Json:
    return {
        "username": found.username,
        "name": found.name,
        "role": found.role.value,
        "is_online": found.is_online,
        "presence": found.presence.value,
        "load": found.load,
        "capacity": found.capacity,
    }
