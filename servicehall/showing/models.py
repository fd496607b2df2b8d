"""Tables of showing: copies made for one purpose and one receiver (加注件)."""

from datetime import date, datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from servicehall.kernel.columns import Encrypted
from servicehall.kernel.database import Base
from servicehall.licenses.models import License


class LicenseCopy(Base):
    """A copy of a license for one purpose, one receiver and some days (加注件, GB/T 36903 JZJ*).

    ``jws`` is its own signed record, which holds that of the license; the PDF is made from it when
    somebody asks. ``made_by`` is the account that made it, ``party`` whose license it is.
    """

    __tablename__ = "license_copy"

    code: Mapped[str] = mapped_column(unique=True)
    license_id: Mapped[int] = mapped_column(ForeignKey("license.id"), index=True)
    party: Mapped[str] = mapped_column(index=True)
    purpose: Mapped[str] = mapped_column(Encrypted("license_copy.purpose"))
    receiver: Mapped[str] = mapped_column(Encrypted("license_copy.receiver"))
    made_at: Mapped[datetime]
    made_by: Mapped[str]
    last_day: Mapped[date]
    jws: Mapped[str] = mapped_column(Encrypted("license_copy.jws"))
    license: Mapped[License] = relationship()
