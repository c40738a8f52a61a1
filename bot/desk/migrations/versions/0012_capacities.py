"""How many customers a supervisor lets one person look after, beside the policy"""

import sqlalchemy as sa
from alembic import op

from bot.desk.schema import UtcDateTime

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "capacities",
        sa.Column(
            "username", sa.String(40), sa.ForeignKey("agents.username", ondelete="CASCADE"), primary_key=True
        ),
        sa.Column("capacity", sa.Integer, nullable=False),
        sa.Column("set_by", sa.String(40), nullable=False),
        sa.Column("set_at", UtcDateTime, nullable=False),
    )


def downgrade() -> None:
    op.drop_table("capacities")
