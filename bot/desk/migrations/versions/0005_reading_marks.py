"""How far each side has read a conversation"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "reading_marks",
        sa.Column("conversation_id", sa.String(40), nullable=False),
        sa.Column("delivered", sa.Integer, nullable=False),
        sa.Column("read", sa.Integer, nullable=False),
        sa.Column("seen", sa.Integer, nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversations.id"],
            name="fk_reading_marks_conversation_id",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("conversation_id", name="pk_reading_marks"),
    )


def downgrade() -> None:
    op.drop_table("reading_marks")
