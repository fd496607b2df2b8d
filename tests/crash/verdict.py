"""What must hold after every restart: what was promised is there once, and nothing is stuck."""

from collections import Counter
from dataclasses import dataclass, field

from sqlalchemy import func, select

from servicehall.cases.models import Case
from servicehall.cases.states import State
from servicehall.cli import serving
from servicehall.kernel.audit import AuditEntry
from servicehall.kernel.work import SYSTEM, UnitOfWork
from servicehall.licenses.models import License
from servicehall.licenses.models import State as LicenseState
from servicehall.notices.models import Notice
from servicehall.oversight import integrity
from servicehall.wiring import Hall

ONCE = ("case.begun", "case.submitted", "case.accepted", "case.reviewed", "case.granted")


@dataclass
class Verdict:
    """Nothing in any of these, or the hall broke its word."""

    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    stuck: list[str] = field(default_factory=list)
    breaches: list[str] = field(default_factory=list)

    @property
    def clean(self) -> bool:
        return not (self.lost or self.doubled or self.stuck or self.breaches)


def judge(hall: Hall, promised: Counter[tuple[str, str]]) -> Verdict:
    """Run the worker once, then hold everything against what the clients were *promised*."""
    serving.one_round(hall)
    found = Verdict()
    with hall.work(SYSTEM) as work:
        found.breaches += integrity.breaches(work, hall.heads())
        _promises(work, promised, found)
        _stuck(work, found)
    return found


def _promises(work: UnitOfWork, promised: Counter[tuple[str, str]], found: Verdict) -> None:
    rows = work.session.execute(
        select(AuditEntry.act, AuditEntry.subject, func.count()).group_by(
            AuditEntry.act, AuditEntry.subject
        )
    ).all()
    done = {(act, subject): number for act, subject, number in rows}
    for (act, key), times in promised.items():
        wanted = 1 if act in ONCE else times
        if done.get((act, key), 0) < wanted:
            found.lost.append(f"{act} {key}: promised {times}, found {done.get((act, key), 0)}")
    found.doubled += [
        f"{act} {key}: {number} times" for (act, key), number in done.items() if act in ONCE and number > 1
    ]  # fmt: skip
    told = work.session.execute(
        select(Notice.matter, Notice.text, func.count()).group_by(Notice.matter, Notice.text)
    ).all()
    found.doubled += [
        f"notice to {matter}: {number} times" for matter, _, number in told if number > 1
    ]
    _licenses(work, promised, found)


def _licenses(work: UnitOfWork, promised: Counter[tuple[str, str]], found: Verdict) -> None:
    """A granted case has its one license, and it is out."""
    out = dict(work.session.execute(select(License.issue_key, License.state)).all())
    for case in work.session.scalars(select(Case)):
        if ("case.granted", case.key) in promised and out.get(
            case.number
        ) is not LicenseState.VALID:
            found.lost.append(f"license of {case.number}: {out.get(case.number)}")


def _stuck(work: UnitOfWork, found: Verdict) -> None:
    waiting = select(Case.key).where(Case.state == State.GRANTED)
    found.stuck += [f"case {key} is granted" for key in work.session.scalars(waiting)]
    planned = select(License.identifier).where(License.state == LicenseState.INTENT)
    found.stuck += [f"license {name} is planned" for name in work.session.scalars(planned)]
    unsent = select(Notice.id).where(Notice.sent_at.is_(None))
    found.stuck += [f"notice {number} waits" for number in work.session.scalars(unsent)]
    drafts = select(Case.party, func.count()).where(Case.state == State.DRAFT)
    rows = work.session.execute(drafts.group_by(Case.party, Case.item_code)).all()
    found.doubled += [f"{party} has {n} drafts" for party, n in rows if n > 1]
