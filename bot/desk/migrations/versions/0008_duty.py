"""What an agent has set: online, a short rest, away"""

import sqlalchemy as sa
from alembic import op

from bot.desk.schema import UtcDateTime

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "duty",
        sa.Column("username", sa.String(40), nullable=False),
        sa.Column("presence", sa.String(10), nullable=False),
        sa.Column("since", UtcDateTime, nullable=False),
        sa.ForeignKeyConstraint(
            ["username"], ["agents.username"], name="fk_duty_username", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("username", name="pk_duty"),
    )


def downgrade() -> None:
    op.drop_table("duty")
