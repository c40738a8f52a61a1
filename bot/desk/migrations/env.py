"""Alembic runs this; `bot.desk.database.migrate` hands over an open connection."""

from alembic import context

from bot.desk.schema import UtcDateTime, metadata


def _render(kind, item, _autogen):
    return "UtcDateTime()" if kind == "type" and isinstance(item, UtcDateTime) else False


connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=metadata,
    render_item=_render,
    render_as_batch=True,
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
connection.commit()
