"""Tables of documents."""

from datetime import datetime
from typing import Any

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from servicehall.kernel.columns import Encrypted
from servicehall.kernel.database import Base


class Document(Base):
    """One paper of a matter (文书): its words are kept as they were said and never change.

    ``words`` hold addressee, paragraphs and remedies; ``number`` (文号) is the issuer's own.
    """

    __tablename__ = "document"
    __table_args__ = (UniqueConstraint("issuer", "number"),)

    key: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str]
    number: Mapped[str]
    matter: Mapped[str] = mapped_column(index=True)
    party: Mapped[str] = mapped_column(index=True)
    issuer: Mapped[str]
    issuer_name: Mapped[str]
    words: Mapped[dict[str, Any]] = mapped_column(Encrypted("document.words"))
    written_at: Mapped[datetime]

    @property
    def file_key(self) -> str:
        """Under which its sealed PDF is kept, once somebody wanted it."""
        return file_key(self.key)


def file_key(key: str) -> str:
    """Where the PDF of the paper *key* is kept; a key may begin with a sign that no name may."""
    return f"documents/paper-{key}.pdf"
