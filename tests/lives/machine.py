"""The machine: any act at any time, lawful or not; the hall must stand where the law says."""

from collections import Counter
from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from typing import Any, ClassVar

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import func, select

from servicehall.applying import intake
from servicehall.cases import deadlines, rechecking, tracing
from servicehall.cases.models import Case
from servicehall.cli import serving
from servicehall.documents.models import Document
from servicehall.handling import (
    decisions,
    extending,
    reviewing,
    revoking,
    sweeping,
)
from servicehall.kernel.audit import AuditEntry
from servicehall.kernel.errors import Conflict, Invalid, NotFound
from servicehall.licenses import library, wallet
from servicehall.licenses.models import State as LicenseState
from tests.cases.halls import FOOD, VENUE, Scene
from tests.lives.expected import ENTRIES, PAPERS, REASON, STAFF
from tests.lives.model import ACTS, Desk, Life
from tests.lives.recount import recounted
from tests.lives.walker import last_day

EARLY = {"withdraw", "refuse_acceptance", "not_needed", "send_back", "refuse"}
_number = count(1)


class Machine(RuleBasedStateMachine):
    """One case, from its draft to wherever chance leads; ``stage`` is set by whoever runs it."""

    stage: ClassVar[Scene]
    walked: ClassVar[Counter[str]] = Counter()

    @initialize(
        item=st.sampled_from([FOOD, VENUE]),
        start=st.dates(date(2026, 3, 3), date(2026, 9, 25)),
        paper=st.booleans(),
    )
    def begins(self, item: str, start: date, paper: bool) -> None:
        self.clock.moment = datetime(start.year, start.month, start.day, 4, tzinfo=UTC)
        self.firm = self.stage.firm()
        self.key = self.stage.begin("li", item, self.firm)
        how = "window" if paper else "electronic"
        self.stage.fill("li", self.key, self.firm, delivery=how)
        with self.stage.work("auditor") as work:
            case = self.stage.case(work, self.key)
            told = case.item
            self.decider = "reviewer-market" if item == FOOD else "reviewer-culture"
            self.kind = told.specials[0].kind
            self.procedure = told.specials[0].days
            logins = ["market"] if item == FOOD else ["police", "fire", "health"]
            assert told.promised
            assert told.statutory
            self.life = Life(
                (told.promised.days, told.promised.unit), (told.statutory.days, told.statutory.unit),
                told.longest_extension,
                [Desk(f"reviewer-{login}", round(step.days), step.silence == "agrees")
                 for login, step in zip(logins, told.parallel, strict=True)],
                paper, hearing=self.kind == "hearing",
                first_refusal=told.joining.rule == "first_refusal",
            )  # fmt: skip

    @property
    def clock(self) -> Any:
        return self.stage.clock

    @property
    def today(self) -> date:
        return date.fromisoformat((self.clock.moment + timedelta(hours=8)).date().isoformat())

    @precondition(lambda self: self.onward())
    @rule(data=st.data())
    def goes_on(self, data: st.DataObject) -> None:
        self.attempt(data.draw(st.sampled_from(self.onward())))

    @precondition(lambda self: self.onward())
    @rule(data=st.data())
    def goes_further(self, data: st.DataObject) -> None:
        self.attempt(data.draw(st.sampled_from(self.onward())))

    @rule(data=st.data())
    def anything(self, data: st.DataObject) -> None:
        self.attempt(data.draw(st.sampled_from([*ACTS, *self.opinions()])))

    @rule(days=st.integers(1, 14))
    def time_passes(self, days: int) -> None:
        self.clock.forward(days=days)

    @rule()
    def the_worker_comes(self) -> None:
        for timer in sweeping.TIMERS.values():
            serving.each(self.stage.hall, timer)
        self.life.timers(self.today)

    @rule()
    def the_result_is_made(self) -> None:
        with self.stage.work(self.decider) as work:
            decisions.finish(work, self.stage.case(work, self.key))
        if self.life.state == "granted":
            self.life.finished()

    def opinions(self) -> list[str]:
        return [f"opine_{said}{n}" for n in range(len(self.life.desks)) for said in ("yes", "no")]

    def lawful(self) -> list[str]:
        return [act for act in (*ACTS, *self.opinions()) if self.life.may(act, self.today)]

    def onward(self) -> list[str]:
        """What is lawful and does not end the matter early: most lives are to be long ones."""
        return [act for act in self.lawful() if act not in EARLY and "_no" not in act]

    def attempt(self, act: str) -> None:
        """Do *act*: it succeeds where the law lets it, and is refused and changes nothing where not."""
        lawful, before = self.life.may(act, self.today), self.version()
        self.clock.forward(seconds=1)
        try:
            self.perform(act)
        except (Conflict, Invalid, NotFound):
            assert not lawful, f"{act} was refused in {self.life.state}"
            assert self.version() == before, f"{act} was refused and changed the case"
            self.walked["(refused)"] += 1
            return
        assert lawful, f"{act} happened in {self.life.state}"
        self.walked[act] += 1
        if act == "suspend":
            end = last_day(self.today, [(self.procedure, "working_day")])
            self.life.stops.append([self.today, None, end or self.today])
        self.life.did(act, self.today)

    def perform(self, act: str) -> None:
        stage, key = self.stage, self.key
        if act.startswith("opine"):
            desk = self.life.desks[int(act[-1])]
            agrees = act.startswith("opine_yes")
            stage.does(desk.login, key, reviewing.opine, agrees=agrees, opinion=REASON)
        elif act in STAFF:
            login, verb, options = STAFF[act]
            stage.does(login or self.decider, key, verb, **options)
        else:
            getattr(self, f"_{act}")()

    def _submit(self) -> None:
        self.stage.submit("li", self.key, self.firm, submit_key=f"s{next(_number)}")

    def _withdraw(self) -> None:
        self.stage.withdrawn("li", self.key, self.firm)

    def _suspend(self) -> None:
        held = last_day(self.today, [(8, "working_day")])
        self.stage.does(
            self.decider, self.key, reviewing.suspend, kind=self.kind, officers="赵一，钱二",
            held_on=held, held_at=time(9, 30), place="三楼听证室", presider="孙三",
        )  # fmt: skip

    def _ask_extension(self) -> None:
        days = self.life.most
        self.stage.does(self.decider, self.key, extending.ask, days=days, reason=REASON)

    def _approve(self) -> None:
        self.stage.does(self.head, self.key, extending.approve)

    def _decline(self) -> None:
        self.stage.does(self.head, self.key, extending.decline, answer=REASON)

    @property
    def head(self) -> str:
        return self.decider.replace("reviewer", "head")

    def _grant(self) -> None:
        self._fresh()
        self.stage.does(self.decider, self.key, decisions.grant)

    def _refuse(self) -> None:
        self._fresh()
        self.stage.does(self.decider, self.key, decisions.refuse, reason=REASON)

    def _fresh(self) -> None:
        """Registries are asked again, and what changed is seen, where the case may be decided."""
        if self.life.state == "accepted":
            self.stage.rechecked(self.decider, self.key)
            self.stage.does(self.decider, self.key, rechecking.acknowledge)

    def _state(self) -> None:
        with self.stage.work("li", self.firm) as work:
            revoking.state(work, self.stage.case(work, self.key), "材料是真实的，请再核查")

    def version(self) -> tuple[int, str]:
        with self.stage.work("auditor") as work:
            if not hasattr(self, "key"):
                return 0, ""
            case = self.stage.case(work, self.key)
            if self.life.state == "accepted":
                return 0, case.state.value  # asking registries again may change it lawfully
            return case.version, case.state.value

    @invariant()
    def stands_where_the_law_says(self) -> None:
        if not hasattr(self, "life"):
            return
        with self.stage.work("auditor") as work:
            case = self.stage.case(work, self.key)
            assert case.state.value == self.life.state
            self._dates(work, case)
            self._record(work, case)

    def _dates(self, work: Any, case: Case) -> None:
        life = self.life
        assert (case.due_on, case.statutory_on) == life.due()
        if life.state == "submitted":
            assert case.accept_by == life.accept_by()
        if case.correction:
            assert case.correction.answer_by == life.correct_by()
        if case.delivery and life.decided:
            assert case.delivery.due_on == life.deliver_by()
        for review, desk in zip(case.reviews, life.desks, strict=False):
            assert (review.agrees, review.due_on) == (desk.agrees, desk.due)
        for one in deadlines.explain(work, case):
            stands = any(first <= one.day <= last for first, last in life.pauses())
            assert not (stands and one.count), f"{one.day} was counted while suspended"
        recounted(tracing.trace(work, case))

    def _record(self, work: Any, case: Case) -> None:
        acts = self.life.acts
        assert acts["ask_correction"] <= 1
        assert acts["approve"] <= 1
        written = dict(
            work.session.execute(
                select(Document.kind, func.count())
                .where(Document.matter == case.key)
                .group_by(Document.kind)
            ).all()
        )
        wanted: Counter[str] = Counter()
        for act, kind in PAPERS.items():
            wanted[kind] += acts[act]
        assert written == {kind: n for kind, n in wanted.items() if n}
        noted = dict(
            work.session.execute(
                select(AuditEntry.act, func.count())
                .where(AuditEntry.subject == case.key, AuditEntry.act.in_(set(ENTRIES.values())))
                .group_by(AuditEntry.act)
            ).all()
        )
        entries: Counter[str] = Counter()
        for act, entry in ENTRIES.items():
            entries[entry] += acts[act]
        assert noted == {entry: n for entry, n in entries.items() if n}

    def teardown(self) -> None:
        """The firm is free for the next example: nothing is open, no license is held."""
        if not hasattr(self, "life"):
            return
        if self.life.state == "granted":
            self.the_result_is_made()
        with self.stage.work(self.decider) as work:
            case = self.stage.case(work, self.key)
            license = wallet.of_case(work, case.number) if case.number else None
            if license and license.state is LicenseState.VALID:
                library.cancel(work, license, reason="示范结束", law="行政许可法 第七十条")
        if self.life.may("withdraw", self.today):
            with self.stage.work("li", self.firm) as work:
                intake.withdraw(work, self.stage.case(work, self.key))


def walk(stage: Scene, *, examples: int, steps: int) -> None:
    """So many lives of so many steps; the first failure is told as it happened, not shrunk."""
    run_state_machine_as_test(
        type("Walk", (Machine,), {"stage": stage}),
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
            database=None,
        ),
    )
