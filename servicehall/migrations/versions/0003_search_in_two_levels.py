"""Search in two levels: distinct names with their tokens, and how many entries hold them where.

The index is derived: preparing the hall, which every start of a new version does, builds it.
"""

import sqlalchemy as sa
from alembic import op

from servicehall.searching import fulltext
from servicehall.searching.models import Tokens

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "search_name",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("others", sa.Text(), nullable=False),
        sa.Column("tags", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_name")),
        sa.UniqueConstraint("digest", name=op.f("uq_search_name_digest")),
    )
    op.create_table(
        "search_document",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("tokens", Tokens(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_document")),
    )
    op.create_table(
        "search_place",
        sa.Column("name_id", sa.BigInteger(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_place")),
        sa.UniqueConstraint("name_id", "place", name=op.f("uq_search_place_name_id_place")),
    )
    op.create_table(
        "search_miss",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("words", sa.String(length=100), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_miss")),
        sa.UniqueConstraint("day", "words", name=op.f("uq_search_miss_day_words")),
    )
    with op.batch_alter_table("item_entry", schema=None) as batch_op:
        batch_op.add_column(sa.Column("level", sa.Integer(), server_default="4", nullable=False))
        batch_op.add_column(sa.Column("aliases", sa.Text(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("name_id", sa.BigInteger(), nullable=True))
        batch_op.add_column(sa.Column("prose_id", sa.BigInteger(), nullable=True))
        batch_op.drop_column("name_key")
        batch_op.drop_column("alias_key")
        batch_op.drop_column("search_text")
        batch_op.create_index(
            batch_op.f("ix_item_entry_name_id_region"), ["name_id", "region"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_item_entry_prose_id_region"), ["prose_id", "region"], unique=False
        )
    fulltext.create(op.get_bind())
