"""The pre-check (自测): what the hall itself knows of whoever asks, and what it then says; nothing is kept."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from servicehall.identity import directory
from servicehall.kernel import codes
from servicehall.kernel.words import N_
from servicehall.kernel.work import UnitOfWork
from servicehall.licenses import library
from servicehall.standard import eligibility
from servicehall.standard.eligibility import Judgement
from servicehall.standard.schema import Inquiry, Item

VERIFIED = 2  # real-name level from which the identity number has been checked (STANDARDS 4.4)


@dataclass(frozen=True, slots=True)
class Fact:
    """What the hall knows without asking: the answer and, in words, where it comes from."""

    question: Inquiry
    value: str
    source: str


@dataclass(frozen=True, slots=True)
class Result:
    """The pre-check of one item for one person: what was used, and what it says of each condition."""

    facts: Sequence[Fact]
    judgements: Sequence[Judgement]


def known(work: UnitOfWork, item: Item) -> list[Fact]:
    """The questions of *item* that need not be asked of the actor.

    The actor's own data only, as the personal checklist reads them; no registry is asked (no
    consent). A license that the library does not hold may lie elsewhere: that is asked.
    """
    if item.eligibility is None or not (work.actor.person or work.actor.organization):
        return []
    kind, code, _ = directory.holder(work, work.actor.party)
    found = []
    for question in item.eligibility.questions:
        if question.known == "held":
            value = "yes" if library.held(work, code, question.license_type) else ""
        elif question.known == "party":
            value = kind
        elif question.known and kind == "person" and _is_verified(work):
            value = _READ[question.known](code, work.today())
        else:
            value = ""
        if value:
            found.append(Fact(question, value, SOURCES[question.known]))
    return found


def questions(work: UnitOfWork, item: Item, answers: Mapping[str, object]) -> list[Inquiry]:
    """What only the actor can say: the questions that are or may be called for, in order."""
    if item.eligibility is None:
        return []
    facts = {fact.question.code: fact.value for fact in known(work, item)}
    asked = eligibility.asked(item.eligibility, {**answers, **facts}, work.today())
    return [one for one in asked if one.code not in facts]


def result(work: UnitOfWork, item: Item, answers: Mapping[str, object]) -> Result:
    """What *answers* and the known facts say; where both speak, the verified fact counts."""
    facts = known(work, item)
    said = {**answers, **{fact.question.code: fact.value for fact in facts}}
    return Result(facts, eligibility.judged(item, said, work.today()))


def _is_verified(work: UnitOfWork) -> bool:
    return directory.person(work, work.actor.person).level >= VERIFIED


def _age(number: str, today: date) -> str:
    """Full years (周岁), reached on the birthday."""
    born = codes.birth_date(number)
    if born is None:
        return ""
    return str(today.year - born.year - ((today.month, today.day) < (born.month, born.day)))


def _sex(number: str, today: date) -> str:
    return "男" if int(number[16]) % 2 else "女"


_READ: dict[str, Callable[[str, date], str]] = {"age": _age, "sex": _sex}
SOURCES = {
    "age": N_("按您实名认证的公民身份号码计算"),
    "sex": N_("按您实名认证的公民身份号码"),
    "party": N_("按您现在的办事身份"),
    "held": N_("您的电子证照库里有这份有效证照"),
}
