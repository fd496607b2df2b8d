"""Contrasting (清洗比对): registers against base libraries; figures kept, conflicts opened and closed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from sqlalchemy import func, select

from servicehall.identity import directory, policy
from servicehall.kernel import workdays
from servicehall.kernel.errors import Unavailable
from servicehall.kernel.words import N_
from servicehall.kernel.work import UnitOfWork
from servicehall.quality.extracts import Extracts
from servicehall.quality.models import DataConflict, Measure
from servicehall.quality.rules import FRESH_DAYS, RULES, STAMP, Rule
from servicehall.quality.tidying import tidy
from servicehall.sharing import predicates
from servicehall.sharing.datasets import DATASETS

ANSWER_DAYS = 10  # working days; the hall's own promise (演示数据)
EVERY = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Found:
    """One thing that does not agree; the values where a field differs."""

    subject: str
    kind: str
    field: str = ""
    ours: str = ""
    theirs: str = ""


@dataclass(slots=True)
class Tally:
    """What one comparison counts, and what it found."""

    records: int = 0
    cells: int = 0
    filled: int = 0
    timely: int = 0
    cleaned: int = 0
    found: list[Found] = field(default_factory=list)


def is_due(work: UnitOfWork) -> bool:
    """Whether registers are connected and the last comparison is a day old."""
    if work.use(Extracts).as_of() is None:
        return False
    last = work.session.scalar(select(func.max(Measure.at)))
    return last is None or work.now() - last >= EVERY


def compare_one(work: UnitOfWork, tried: set[int]) -> bool:
    """Compare everything if it is due (the worker's round)."""
    if tried or not is_due(work):
        return False
    tried.add(0)
    compare(work)
    return True


def compare(work: UnitOfWork) -> list[Measure]:
    """Compare every register of RULES with its base library, in one transaction (清洗比对).

    A conflict found for the first time is a case for the register's department; one that is gone is
    closed as resolved; one that was explained and is the same stays closed. Raises Unavailable
    where no register is connected.
    """
    policy.require(work.actor, "quality.compare")
    extracts = work.use(Extracts)
    day = extracts.as_of()
    if day is None:
        raise Unavailable(N_("没有接入比对用的登记库，不能比对"))
    told = [(rule, contrast(extracts, rule, day)) for rule in RULES]
    return [_keep(work, rule, tally, day) for rule, tally in told]


def contrast(extracts: Extracts, rule: Rule, day: date) -> Tally:
    """What a comparison by *rule* counts and finds; nothing is kept."""
    base = _base(extracts, rule)
    tally, met = Tally(), set[str]()
    fields = sorted(predicates.held(DATASETS[rule.resource]))
    oldest = day - timedelta(days=FRESH_DAYS[DATASETS[rule.resource].cycle])
    for subject, records in extracts.held(rule.resource, fields):
        met.add(subject)
        for record in records:
            _count(tally, rule, record, fields, oldest)
        tally.found += _differences(rule, subject, records, base.get(subject))
    if rule.covers:
        name, values = rule.covers
        due = (s for s, record in base.items() if record.get(name) in values and s not in met)
        tally.found += [Found(subject, "absent") for subject in due]
    return tally


def _base(extracts: Extracts, rule: Rule) -> dict[str, dict[str, str]]:
    wanted = {*rule.fields.values(), *([rule.covers[0]] if rule.covers else [])}
    held = extracts.held(rule.base, sorted(wanted))
    return {subject: records[0] for subject, records in held if records}


def _count(
    tally: Tally, rule: Rule, record: dict[str, str], fields: Sequence[str], oldest: date
) -> None:
    items = DATASETS[rule.resource].items
    written = {name: tidy(items[name].element, record[name]) for name in fields}
    tally.records += 1
    tally.cells += len(fields)
    tally.filled += sum(map(bool, written.values()))
    tally.cleaned += sum(written[name] != record[name] for name in fields)
    tally.timely += written[STAMP] >= oldest.isoformat()


def _differences(
    rule: Rule, subject: str, records: Sequence[dict[str, str]], known: dict[str, str] | None
) -> Iterator[Found]:
    if len(records) > 1:
        yield Found(subject, "duplicate")
    if known is None:
        yield Found(subject, "unknown")
        return
    items = DATASETS[rule.resource].items
    for code, theirs in rule.fields.items():
        element = items[code].element
        said, true = tidy(element, records[0].get(code, "")), tidy(element, known[theirs])
        if said and true and said != true:
            yield Found(subject, "differs", code, said, true)


def _keep(work: UnitOfWork, rule: Rule, tally: Tally, day: date) -> Measure:
    kinds = {kind: sum(one.kind == kind for one in tally.found)
             for kind in ("differs", "unknown", "absent", "duplicate")}  # fmt: skip
    made = Measure(
        resource=rule.resource, base=rule.base, at=work.now(), as_of=day, records=tally.records,
        cells=tally.cells, filled=tally.filled, timely=tally.timely, cleaned=tally.cleaned, **kinds,
    )  # fmt: skip
    work.session.add(made)
    opened, resolved = _cases(work, rule, tally.found)
    work.record(
        "quality.compared", rule.resource, records=tally.records, conflicts=len(tally.found),
        opened=opened, resolved=resolved,
    )  # fmt: skip
    return made


def _cases(work: UnitOfWork, rule: Rule, found: list[Found]) -> tuple[int, int]:
    """(opened, resolved): open conflicts are what was found and not explained before."""
    query = select(DataConflict).where(DataConflict.slot.startswith(f"{rule.resource}|"))
    known = {row.slot: row for row in work.session.scalars(query)}
    opened = 0
    for one in found:
        slot = f"{rule.resource}|{one.subject}|{one.kind}|{one.field}"
        row = known.pop(slot, None)
        if row is not None:
            row.ours, row.theirs = one.ours, one.theirs
        elif not _explained(work, slot, one):
            work.session.add(_opened(work, rule, one, slot))
            opened += 1
    for row in known.values():
        row.state, row.slot, row.answered_at = "resolved", None, work.now()
    return opened, len(known)


def _explained(work: UnitOfWork, slot: str, one: Found) -> bool:
    same = select(DataConflict.id).filter_by(sameness=_sameness(slot, one), state="explained")
    return work.session.scalar(same.limit(1)) is not None


def _opened(work: UnitOfWork, rule: Rule, one: Found, slot: str) -> DataConflict:
    return DataConflict(
        key=directory.new_key(), resource=rule.resource, base=rule.base, subject=one.subject,
        kind=one.kind, field=one.field, ours=one.ours, theirs=one.theirs,
        sameness=_sameness(slot, one), owner=DATASETS[rule.resource].provider, slot=slot,
        opened_at=work.now(), due_on=workdays.due(work.session, work.today(), ANSWER_DAYS),
        state="open", passed=None, answer=None, answered_at=None,
    )  # fmt: skip


def _sameness(slot: str, one: Found) -> str:
    return "\n".join((slot, one.ours, one.theirs))
