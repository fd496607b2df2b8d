"""Serials (流水号): numbers without gap or reuse, taken inside the caller's transaction."""

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, Session, mapped_column

from servicehall.kernel.database import Base


class Serial(Base):
    """The last number given out under a name (流水号)."""

    __tablename__ = "serial"

    name: Mapped[str] = mapped_column(unique=True)
    value: Mapped[int]


def take(session: Session, name: str) -> int:
    """The next number under *name*, from 1; it is given back if the transaction is."""
    step = update(Serial).where(Serial.name == name).values(value=Serial.value + 1)
    value: int | None = session.scalar(step.returning(Serial.value))
    if value is not None:
        return value
    try:
        with session.begin_nested():
            session.add(Serial(name=name, value=0))
    except IntegrityError:  # another writer opened this name first; ours comes after it
        session.expire_all()
        opened: int | None = session.scalar(step.returning(Serial.value))
        if opened is None:
            raise
        return opened
    first: int = session.scalars(step.returning(Serial.value)).one()
    return first


def last(session: Session, name: str) -> int:
    """The last number given out under *name*, 0 if none was."""
    return session.scalar(select(Serial.value).where(Serial.name == name)) or 0
