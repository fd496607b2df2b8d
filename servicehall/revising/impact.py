"""Impact (影响预览): what a new wording would do, counted over the cases that are open now."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import joinedload, selectinload

from servicehall.cases.models import Case
from servicehall.cases.states import ENDED, State
from servicehall.catalogue.models import ItemRevision
from servicehall.identity import policy
from servicehall.kernel.work import UnitOfWork
from servicehall.standard import repeats
from servicehall.standard.differences import Change, differences
from servicehall.standard.schema import Item

GUIDE, FORM, RESULT = "guide", "form", "result"
_SHOWN_ELSEWHERE = {
    "sections": FORM, "materials": FORM, "needs": FORM, "situations": FORM, "result": RESULT,
}  # fmt: skip


@dataclass(slots=True)
class Impact:
    """What publishing would do (影响). Open cases keep their wording: nothing is taken from them.

    ``states`` counts the open cases, ``earlier`` those of them that are not on the wording in
    force. ``losing`` counts, by name, the cases that hold an answer or a paper which the new
    wording no longer knows; ``lacking`` those without one that it newly requires. ``made_anew`` is
    what is generated again: guide, form, result. ``faces_gone`` and ``faces_new`` are fields of
    the result. ``new`` is an item that never was in force: there is nothing to compare it with.
    """

    new: bool = False
    changes: Sequence[Change] = ()
    states: Mapping[State, int] = field(default_factory=dict)
    earlier: int = 0
    losing: Counter[str] = field(default_factory=Counter)
    lacking: Counter[str] = field(default_factory=Counter)
    cases_losing: int = 0
    cases_lacking: int = 0
    made_anew: Sequence[str] = ()
    license_before: str = ""
    license_after: str = ""
    faces_gone: Sequence[str] = ()
    faces_new: Sequence[str] = ()

    @property
    def open(self) -> int:
        """How many cases of this item are open."""
        return sum(self.states.values())


def of(work: UnitOfWork, new: Item, in_force: ItemRevision | None) -> Impact:
    """What it would do to put *new* in force now; only counts leave this verb, no case is named."""
    policy.require(work.actor, "item.edit")
    old = in_force.item if in_force else None
    found = Impact(new=old is None, changes=differences(old, new) if old else ())
    _look_at_result(found, old, new)
    parts = {change.path.partition(".")[0] for change in found.changes}
    anew = {_SHOWN_ELSEWHERE.get(part, GUIDE) for part in parts} | ({GUIDE} if parts else set())
    found.made_anew = [kind for kind in (GUIDE, FORM, RESULT) if kind in anew or old is None]
    states: Counter[State] = Counter()
    for case in _open_cases(work, new.code):
        states[case.state] += 1
        found.earlier += in_force is not None and case.revision_id != in_force.id
        _look_at(found, case, new)
    found.states = states
    return found


def open_cases(work: UnitOfWork, code: str) -> int:
    """How many cases of item *code* are open; they go on, whatever happens to the item."""
    policy.require(work.actor, "item.edit")
    query = select(func.count()).select_from(Case)
    return work.session.scalar(query.where(*_is_open(code))) or 0


def _is_open(code: str) -> tuple[ColumnElement[bool], ...]:
    return Case.item_code == code, Case.state.not_in([*ENDED])


def _open_cases(work: UnitOfWork, code: str) -> Iterator[Case]:
    query = (
        select(Case)
        .where(*_is_open(code))
        .options(joinedload(Case.revision), selectinload(Case.materials))
        .execution_options(yield_per=200)
    )
    yield from work.session.scalars(query)


def _look_at(found: Impact, case: Case, new: Item) -> None:
    held, known, had = {**_answered(case), **_supplied(case)}, _named(new), _named(case.item)
    lost = [name for code, name in held.items() if code not in known]
    missing = [name for code, name in _required(new).items() if code not in had]
    found.losing.update(lost)
    found.lacking.update(missing)
    found.cases_losing += bool(lost)
    found.cases_lacking += bool(missing)


def _answered(case: Case) -> dict[str, str]:
    questions = (q for part in case.item.sections for q in part.questions)
    return {q.code: q.label for q in questions if case.answers.get(q.code)}


def _supplied(case: Case) -> dict[str, str]:
    names = {material.code: material.name for material in case.item.materials}
    return {row.code: names[row.code] for row in case.materials if row.how != "pending"}


def _named(item: Item) -> dict[str, str]:
    parts = repeats.unfolded(item).sections
    questions = {q.code: q.label for part in parts for q in part.questions}
    return questions | {m.code: m.name for m in item.materials}


def _required(item: Item) -> dict[str, str]:
    """What everybody has to say or bring: conditions and exemptions spare the others."""
    parts = (q for part in item.sections for q in part.questions)
    questions = {q.code: q.label for q in parts if q.required and not q.when}
    papers = (m for m in item.materials if not (m.exempt or m.when))
    return questions | {m.code: m.name for m in papers if m.needed == "required"}


def _look_at_result(found: Impact, old: Item | None, new: Item) -> None:
    before, after = (one.result if one else None for one in (old, new))
    found.license_before = before.license_type if before else ""
    found.license_after = after.license_type if after else ""
    faces = [set(result.carries) if result else set() for result in (before, after)]
    found.faces_gone, found.faces_new = sorted(faces[0] - faces[1]), sorted(faces[1] - faces[0])
