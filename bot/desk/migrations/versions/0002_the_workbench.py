"""The workbench: staged changes and training runs"""

import sqlalchemy as sa
from alembic import op

from bot.desk.schema import UtcDateTime

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "staged_changes",
        sa.Column("id", sa.String(40), primary_key=True),
        sa.Column("message_id", sa.String(40), nullable=False, index=True),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("intent", sa.String(40)),
        sa.Column("entities", sa.JSON, nullable=False),
        sa.Column("state", sa.String(12), nullable=False, index=True),
        sa.Column("trainer", sa.String(40), nullable=False),
        sa.Column("created_at", UtcDateTime, nullable=False),
    )
    op.create_table(
        "training_runs",
        sa.Column("id", sa.String(40), primary_key=True),
        sa.Column("state", sa.String(12), nullable=False, index=True),
        sa.Column("progress", sa.Float, nullable=False),
        sa.Column("step", sa.String(80), nullable=False),
        sa.Column("change_ids", sa.JSON, nullable=False),
        sa.Column("diff", sa.Text, nullable=False),
        sa.Column("model", sa.String(200)),
        sa.Column("previous_model", sa.String(200)),
        sa.Column("before", sa.JSON(none_as_null=True)),
        sa.Column("after", sa.JSON(none_as_null=True)),
        sa.Column("error", sa.Text, nullable=False),
        sa.Column("trainer", sa.String(40), nullable=False),
        sa.Column("created_at", UtcDateTime, nullable=False),
        sa.Column("finished_at", UtcDateTime),
    )


def downgrade() -> None:
    op.drop_table("training_runs")
    op.drop_table("staged_changes")
