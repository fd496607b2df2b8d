"""Alembic's environment: migrates over the connection it is handed, batchwise on SQLite."""

from typing import Any, Literal

from alembic import context
from sqlalchemy import TypeDecorator

from servicehall.tables import METADATA, is_declared


def render(kind: str, thing: Any, _: Any) -> str | Literal[False]:
    """Our column types as the plain types that the database keeps."""
    if kind == "type" and isinstance(thing, TypeDecorator):
        return f"sa.{thing.impl!r}"
    return False


connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=METADATA,
    render_as_batch=connection.dialect.name == "sqlite",
    compare_type=True,
    render_item=render,
    include_name=is_declared,
)
with context.begin_transaction():
    context.run_migrations()
