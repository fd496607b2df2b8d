"""Attending (现场核验身份): a clerk sees the person's document and helps with that person's own case.

For people without a phone or account. What the clerk does meanwhile is done for that person and
stands on record with the clerk's account and department.
"""

from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import ForeignKey, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from servicehall.identity import directory, policy
from servicehall.identity.models import Account, Person
from servicehall.kernel import codes
from servicehall.kernel.columns import Encrypted
from servicehall.kernel.database import Base
from servicehall.kernel.errors import Conflict, Invalid
from servicehall.kernel.words import N_
from servicehall.kernel.work import Actor, UnitOfWork

LASTS = timedelta(minutes=30)
LETTER_DAYS = 365  # no letter of authority is taken for longer
# The document shown, what it is called, and the real-name level it proves (STANDARDS 4.4).
DOCUMENTS: dict[str, tuple[str, int]] = {
    "id_card": (N_("居民身份证（读卡并与本人核对）"), 4),
    "temporary_id": (N_("临时居民身份证"), 3),
    "household": (N_("户口簿"), 2),
}


class Attendance(Base):
    """One person at the counter (现场核验): who came, what was shown, who looked, until when.

    ``helper`` came in the person's place (帮办代办) with a letter of authority (``letter``) for one
    item (``scope``) until ``letter_until``.
    """

    __tablename__ = "attendance"

    key: Mapped[str] = mapped_column(unique=True)
    clerk: Mapped[str] = mapped_column(index=True)
    department: Mapped[str] = mapped_column(ForeignKey("department.code"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    helper_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    document: Mapped[str]
    level: Mapped[int]
    letter: Mapped[str | None] = mapped_column(Encrypted("attendance.letter"))
    letter_until: Mapped[datetime | None]
    scope: Mapped[str] = mapped_column(default="")
    opened_at: Mapped[datetime]
    until: Mapped[datetime]
    closed_at: Mapped[datetime | None]

    person: Mapped[Person] = relationship(foreign_keys=[person_id])
    helper: Mapped[Person | None] = relationship(foreign_keys=[helper_id])


def identify(work: UnitOfWork, *, number: str, name: str, phone: str, document: str) -> Attendance:
    """The person with this document stands here (核验身份); 30 minutes for their own matters.

    Somebody new to the hall becomes known to it; the level is raised to what the document proves.
    Raises Invalid where number, name or document do not hold, Conflict for the clerk's own matter.
    """
    policy.require(work.actor, "person.attend")
    person = _known(work, number, name, phone)
    if document not in DOCUMENTS:
        raise Invalid(N_("请选择出示的证件"), field="document")
    if _is_own(work, person):
        raise Conflict(N_("不能为自己办理，请由其他窗口人员收件"))
    person.level = max(person.level, DOCUMENTS[document][1])
    made = Attendance(
        key=directory.new_key(), clerk=work.actor.id, department=work.actor.department,
        person=person, helper=None, document=document, level=DOCUMENTS[document][1], letter=None,
        letter_until=None, opened_at=work.now(), until=work.now() + LASTS, closed_at=None,
    )  # fmt: skip
    work.session.add(made)
    work.record(
        "person.identified", made.key, person=_party(person), document=document, level=made.level
    )
    return made


def help_with(
    work: UnitOfWork, made: Attendance, *, number: str, name: str, letter: str,
    until: datetime | None, scope: str,
) -> None:  # fmt: skip
    """Somebody else came in the person's place, with a letter of authority (帮办代办).

    Raises Invalid without a letter, an item, or a day within a year; Conflict for the clerk.
    """
    helper = _known(work, number, name, "")
    if helper is made.person:
        raise Invalid(N_("代办人不能是申请人本人"), field="helper_number")
    if _is_own(work, helper):
        raise Conflict(N_("窗口人员不能做代办人"))
    if len(letter.strip()) < 2 or not scope:
        raise Invalid(N_("请填写授权委托书编号，并选择委托办理的事项"), field="letter")
    if until is None or not work.now() < until <= work.now() + timedelta(days=LETTER_DAYS):
        raise Invalid(N_("授权期限应在今天之后、一年以内"), field="letter_until")
    made.helper, made.letter, made.letter_until, made.scope = helper, letter.strip(), until, scope
    work.record("person.represented", made.key, person=_party(made.person), item=scope)


def running(work: UnitOfWork, clerk: Actor, key: str) -> Attendance | None:
    """The attendance *key* of this clerk while it lasts."""
    found = work.session.scalar(
        select(Attendance).where(Attendance.key == key, Attendance.clerk == clerk.id)
    )
    over = found is None or found.closed_at is not None or found.until <= work.now()
    return None if over else found


def acting(work: UnitOfWork, clerk: Actor, key: str) -> Actor:
    """*clerk* for the person who stands at the counter; the clerk alone once that is over."""
    found = running(work, clerk, key)
    if found is None or "clerk" not in clerk.roles:
        return clerk
    return replace(clerk, roles=clerk.roles | {"attended"}, person=found.person.key)


def end(work: UnitOfWork, key: str) -> None:
    """The person leaves; nothing more is done for them."""
    found = running(work, work.actor, key)
    if found is not None:
        found.closed_at = work.now()
        work.record("person.left", found.key, person=_party(found.person))


def at_the_counter(work: UnitOfWork) -> Attendance | None:
    """For whom the actor acts right now, if at the counter."""
    if "attended" not in work.actor.roles:
        return None
    newest = select(Attendance).where(
        Attendance.clerk == work.actor.id, Attendance.closed_at.is_(None),
        Attendance.until > work.now(), Attendance.person.has(Person.key == work.actor.person),
    )  # fmt: skip
    return work.session.scalar(newest.order_by(Attendance.id.desc()).limit(1))


def _known(work: UnitOfWork, number: str, name: str, phone: str) -> Person:
    """The person of this number; new ones are entered as the document says."""
    called = name.strip()
    try:
        plain = codes.citizen_number(number, today=work.today())
    except Invalid as error:
        raise Invalid(error.message, field="number") from None
    if not called:
        raise Invalid(N_("请填写证件上的姓名"), field="name")
    found = directory.person_by_number(work, plain)
    if found is None:
        told = codes.mobile(phone) if phone.strip() else ""
        found = Person(
            key=directory.new_key(), number_index=plain, number=plain, name=called, phone=told,
            level=1,
        )  # fmt: skip
        work.session.add(found)
        work.session.flush()
        work.record("person.entered", found.key, person=_party(found))
    elif found.name != called:
        raise Invalid(N_("姓名与证件号码不一致，请核对证件"), field="name")
    return found


def _is_own(work: UnitOfWork, person: Person) -> bool:
    """Whether the clerk's account is that person's."""
    clerk = work.session.scalar(select(Account).where(Account.key == work.actor.id))
    return clerk is not None and clerk.person_id == person.id


def _party(person: Person) -> str:
    return f"person:{person.key}"
