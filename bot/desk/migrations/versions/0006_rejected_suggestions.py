"""Suggestions that agents would not say, with the reason, for the trainers"""

import sqlalchemy as sa
from alembic import op

from bot.desk.schema import UtcDateTime

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "suggestion_rejections",
        sa.Column("id", sa.String(40), nullable=False),
        sa.Column("conversation_id", sa.String(40), nullable=False),
        sa.Column("question", sa.String(500), nullable=False),
        sa.Column("faq_id", sa.String(120), nullable=False),
        sa.Column("script_id", sa.String(40), nullable=False),
        sa.Column("score", sa.Float, nullable=False),
        sa.Column("reason", sa.String(20), nullable=False),
        sa.Column("author", sa.String(80), nullable=False),
        sa.Column("created_at", UtcDateTime, nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversations.id"],
            name="fk_suggestion_rejections_conversation_id",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_suggestion_rejections"),
    )
    for column in ("conversation_id", "faq_id"):
        op.create_index(f"ix_suggestion_rejections_{column}", "suggestion_rejections", [column])


def downgrade() -> None:
    op.drop_table("suggestion_rejections")
