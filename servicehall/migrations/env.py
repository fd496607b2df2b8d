"""Alembic's environment: migrates over the connection it is handed, batchwise on SQLite."""

from alembic import context

from servicehall.tables import METADATA

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=METADATA,
    render_as_batch=connection.dialect.name == "sqlite",
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
