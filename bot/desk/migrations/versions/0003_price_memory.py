"""Price memory: bargaining across conversations, coupons and gifts counted"""

import sqlalchemy as sa
from alembic import op

from bot.desk.schema import UtcDateTime

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "bargains",
        sa.Column("buyer", sa.String(80), nullable=False),
        sa.Column("product_id", sa.String(80), nullable=False),
        sa.Column("conversation_id", sa.String(40), nullable=False),
        sa.Column("state", sa.JSON, nullable=False),
        sa.Column("at", UtcDateTime, nullable=False),
        sa.PrimaryKeyConstraint("buyer", "product_id", name="pk_bargains"),
    )
    op.create_table(
        "grants",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("kind", sa.String(12), nullable=False),
        sa.Column("what", sa.String(80), nullable=False),
        sa.Column("buyer", sa.String(80), nullable=False),
        sa.Column("reason", sa.String(120), nullable=False),
        sa.Column("conversation_id", sa.String(40), nullable=False),
        sa.Column("body", sa.JSON, nullable=False),
        sa.Column("at", UtcDateTime, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_grants"),
        sa.UniqueConstraint("kind", "what", "buyer", "reason", name="uq_grants_kind_what_buyer_reason"),
    )
    op.create_index("ix_grants_buyer", "grants", ["buyer"])


def downgrade() -> None:
    op.drop_table("grants")
    op.drop_table("bargains")
