"""Serials (流水号): numbers without gap or reuse, taken inside the caller's transaction."""

from sqlalchemy import bindparam, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, Session, mapped_column

from servicehall.kernel.database import Base, table_of


class Serial(Base):
    """The last number given out under a name (流水号)."""

    __tablename__ = "serial"

    name: Mapped[str] = mapped_column(unique=True)
    value: Mapped[int]


def take(session: Session, name: str) -> int:
    """The next number under *name*, from 1; it is given back if the transaction is."""
    return take_many(session, name, 1)


def take_many(session: Session, name: str, many: int) -> int:
    """The last of the next *many* numbers under *name*."""
    step = {"called": name, "many": many}
    connection = session.connection()
    value: int | None = connection.scalar(_STEP, step)
    if value is not None:
        return value
    try:
        with session.begin_nested():
            session.add(Serial(name=name, value=0))
    except IntegrityError:  # another writer opened this name first; ours comes after it
        session.expire_all()
        opened: int | None = connection.scalar(_STEP, step)
        if opened is None:
            raise
        return opened
    first: int = connection.execute(_STEP, step).scalar_one()
    return first


# Written once: putting the statement together costs more than running it.
_SERIAL = table_of(Serial)  # no row of it is looked at in memory
_STEP = (
    update(_SERIAL)
    .where(_SERIAL.c.name == bindparam("called"))
    .values(value=_SERIAL.c.value + bindparam("many"))
    .returning(_SERIAL.c.value)
)


def last(session: Session, name: str) -> int:
    """The last number given out under *name*, 0 if none was."""
    return session.scalar(select(Serial.value).where(Serial.name == name)) or 0
