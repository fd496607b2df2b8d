"""A stage on which things are applied for at once."""

from servicehall.applying import attaching
from servicehall.bundling import gathering, grouping, releasing
from servicehall.bundling.models import CaseGroup
from servicehall.cases.states import State
from servicehall.cli import serving
from servicehall.kernel.work import UnitOfWork
from servicehall.payments import billing
from tests.cases.halls import Scene
from tests.journeys.stage import PDF, _answer
from tests.journeys.test_every_item import reviewers

CATERING, NEWBORN, EMPLOYMENT = "catering-opening", "newborn", "employment"
SOLE = "11990101000000318U499013101100001"
FOOD_SOLE = "11990101000000318U499013102100001"
FIRE_SOLE, SIGN_SOLE = "11990101000000254X499012500200001", "11990101000000262Q499102600200001"
BIRTH = "11990101000000094N4990709007000"


class Together(Scene):
    """A scene with groups of cases."""

    def group(self, work: UnitOfWork, key: str) -> CaseGroup:
        return work.session.query(CaseGroup).filter_by(key=key).one()

    def together(self, login: str, slug: str, organization: str = "", **said: str) -> str:
        """Begin with one consent and one round of questions; the key of the group."""
        with self.work(login, organization) as work:
            group = grouping.begin(work, slug, said)
            planned = gathering.plan(work, group)
            work.commit()
            gathering.fetch(work, planned)
            work.commit()
            return group.key

    def filled(self, login: str, key: str, organization: str = "", **said: str) -> None:
        """Answer every screen once and hand in every paper once."""
        with self.work(login, organization) as work:
            group = grouping.own(work, key)
            for part in gathering.parts(group):
                told = {q.code: said.get(q.code, _answer(q)) for q in part.section.questions}
                gathering.answer(work, group, part, told)
            work.commit()
            for paper in gathering.papers(group):
                if paper.row.how != "pending" or paper.comes:
                    continue
                if paper.material.exempt and paper.material.exempt.by == "promise":
                    gathering.supply(work, group, paper.code, attaching.promise)
                else:
                    gathering.upload(work, group, paper.code, name="图.pdf", content=PDF)

    def handed_in(self, login: str, key: str, organization: str = "") -> None:
        with self.work(login, organization) as work:
            grouping.submit(work, grouping.own(work, key), key=f"once-{key}")

    def children(self, key: str) -> dict[str, tuple[str, State]]:
        """Item code → the child's key and state."""
        with self.work("auditor") as work:
            group = self.group(work, key)
            return {m.item_code: (m.case.key, m.case.state) for m in group.members}

    def moved(self) -> int:
        """The worker moves on what waits; how many cases it tried."""
        tried: set[int] = set()
        with self.hall.work(serving.SYSTEM) as work:
            while releasing.move_one(work, tried):
                work.commit()
        return len(tried)

    def through(self, key: str) -> None:
        """Accepted, paid for, agreed by everyone and granted."""
        self.accepted(key)
        with self.work("clerk") as work:
            if bill := billing.of(work, key):
                billing.settle(work, key, f"DEMO-{bill.id:06}")
        logins, deciding = reviewers(self, key)
        for login in logins:
            self.agreed(login, key)
        self.granted(deciding, key)
