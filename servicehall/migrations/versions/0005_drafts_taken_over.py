"""Drafts are taken over: who held them all, since when, and why; no author publishes."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
TWO_PERSONS = sa.CheckConstraint("publisher <> author", name=op.f("ck_item_draft_two_persons"))
AUTHOR = "replace(authors, ',' || author || ',', '') <> authors"
PUBLISHER = "replace(authors, ',' || publisher || ',', '') = authors"


def upgrade() -> None:
    kept = (TWO_PERSONS,)  # SQLite copies the table and would forget it
    with op.batch_alter_table("item_draft", schema=None, table_args=kept) as batch_op:
        batch_op.add_column(sa.Column("authors", sa.Text(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("held_since", sa.DateTime(), nullable=True))
        batch_op.add_column(sa.Column("takeover", sa.JSON(), server_default="{}", nullable=False))
    op.execute("UPDATE item_draft SET authors = ',' || author || ',', held_since = opened_at")
    with op.batch_alter_table("item_draft", schema=None, table_args=kept) as batch_op:
        batch_op.alter_column("authors", existing_type=sa.Text(), server_default=None)
        batch_op.alter_column("held_since", existing_type=sa.DateTime(), nullable=False)
        batch_op.create_check_constraint(op.f("ck_item_draft_author_among_authors"), AUTHOR)
        batch_op.create_check_constraint(op.f("ck_item_draft_publisher_no_author"), PUBLISHER)


def downgrade() -> None:
    with op.batch_alter_table("item_draft", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("ck_item_draft_publisher_no_author"), type_="check")
        batch_op.drop_constraint(op.f("ck_item_draft_author_among_authors"), type_="check")
        batch_op.drop_column("takeover")
        batch_op.drop_column("held_since")
        batch_op.drop_column("authors")
