"""Edits of scripts: drafts, their review, versions"""

import sqlalchemy as sa
from alembic import op

from bot.desk.schema import UtcDateTime

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "script_changes",
        sa.Column("id", sa.String(40), nullable=False),
        sa.Column("entry_id", sa.String(80), nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("before", sa.JSON, nullable=False),
        sa.Column("after", sa.JSON, nullable=False),
        sa.Column("diff", sa.Text, nullable=False),
        sa.Column("needs_review", sa.Boolean, nullable=False),
        sa.Column("author", sa.String(40), nullable=False),
        sa.Column("reviewer", sa.String(40)),
        sa.Column("created_at", UtcDateTime, nullable=False),
        sa.Column("settled_at", UtcDateTime),
        sa.PrimaryKeyConstraint("id", name="pk_script_changes"),
    )
    op.create_index("ix_script_changes_entry_id", "script_changes", ["entry_id"])
    op.create_index("ix_script_changes_state", "script_changes", ["state"])


def downgrade() -> None:
    op.drop_table("script_changes")
