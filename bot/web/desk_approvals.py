"""An agent asks for what is above her authority; a supervisor sees it with the chat's brief and says yes or no."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from bot.desk.brief import last_question
from bot.desk.conversations import Agent, Conversation, Role
from bot.desk.lines import words
from bot.desk.ownership import Owner
from bot.desk.people.approvals import Approval, ApprovalKind, ApprovalState, Settled, Wish
from bot.desk.shapes import customer_shape, moment
from bot.desk.threads import in_thread
from bot.placeholders import yuan
from bot.shop.after_sale.remedy_board import Obstacle
from bot.shop.prices.desk_rules import PriceRuling, price_ruling
from bot.shop.records.remedy_policy import RemedyKind
from bot.web.auth import AtTheDesk, LoggedIn
from bot.web.desk_authority import check_price, limit_of, off_of
from bot.web.desk_orders import Price
from bot.web.desk_remedies import Trouble, own_order, rows_of
from bot.web.gateway import Gateway, GatewayOf
from bot.web.problems import Problem

router = APIRouter(prefix="/api/desk", tags=["desk"])
Json = dict[str, Any]
Why = Annotated[str, Field(min_length=2, max_length=500)]


class RemedyWish(Trouble):
    model_config = ConfigDict(str_strip_whitespace=True)
    remedy: RemedyKind
    reason: Why


class PriceWish(BaseModel):
    """One piece of a product for so much."""

    model_config = ConfigDict(str_strip_whitespace=True)
    product_id: Annotated[str, Field(min_length=1, max_length=80)]
    price: Price
    reason: Why


class Decision(BaseModel):
    model_config = ConfigDict(str_strip_whitespace=True)
    approve: bool
    word: Annotated[str, Field(max_length=500)] = ""


@router.post("/conversations/{conversation_id}/approvals/remedy", status_code=201)
async def ask_remedy(conversation_id: str, body: RemedyWish, agent: AtTheDesk, gateway: GatewayOf) -> Json:
    """One step of the ladder that costs more than this agent may give away."""
    conversation = await _held(gateway, conversation_id, agent)
    _, rows = await rows_of(gateway, agent, conversation, body)
    row = next(each for each in rows if each.option.kind is body.remedy)
    if row.obstacle is not Obstacle.BEYOND_AUTHORITY:
        raise Problem("not-possible" if row.obstacle else "within-authority", 409)
    title = words("order_actions", "remedy_wish", title=row.option.title, amount=yuan(row.option.amount))
    what = {
        "order": body.order_id,
        "sku": body.sku,
        "remedy": body.remedy.value,
        "cost": str(row.option.cost),
    }
    cost = yuan(row.option.cost)
    wish = Wish(conversation_id, ApprovalKind.REMEDY, what, title, cost, body.reason, agent.username)
    return await _asked(gateway, wish)


@router.post("/conversations/{conversation_id}/approvals/price", status_code=201)
async def ask_price(conversation_id: str, body: PriceWish, agent: AtTheDesk, gateway: GatewayOf) -> Json:
    """A price below this agent's share; below the floor it cannot even be asked for."""
    await _held(gateway, conversation_id, agent)
    product = gateway.shop.products.get(body.product_id)
    if product is None:
        raise Problem("not-found", 404)
    ruling = price_ruling(product, product.price, body.price, off_of(gateway, agent))
    if ruling is PriceRuling.WITHIN:
        raise Problem("within-authority", 409)
    if ruling is not PriceRuling.ABOVE:
        check_price(ruling)
    filled = {"product": product.name, "price": yuan(body.price), "listed": yuan(product.price)}
    title = words("order_actions", "price_wish", **filled)
    what = {"product": product.id, "price": str(body.price)}
    cost = yuan(product.price - body.price)
    wish = Wish(conversation_id, ApprovalKind.PRICE, what, title, cost, body.reason, agent.username)
    return await _asked(gateway, wish)


@router.get("/approvals")
async def approvals(agent: LoggedIn, gateway: GatewayOf) -> list[Json]:
    """What waits for a supervisor, the oldest first, each with its conversation's brief; an agent sees her own."""
    found = await in_thread(gateway.desk.approvals.open)
    mine = [each for each in found if agent.role is Role.SUPERVISOR or each.asked_by == agent.username]
    return [await approval_shape(gateway, each, with_brief=True) for each in mine]


@router.post("/approvals/{approval_id}/decision")
async def decide(approval_id: str, body: Decision, agent: AtTheDesk, gateway: GatewayOf) -> Json:
    """Yes or no, once; nobody says yes to herself, nor to more than she may give away."""
    approval = await in_thread(gateway.desk.approvals.get, approval_id)
    if agent.role is not Role.SUPERVISOR or approval.asked_by == agent.username:
        raise Problem("not-allowed", 403)
    if body.approve:
        await _check_authority(gateway, agent, approval)
    state = ApprovalState.APPROVED if body.approve else ApprovalState.DECLINED
    return await _settled(gateway, approval_id, state, agent, body.word)


@router.post("/approvals/{approval_id}/withdraw")
async def withdraw(approval_id: str, agent: AtTheDesk, gateway: GatewayOf) -> Json:
    """By who asked, while it is open."""
    approval = await in_thread(gateway.desk.approvals.get, approval_id)
    if approval.asked_by != agent.username:
        raise Problem("not-allowed", 403)
    return await _settled(gateway, approval_id, ApprovalState.WITHDRAWN, agent, "")


async def approval_shape(gateway: Gateway, approval: Approval, with_brief: bool = False) -> Json:
    shape = {
        "id": approval.id,
        "conversation_id": approval.conversation_id,
        "kind": approval.kind.value,
        "what": approval.what,
        "title": approval.title,
        "cost": approval.cost,
        "reason": approval.reason,
        "asked_by": approval.asked_by,
        "asked_by_name": await _name(gateway, approval.asked_by),
        "asked_at": moment(approval.asked_at),
        "state": approval.state.value,
        "decided_by_name": await _name(gateway, approval.decided_by),
        "decided_at": moment(approval.decided_at),
        "word": approval.word,
    }
    return shape | (await _brief(gateway, approval) if with_brief else {})


async def _brief(gateway: Gateway, approval: Approval) -> Json:
    conversation = await in_thread(gateway.desk.conversations.get, approval.conversation_id)
    transcript = await in_thread(gateway.desk.conversations.messages, approval.conversation_id)
    return {
        "customer": customer_shape(conversation.customer),
        "summary": list(conversation.summary),
        "last_question": last_question(transcript),
    }


async def _name(gateway: Gateway, username: str | None) -> str:
    team = await in_thread(gateway.desk.agents.everyone)
    return next((each.name for each in team if each.username == username), username or "")


async def _held(gateway: Gateway, conversation_id: str, agent: Agent) -> Conversation:
    conversation = await in_thread(gateway.desk.conversations.get, conversation_id)
    if (conversation.owner, conversation.agent) != (Owner.HUMAN, agent.username):
        raise Problem("not-yours", 409)
    return conversation


async def _asked(gateway: Gateway, wish: Wish) -> Json:
    approval = await in_thread(gateway.desk.approvals.ask, wish)
    return await _tell(gateway, approval)


async def _settled(gateway: Gateway, approval_id: str, state: ApprovalState, agent: Agent, word: str) -> Json:
    try:
        approval = await in_thread(gateway.desk.approvals.settle, approval_id, state, agent.username, word)
    except Settled:
        raise Problem("approval-settled", 409) from None
    return await _tell(gateway, approval)


async def _tell(gateway: Gateway, approval: Approval) -> Json:
    shape = await approval_shape(gateway, approval, with_brief=True)
    await gateway.notices.approval(shape)
    return shape


async def _check_authority(gateway: Gateway, agent: Agent, approval: Approval) -> None:
    """What was given on the order since it was asked for counts, too."""
    if approval.kind is ApprovalKind.PRICE:
        product = gateway.shop.products.get(approval.what["product"])
        if product is None:
            raise Problem("not-found", 404)
        price = Decimal(approval.what["price"])
        check_price(price_ruling(product, product.price, price, off_of(gateway, agent)))
        return
    conversation = await in_thread(gateway.desk.conversations.get, approval.conversation_id)
    order = await own_order(gateway, conversation, approval.what["order"])
    if Decimal(approval.what["cost"]) + order.compensated > limit_of(gateway, agent):
        raise Problem("beyond-authority", 403)
