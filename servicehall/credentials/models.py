"""Tables of credentials: what a holder offered to a wallet of theirs, and numbers used once."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from servicehall.kernel.database import Base
from servicehall.licenses.models import License


class CredentialOffer(Base):
    """One license offered to one wallet (凭证领取), once, for minutes.

    Only digests of the pre-authorized code and of the access token are kept. ``issued_at`` is when
    the credential was given out, ``key`` the thumbprint of the wallet's key it is bound to.
    """

    __tablename__ = "credential_offer"

    code: Mapped[str] = mapped_column(unique=True)
    license_id: Mapped[int] = mapped_column(ForeignKey("license.id"), index=True)
    party: Mapped[str] = mapped_column(index=True)
    ends_at: Mapped[datetime]
    token: Mapped[str | None] = mapped_column(unique=True)
    issued_at: Mapped[datetime | None]
    key: Mapped[str] = mapped_column(default="")
    license: Mapped[License] = relationship()


class SpentNonce(Base):
    """A number that was given out to be used once, and was (一次性随机数); kept until it ends."""

    __tablename__ = "spent_nonce"

    digest: Mapped[str] = mapped_column(unique=True)
    ends_at: Mapped[datetime] = mapped_column(index=True)
