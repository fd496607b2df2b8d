"""Tables of guiding."""

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from servicehall.kernel.database import Base


class Favourite(Base):
    """Something a person keeps to find it again (收藏): an item or a bundle; nobody else sees it.

    ``revision_id`` is the wording that was in force when an item was kept, None for a bundle.
    """

    __tablename__ = "favourite"
    __table_args__ = (UniqueConstraint("person", "kind", "code"),)

    person: Mapped[str] = mapped_column(ForeignKey("person.key"))
    kind: Mapped[str]  # item, bundle
    code: Mapped[str]  # 实施编码, or the bundle's slug
    revision_id: Mapped[int | None] = mapped_column(ForeignKey("item_revision.id"))
    saved_at: Mapped[datetime]
