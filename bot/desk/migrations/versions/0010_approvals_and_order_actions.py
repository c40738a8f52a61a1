"""What agents ask supervisors for, and what is done with an order out of a conversation"""

import sqlalchemy as sa
from alembic import op

from bot.desk.schema import UtcDateTime

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "approvals",
        sa.Column("id", sa.String(40), nullable=False),
        sa.Column("conversation_id", sa.String(40), nullable=False),
        sa.Column("kind", sa.String(12), nullable=False),
        sa.Column("what", sa.JSON, nullable=False),
        sa.Column("title", sa.String(300), nullable=False),
        sa.Column("cost", sa.String(20), nullable=False),
        sa.Column("reason", sa.String(500), nullable=False),
        sa.Column("asked_by", sa.String(40), nullable=False),
        sa.Column("asked_at", UtcDateTime, nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("decided_by", sa.String(40)),
        sa.Column("decided_at", UtcDateTime),
        sa.Column("word", sa.String(500), nullable=False),
        _conversation("approvals"),
        sa.PrimaryKeyConstraint("id", name="pk_approvals"),
    )
    op.create_index("ix_approvals_conversation_id", "approvals", ["conversation_id"])
    op.create_index("ix_approvals_state", "approvals", ["state"])
    op.create_table(
        "order_actions",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("conversation_id", sa.String(40), nullable=False),
        sa.Column("order_id", sa.String(40), nullable=False),
        sa.Column("kind", sa.String(12), nullable=False),
        sa.Column("text", sa.String(500), nullable=False),
        sa.Column("cost", sa.String(20), nullable=False),
        sa.Column("who", sa.String(40), nullable=False),
        sa.Column("ref", sa.String(100), nullable=False),
        sa.Column("at", UtcDateTime, nullable=False),
        _conversation("order_actions"),
        sa.PrimaryKeyConstraint("id", name="pk_order_actions"),
        sa.UniqueConstraint("conversation_id", "ref", name="uq_order_actions_conversation_id_ref"),
    )
    op.create_index("ix_order_actions_order_id", "order_actions", ["order_id"])


def _conversation(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["conversation_id"], ["conversations.id"], name=f"fk_{table}_conversation_id", ondelete="CASCADE"
    )


def downgrade() -> None:
    op.drop_table("order_actions")
    op.drop_table("approvals")
