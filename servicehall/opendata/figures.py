"""Figures (统计数据): what the hall itself makes open: its items, how cases went, how people judged."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import Final

from sqlalchemy import func, select

from servicehall.cases.models import Case
from servicehall.cases.states import State
from servicehall.feedback import ratings
from servicehall.identity import directory
from servicehall.kernel.words import N_
from servicehall.kernel.work import UnitOfWork
from servicehall.opendata.openness import OpenSet
from servicehall.sharing.datasets import SERVICE
from servicehall.sharing.elements import ELEMENTS
from servicehall.sharing.terms import Field

FEWEST = 10  # a smaller number could be somebody
Row = dict[str, str]
OUTCOMES: Final = {
    "granted": (State.GRANTED, State.MADE, State.CLOSED),
    "refused": (
        State.REFUSED,
        State.REFUSED_ACCEPTANCE,
        State.RETURNED,
        State.NOT_NEEDED,
        State.UNCORRECTED,
        State.REVOKED,
    ),
    "withdrawn": (State.WITHDRAWN,),
    "open": (State.SUBMITTED, State.CORRECTION, State.ACCEPTED, State.SUSPENDED),
}


def _columns(**told: tuple[str, str]) -> dict[str, Field]:
    return {code: Field(name, ELEMENTS[element]) for code, (name, element) in told.items()}


ITEMS: Final = OpenSet(
    "hall.items", N_("政务服务事项清单"), N_("大厅里全部事项的编码、名称、部门和办理方式"), SERVICE, "realtime",
    _columns(
        code=(N_("事项编码"), "public_text"), name=(N_("事项名称"), "public_text"),
        type=(N_("事项类型"), "public_text"), department=(N_("实施部门"), "organization_name"),
        region=(N_("行政区划"), "public_text"), online=(N_("可在线办理"), "public_yes_no"),
    ),
    "code",
)  # fmt: skip
CASES: Final = OpenSet(
    "hall.cases", N_("办件统计"), N_("每个事项的办件结果；一个数小于 10 时不公布，以防认出是谁"), SERVICE, "monthly",
    _columns(
        item=(N_("事项编码"), "public_text"), name=(N_("事项名称"), "public_text"),
        department=(N_("实施部门"), "organization_name"), granted=(N_("准予"), "public_count"),
        refused=(N_("不予受理或不予许可"), "public_count"), withdrawn=(N_("撤回"), "public_count"),
        open=(N_("办理中"), "public_count"),
    ),
    "item",
)  # fmt: skip
RATINGS: Final = OpenSet(
    "hall.ratings", N_("好差评统计"), N_("全部评价按等级的次数，不筛选"), SERVICE, "monthly",
    _columns(
        grade=(N_("等级"), "public_text"), name=(N_("评价"), "public_text"),
        times=(N_("次数"), "public_count"),
    ),
    "grade",
)  # fmt: skip


def cases(work: UnitOfWork) -> Iterator[Row]:
    """How the cases of each item went. No totals, so that nothing small can be worked out."""
    query = select(Case.item_code, Case.item_name, Case.department, Case.state, func.count())
    query = query.where(Case.state != State.DRAFT)
    groups = query.group_by(Case.item_code, Case.item_name, Case.department, Case.state)
    found: dict[str, dict[State, int]] = defaultdict(lambda: defaultdict(int))
    told: dict[str, tuple[str, str]] = {}
    for code, name, department, state, number in work.session.execute(groups).all():
        found[code][state] += number
        told[code] = name, department
    names = {one.code: one.name for one in directory.departments(work)}
    for code, counts in sorted(found.items()):
        name, department = told[code]
        shown = {o: public(sum(counts[s] for s in states)) for o, states in OUTCOMES.items()}
        yield {"item": code, "name": name, "department": names.get(department, ""), **shown}


def judged(work: UnitOfWork) -> Iterator[Row]:
    """How often each grade was given."""
    for grade, times in ratings.counts(work).items():
        yield {"grade": str(grade), "name": ratings.GRADES[grade], "times": str(times)}


def public(number: int) -> str:
    """A count as it may be told: none, ten and more as it is, what could be somebody as ``<10``."""
    return str(number) if number == 0 or number >= FEWEST else f"<{FEWEST}"


KEPT: Final[dict[str, tuple[OpenSet, Callable[[UnitOfWork], Iterable[Row]]]]] = {
    CASES.code: (CASES, cases), RATINGS.code: (RATINGS, judged),
}  # fmt: skip
