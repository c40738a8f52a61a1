"""What the managers' figures need: when a promise was kept, what a change of an order gave back"""

import sqlalchemy as sa
from alembic import op

from bot.desk.schema import UtcDateTime

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("promises", sa.Column("done_at", UtcDateTime))
    op.add_column("order_changes", sa.Column("compensated", sa.Numeric(12, 2)))
    op.create_index("ix_messages_created_at", "messages", ["created_at"])


def downgrade() -> None:
    op.drop_index("ix_messages_created_at", "messages")
    op.drop_column("order_changes", "compensated")
    op.drop_column("promises", "done_at")
