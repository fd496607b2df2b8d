"""PostgreSQL puts the tokens of a changed name aside first; the worker files them soon after."""

from alembic import op

from servicehall.searching import fulltext

revision = "0050"
down_revision = "0009"


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"ALTER INDEX {fulltext.INDEX} SET (fastupdate = on)")
