"""The stores of the desk, opened together."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from bot.desk.agents import AgentStore
from bot.desk.approvals import Approvals
from bot.desk.database import migrate, open_database
from bot.desk.duty import Duty
from bot.desk.follow_ups import FollowUpStore
from bot.desk.handoffs import Handoffs
from bot.desk.marks import MarkStore
from bot.desk.order_actions import OrderActions
from bot.desk.queue import Queue
from bot.desk.records import Records
from bot.desk.rejections import Rejections
from bot.desk.store import ConversationStore
from bot.shop.desk_policy import DeskPolicy


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
