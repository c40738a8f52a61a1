"""Tables of the desk (SQLAlchemy Core); the same on SQLite and PostgreSQL."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.types import TypeDecorator


class UtcDateTime(TypeDecorator[datetime]):
    """Aware datetimes in, aware UTC datetimes out; SQLite forgets the zone on its own."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value!r} has no time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Any) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


metadata = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _conversation_id(**options: Any) -> sa.Column[str]:
    key = sa.ForeignKey("conversations.id", ondelete="CASCADE")
    return sa.Column("conversation_id", sa.String(40), key, nullable=False, **options)


conversations = sa.Table(
    "conversations",
    metadata,
    sa.Column("id", sa.String(40), primary_key=True),
    sa.Column("customer_id", sa.String(80), nullable=False, index=True),
    sa.Column("customer_name", sa.String(80), nullable=False),
    sa.Column("customer_level", sa.String(40), nullable=False),
    sa.Column("customer_verified", sa.Boolean, nullable=False),
    sa.Column("product_id", sa.String(80)),
    sa.Column("order_id", sa.String(80)),
    sa.Column("page", sa.String(500)),
    sa.Column("owner", sa.String(10), nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("agent", sa.String(40)),
    sa.Column("reason", sa.String(40)),
    sa.Column("priority", sa.Integer, nullable=False),
    sa.Column("summary", sa.JSON, nullable=False),
    sa.Column("slots", sa.JSON, nullable=False),
    sa.Column("waiting_since", UtcDateTime),
    sa.Column("handed_over_at", UtcDateTime),
    sa.Column("tag", sa.String(200), nullable=False),
    sa.Column("handback", sa.JSON(none_as_null=True)),
    sa.Column("last_seq", sa.Integer, nullable=False),
    sa.Column("created_at", UtcDateTime, nullable=False),
    sa.Column("updated_at", UtcDateTime, nullable=False),
    sa.Column("closed_at", UtcDateTime),
    sa.Index("ix_conversations_queue", "owner", "priority", "waiting_since"),
    sa.Index("ix_conversations_owner_updated", "owner", "updated_at"),
)

messages = sa.Table(
    "messages",
    metadata,
    sa.Column("id", sa.String(40), primary_key=True),
    _conversation_id(),
    sa.Column("seq", sa.Integer, nullable=False),
    sa.Column("sender", sa.String(10), nullable=False),
    sa.Column("author", sa.String(80), nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("buttons", sa.JSON, nullable=False),
    sa.Column("card", sa.JSON(none_as_null=True)),
    sa.Column("image", sa.String(500)),
    sa.Column("payload", sa.String(500)),
    sa.Column("client_id", sa.String(80)),
    sa.Column("reply_to", sa.String(40), index=True),
    sa.Column("is_pending", sa.Boolean, nullable=False),
    sa.Column("nlu", sa.JSON(none_as_null=True)),
    sa.Column("source", sa.JSON(none_as_null=True)),
    sa.Column("created_at", UtcDateTime, nullable=False, index=True),
    sa.UniqueConstraint("conversation_id", "seq"),
    sa.UniqueConstraint("conversation_id", "sender", "client_id"),
    sa.Index(
        "ix_messages_pending",
        "conversation_id",
        "seq",
        sqlite_where=sa.text("is_pending = 1"),
        postgresql_where=sa.text("is_pending"),
    ),
)

shown_payloads = sa.Table(  # what a button of this conversation may send back
    "shown_payloads",
    metadata,
    _conversation_id(primary_key=True),
    sa.Column("payload", sa.String(500), primary_key=True),
    sa.Column("title", sa.String(200), nullable=False),
)

handoff_log = sa.Table(  # every ownership step, never changed: it replays to the current owner
    "handoff_log",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    _conversation_id(index=True),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("step", sa.String(10), nullable=False),
    sa.Column("old", sa.String(10), nullable=False),
    sa.Column("new", sa.String(10), nullable=False),
    sa.Column("who", sa.String(80), nullable=False),
    sa.Column("why", sa.String(200), nullable=False),
    sa.Column("at", UtcDateTime, nullable=False),
    sa.UniqueConstraint("conversation_id", "version"),
)

customer_tokens = sa.Table(
    "customer_tokens",
    metadata,
    sa.Column("hash", sa.String(64), primary_key=True),
    _conversation_id(index=True),
    sa.Column("created_at", UtcDateTime, nullable=False),
    sa.Column("expires_at", UtcDateTime, nullable=False),
)

agents = sa.Table(
    "agents",
    metadata,
    sa.Column("username", sa.String(40), primary_key=True),
    sa.Column("name", sa.String(40), nullable=False),
    sa.Column("role", sa.String(12), nullable=False),
    sa.Column("password_hash", sa.String(200), nullable=False),
    sa.Column("last_seen", UtcDateTime),
    sa.Column("created_at", UtcDateTime, nullable=False),
)

sessions = sa.Table(  # logins; only a hash of the cookie is kept
    "sessions",
    metadata,
    sa.Column("hash", sa.String(64), primary_key=True),
    sa.Column("username", sa.String(40), sa.ForeignKey("agents.username", ondelete="CASCADE"), index=True),
    sa.Column("created_at", UtcDateTime, nullable=False),
    sa.Column("expires_at", UtcDateTime, nullable=False),
)

promises = sa.Table(
    "promises",
    metadata,
    sa.Column("id", sa.String(40), primary_key=True),
    _conversation_id(index=True),
    sa.Column("text", sa.String(500), nullable=False),
    sa.Column("due", UtcDateTime),
    sa.Column("owner", sa.String(80), nullable=False),
    sa.Column("is_done", sa.Boolean, nullable=False),
    sa.Column("created_at", UtcDateTime, nullable=False),
    sa.Column("done_at", UtcDateTime),
)

notes = sa.Table(
    "notes",
    metadata,
    sa.Column("id", sa.String(40), primary_key=True),
    _conversation_id(index=True),
    sa.Column("author", sa.String(80), nullable=False),
    sa.Column("text", sa.String(2000), nullable=False),
    sa.Column("created_at", UtcDateTime, nullable=False),
)

tags = sa.Table(
    "tags",
    metadata,
    _conversation_id(primary_key=True),
    sa.Column("text", sa.String(80), primary_key=True),
    sa.Column("author", sa.String(80), nullable=False),
    sa.Column("created_at", UtcDateTime, nullable=False),
)

feedback = sa.Table(  # what the desk hears and cannot solve, by department
    "feedback",
    metadata,
    sa.Column("id", sa.String(40), primary_key=True),
    _conversation_id(index=True),
    sa.Column("message_id", sa.String(40)),
    sa.Column("department", sa.String(20), nullable=False),
    sa.Column("quote", sa.String(2000), nullable=False),
    sa.Column("author", sa.String(80), nullable=False),
    sa.Column("created_at", UtcDateTime, nullable=False),
)

ratings = sa.Table(
    "ratings",
    metadata,
    _conversation_id(primary_key=True),
    sa.Column("score", sa.Integer, nullable=False),
    sa.Column("text", sa.String(500), nullable=False),
    sa.Column("agent", sa.String(40)),
    sa.Column("created_at", UtcDateTime, nullable=False),
)

attachments = sa.Table(
    "attachments",
    metadata,
    sa.Column("id", sa.String(64), primary_key=True),
    _conversation_id(index=True),
    sa.Column("media_type", sa.String(40), nullable=False),
    sa.Column("body", sa.LargeBinary, nullable=False),
    sa.Column("created_at", UtcDateTime, nullable=False),
)

orders = sa.Table(
    "orders",
    metadata,
    sa.Column("id", sa.String(40), primary_key=True),
    sa.Column("customer_id", sa.String(80), nullable=False, index=True),
    sa.Column("placed_at", UtcDateTime, nullable=False),
    sa.Column("body", sa.JSON, nullable=False),
)

order_changes = sa.Table(  # why an order is no longer as it was placed
    "order_changes",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column(
        "order_id", sa.String(40), sa.ForeignKey("orders.id", ondelete="CASCADE"), nullable=False, index=True
    ),
    sa.Column("note", sa.String(500), nullable=False),
    sa.Column("at", UtcDateTime, nullable=False),
    sa.Column("compensated", sa.Numeric(12, 2)),  # yuan given back by it
    sa.Column("who", sa.String(40), nullable=False, server_default=""),  # the agent who gave it, "" the bot
)

bargains = sa.Table(  # how far a customer has haggled over a product, beyond the conversation
    "bargains",
    metadata,
    sa.Column("buyer", sa.String(80), primary_key=True),
    sa.Column("product_id", sa.String(80), primary_key=True),
    sa.Column("conversation_id", sa.String(40), nullable=False),
    sa.Column("state", sa.JSON, nullable=False),
    sa.Column("at", UtcDateTime, nullable=False),
)

grants = sa.Table(  # coupons, gifts and price differences given away
    "grants",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("kind", sa.String(12), nullable=False),
    sa.Column("what", sa.String(80), nullable=False),
    sa.Column("buyer", sa.String(80), nullable=False, index=True),
    sa.Column("reason", sa.String(120), nullable=False),
    sa.Column("conversation_id", sa.String(40), nullable=False),
    sa.Column("body", sa.JSON, nullable=False),
    sa.Column("at", UtcDateTime, nullable=False),
    sa.Column("who", sa.String(40), nullable=False, server_default=""),  # the agent who gave it, "" the bot
    sa.UniqueConstraint("kind", "what", "buyer", "reason"),
)

follow_ups = sa.Table(  # what the shop means to say, or said, after a chat (docs/follow-ups.md)
    "follow_ups",
    metadata,
    sa.Column("id", sa.String(40), primary_key=True),
    _conversation_id(index=True),
    sa.Column("customer_id", sa.String(80), nullable=False),
    sa.Column("occasion", sa.String(10), nullable=False),
    sa.Column("matter", sa.String(200), nullable=False),
    sa.Column("state", sa.String(10), nullable=False),
    sa.Column("why", sa.String(20), nullable=False),
    sa.Column("due", UtcDateTime, nullable=False),
    sa.Column("until", UtcDateTime, nullable=False),
    sa.Column("tag", sa.String(80), nullable=False),
    sa.Column("text_key", sa.String(60), nullable=False),
    sa.Column("facts", sa.JSON, nullable=False),
    sa.Column("message_id", sa.String(40)),
    sa.Column("planned_at", UtcDateTime, nullable=False),
    sa.Column("settled_at", UtcDateTime),
    sa.Column("seen_at", UtcDateTime),
    sa.Index("ix_follow_ups_state_due", "state", "due"),
    sa.Index(  # one matter is never followed up twice; only what was called off may be planned again
        "uq_follow_ups_matter",
        "customer_id",
        "matter",
        unique=True,
        sqlite_where=sa.text("state <> 'cancelled'"),
        postgresql_where=sa.text("state <> 'cancelled'"),
    ),
    sa.Index("ix_follow_ups_customer_id_settled_at", "customer_id", "settled_at"),
)

follow_up_customers = sa.Table(  # locked while something is sent to her; and who has refused, for ever
    "follow_up_customers",
    metadata,
    sa.Column("customer_id", sa.String(80), primary_key=True),
    sa.Column("refused_at", UtcDateTime),
)

suggestion_rejections = sa.Table(  # a script was suggested for a question and an agent would not say it
    "suggestion_rejections",
    metadata,
    sa.Column("id", sa.String(40), primary_key=True),
    _conversation_id(index=True),
    sa.Column("question", sa.String(500), nullable=False),
    sa.Column("faq_id", sa.String(120), nullable=False, index=True),
    sa.Column("script_id", sa.String(40), nullable=False),
    sa.Column("score", sa.Float, nullable=False),
    sa.Column("reason", sa.String(20), nullable=False),
    sa.Column("author", sa.String(80), nullable=False),
    sa.Column("created_at", UtcDateTime, nullable=False),
)
