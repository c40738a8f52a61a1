"""The stores of the desk, opened together."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from bot.desk.aftercare.follow_ups import FollowUpStore
from bot.desk.agent_tools.rejections import Rejections
from bot.desk.back_office.order_actions import OrderActions
from bot.desk.database import migrate, open_database
from bot.desk.handoffs import Handoffs
from bot.desk.marks import MarkStore
from bot.desk.people.agents import AgentStore
from bot.desk.people.approvals import Approvals
from bot.desk.people.duty import Duty
from bot.desk.queue import Queue
from bot.desk.records import Records
from bot.desk.store import ConversationStore
from bot.shop.records.desk_policy import DeskPolicy


@dataclass(frozen=True)
class Desk:
    """Everything that is kept; all of it blocking (see `bot.desk.threads`)."""

    engine: sa.Engine
    conversations: ConversationStore
    handoffs: Handoffs
    queue: Queue
    records: Records
    agents: AgentStore
    duty: Duty
    follow_ups: FollowUpStore
    marks: MarkStore
    rejections: Rejections
    approvals: Approvals
    order_actions: OrderActions


def open_desk(database_url: str, policy: DeskPolicy | None = None) -> Desk:
    """Open the database, bringing its tables up to date."""
    engine = open_database(database_url)
    migrate(engine)
    policy = policy or DeskPolicy()
    return Desk(
        engine,
        ConversationStore(engine),
        Handoffs(engine),
        Queue(engine, policy),
        Records(engine),
        AgentStore(engine),
        Duty(engine, policy),
        FollowUpStore(engine),
        MarkStore(engine),
        Rejections(engine),
        Approvals(engine),
        OrderActions(engine),
    )
