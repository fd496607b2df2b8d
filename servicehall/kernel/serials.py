"""Serials (流水号): numbers without gap or reuse, taken inside the caller's transaction."""

from sqlalchemy import bindparam, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, Session, mapped_column

from servicehall.kernel.database import Base, table_of
from servicehall.kernel.prepared import Prepared


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
    for (value,) in _STEP.rows(session, called=name, many=many):
        return int(value)
    try:
        with session.begin_nested():
            session.add(Serial(name=name, value=0))
    except IntegrityError:  # another writer opened this name first; ours comes after it
        session.expire_all()
        for (value,) in _STEP.rows(session, called=name, many=many):
            return int(value)
        raise  # it was refused for another reason
    return int(_STEP.row(session, called=name, many=many)[0])


_SERIAL = table_of(Serial)  # no row of it is looked at in memory
_STEP = Prepared(
    update(_SERIAL)
    .where(_SERIAL.c.name == bindparam("called"))
    .values(value=_SERIAL.c.value + bindparam("many"))
    .returning(_SERIAL.c.value)
)


_LAST = Prepared(select(_SERIAL.c.value).where(_SERIAL.c.name == bindparam("called")))


def last(session: Session, name: str) -> int:
    """The last number given out under *name*, 0 if none was."""
    return next((int(value) for (value,) in _LAST.rows(session, called=name)), 0)
