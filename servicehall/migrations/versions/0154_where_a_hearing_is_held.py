"""Of a hearing also the hour and the place (行政许可法 第48条第1款第1项); of older ones neither is known."""

import sqlalchemy as sa
from alembic import op

revision = "0154"
down_revision = "0153"


def upgrade() -> None:
    with op.batch_alter_table("pause") as batch:
        batch.add_column(sa.Column("held_at", sa.Time(), nullable=True))
        batch.add_column(sa.Column("place", sa.String(), nullable=False, server_default=""))
