"""Tables of the workbench, in the desk's database."""

from __future__ import annotations

import sqlalchemy as sa

from bot.desk.schema import UtcDateTime, metadata

staged_changes = sa.Table(  # one decision of a trainer about one message
    "staged_changes",
    metadata,
    sa.Column("id", sa.String(40), primary_key=True),
    sa.Column("message_id", sa.String(40), nullable=False, index=True),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("intent", sa.String(40)),  # none: the message was put aside
    sa.Column("entities", sa.JSON, nullable=False),
    sa.Column("state", sa.String(12), nullable=False, index=True),
    sa.Column("trainer", sa.String(40), nullable=False),
    sa.Column("created_at", UtcDateTime, nullable=False),
)

training_runs = sa.Table(
    "training_runs",
    metadata,
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

script_changes = sa.Table(  # one edit of one entry of data/faq, from draft to served
    "script_changes",
    metadata,
    sa.Column("id", sa.String(40), primary_key=True),
    sa.Column("entry_id", sa.String(80), nullable=False, index=True),
    sa.Column("state", sa.String(12), nullable=False, index=True),
    sa.Column("before", sa.JSON, nullable=False),
    sa.Column("after", sa.JSON, nullable=False),
    sa.Column("diff", sa.Text, nullable=False),
    sa.Column("needs_review", sa.Boolean, nullable=False),
    sa.Column("author", sa.String(40), nullable=False),
    sa.Column("reviewer", sa.String(40)),
    sa.Column("created_at", UtcDateTime, nullable=False),
    sa.Column("settled_at", UtcDateTime),
)
