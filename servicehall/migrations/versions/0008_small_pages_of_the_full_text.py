"""The full text of names in small pages: where words meet, whole pages are left out.

New pages are small from the setting on; what is there is written anew from the tokens kept.
"""

from alembic import op

from servicehall.searching import fulltext

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute(fulltext.PAGES)
        fulltext.refill(op.get_bind())
