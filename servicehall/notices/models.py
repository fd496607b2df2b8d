"""Tables of notices."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Mapped, mapped_column

from servicehall.kernel.columns import Encrypted
from servicehall.kernel.database import Base


class Notice(Base):
    """One message to one party (通知): the outbox and the inbox are the same row.

    ``text`` is a Chinese sentence with ``%(name)s`` places, ``params`` fill it after translation.
    """

    __tablename__ = "notice"

    party: Mapped[str] = mapped_column(index=True)
    matter: Mapped[str] = mapped_column(index=True)
    text: Mapped[str]
    params: Mapped[dict[str, Any]] = mapped_column(Encrypted("notice.params"))
    at: Mapped[datetime]
    sent_at: Mapped[datetime | None] = mapped_column(index=True)
    tries: Mapped[int] = mapped_column(default=0)
    read_at: Mapped[datetime | None]
