"""Defects planted in the child: the harness is worth something only if it finds each of them."""

import os
import signal
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from servicehall.applying import intake
from servicehall.cases import numbering
from servicehall.cases.models import Case
from servicehall.cases.states import State
from servicehall.handling import decisions
from servicehall.kernel import audit, serials, work
from servicehall.kernel.work import UnitOfWork
from servicehall.licenses import issuing
from servicehall.notices import outbox

Plant = Callable[[Path], None]


def plant(name: str, folder: str) -> None:
    """Put defect *name* into this process; an empty name leaves the hall as it is."""
    if name:
        DEFECTS[name](Path(folder))


def _die_once(folder: Path) -> None:
    """The process ends here the first time, as if the power went."""
    mark = folder / "died"
    if not mark.exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)


def _answers_before_the_commit(_: Path) -> None:
    """A submit is acknowledged, and made durable a moment later by somebody else."""
    right = UnitOfWork.commit

    def commit(self: UnitOfWork) -> None:
        if not any(act.act == "case.submitted" for act in self._acts):
            return right(self)
        session, self.session = self.session, Session(self.session.get_bind())
        acts, self._acts, self.changed = self._acts, [], False

        def later() -> None:
            self.session, self._acts = session, acts
            right(self)

        threading.Timer(0.5, later).start()
        return None

    work.UnitOfWork.commit = commit  # type: ignore[method-assign]


def _signs_before_the_intent(folder: Path) -> None:
    """Sign and store first, commit afterwards: what the intent log is there to prevent."""
    right = issuing.plan

    def plan(unit: UnitOfWork, order: Any) -> Any:
        license = right(unit, order)
        jws = issuing.kept_record(unit, license)
        issuing.kept_pdf(unit, license, jws)
        _die_once(folder)
        return license

    decisions.issuing.plan = plan


def _numbers_each_click(_: Path) -> None:
    """No idempotency: whoever clicks twice gets two numbers."""

    def submit(unit: UnitOfWork, case: Case, *, key: str, **told: Any) -> Case:
        unit.hold(case)
        case.state, case.submit_key = State.SUBMITTED, key
        case.number = numbering.next_number(unit, case.item.region)
        case.query_code, case.submitted_at = numbering.query_code(), unit.now()
        unit.record("case.submitted", case.matter, person=case.party, number=case.number)
        outbox.post(unit, case.party, case.matter, "%(number)s", number=case.number)
        return case

    intake.submit = submit


def _takes_numbers_outside(folder: Path) -> None:
    """The serial is taken in a transaction of its own: a cut-off submit leaves a gap."""
    right = intake.submit

    def submit(unit: UnitOfWork, case: Case, *, key: str, **told: Any) -> Case:
        if case.number is not None:
            return right(unit, case, key=key, **told)
        with Session(unit.session.get_bind()) as own:
            taken = numbering.next_number(_Only(unit, own), case.item.region)  # type: ignore[arg-type]
            own.commit()
        _die_once(folder)
        numbering.next_number = lambda *_, **__: taken
        return right(unit, case, key=key, **told)

    intake.submit = submit


class _Only:
    """A unit of work as far as numbering needs one."""

    def __init__(self, unit: UnitOfWork, session: Session) -> None:
        self.session, self.today = session, unit.today


def _forgets_an_act(_: Path) -> None:
    """Acceptance does not reach the audit chain."""
    right = audit.append

    def append(session: Session, acts: Sequence[audit.Act]) -> audit.Head:
        kept = [act for act in acts if act.act != "case.accepted"]
        return right(session, kept) if kept else audit.head(session)

    audit.append = append


def _closes_without_the_license(_: Path) -> None:
    """A case is closed although its license was never signed."""
    decisions.issuing.finish = lambda unit, license: license


def _skips_a_license_number(_: Path) -> None:
    """A license number is taken that no license carries."""
    right = serials.take

    def take(session: Session, name: str) -> int:
        if name.startswith("license:"):
            right(session, name)
        return right(session, name)

    serials.take = take


DEFECTS: dict[str, Plant] = {
    "answers before the commit": _answers_before_the_commit,
    "signs before the intent": _signs_before_the_intent,
    "numbers each click": _numbers_each_click,
    "takes numbers outside": _takes_numbers_outside,
    "forgets an act": _forgets_an_act,
    "closes without the license": _closes_without_the_license,
    "skips a license number": _skips_a_license_number,
}
