"""Follow-ups after the chat, and who does not want any"""

import sqlalchemy as sa
from alembic import op

from bot.desk.schema import UtcDateTime

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "follow_ups",
        sa.Column("id", sa.String(40), nullable=False),
        sa.Column("conversation_id", sa.String(40), nullable=False),
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
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversations.id"],
            name="fk_follow_ups_conversation_id",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_follow_ups"),
    )
    op.create_index("ix_follow_ups_conversation_id", "follow_ups", ["conversation_id"])
    op.create_index("ix_follow_ups_state_due", "follow_ups", ["state", "due"])
    op.create_index("ix_follow_ups_customer_id_settled_at", "follow_ups", ["customer_id", "settled_at"])
    op.create_index(
        "uq_follow_ups_matter",
        "follow_ups",
        ["customer_id", "matter"],
        unique=True,
        sqlite_where=sa.text("state <> 'cancelled'"),
        postgresql_where=sa.text("state <> 'cancelled'"),
    )
    op.create_table(
        "follow_up_customers",
        sa.Column("customer_id", sa.String(80), nullable=False),
        sa.Column("refused_at", UtcDateTime),
        sa.PrimaryKeyConstraint("customer_id", name="pk_follow_up_customers"),
    )


def downgrade() -> None:
    op.drop_table("follow_up_customers")
    op.drop_table("follow_ups")
