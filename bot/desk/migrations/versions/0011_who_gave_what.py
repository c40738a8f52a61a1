"""Which agent gave a coupon or money on an order, and what a remedy is called: nothing is counted twice"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for table in ("order_changes", "grants"):
        op.add_column(table, sa.Column("who", sa.String(40), nullable=False, server_default=""))
    op.add_column("order_actions", sa.Column("title", sa.String(80), nullable=False, server_default=""))


def downgrade() -> None:
    op.drop_column("order_actions", "title")
    for table in ("grants", "order_changes"):
        op.drop_column(table, "who")
