"""Sight (可见范围): what a department sees of a case; beyond what its review declares, nothing."""

from dataclasses import dataclass

from servicehall.cases.models import Case
from servicehall.identity import directory
from servicehall.kernel.errors import NotFound
from servicehall.kernel.work import UnitOfWork


@dataclass(frozen=True, slots=True)
class View:
    """What may be seen: everything (``whole``), or these datasets, sections and materials."""

    whole: bool
    data: frozenset[str] = frozenset()
    sections: frozenset[str] = frozenset()
    materials: frozenset[str] = frozenset()

    def shows_data(self, dataset: str) -> bool:
        return self.whole or dataset in self.data

    @property
    def identifies(self) -> bool:
        """Whether the number of the person or organization belongs to what is seen."""
        return self.whole or bool(self.data & {"population.person", "legal.organization"})

    def shows_section(self, code: str) -> bool:
        """A section that repeats is seen as often as it was filled (``code_2`` …)."""
        return self.whole or code in self.sections or code.rpartition("_")[0] in self.sections

    def shows_material(self, code: str) -> bool:
        return self.whole or code in self.materials


def of(work: UnitOfWork, case: Case) -> View:
    """What the actor's department sees of *case*.

    All of it where the department handles the case or is the one window; a department that only
    reviews sees what its steps declare (并联审批: 只看与本部门审查有关的内容).
    """
    mine = work.actor.department
    if mine == case.department or directory.department(work, mine).one_window:
        return View(whole=True)
    steps = [step.sees for step in case.item.parallel if step.department == mine]
    return View(
        whole=False,
        data=frozenset(code for sees in steps for code in sees.data),
        sections=frozenset(code for sees in steps for code in sees.sections),
        materials=frozenset(code for sees in steps for code in sees.materials),
    )


def require_whole(work: UnitOfWork, case: Case) -> None:
    """What only whoever sees everything may do. Raises NotFound: unseen looks like missing."""
    if not of(work, case).whole:
        raise NotFound


def require_identity(work: UnitOfWork, case: Case) -> None:
    """Raises NotFound where the applicant's number is none of the department's business."""
    if not of(work, case).identifies:
        raise NotFound


def require_material(work: UnitOfWork, case: Case, code: str) -> None:
    """Raises NotFound for a material the department may not see."""
    if not of(work, case).shows_material(code):
        raise NotFound


def require_data(work: UnitOfWork, case: Case, dataset: str) -> None:
    """Raises NotFound for a dataset the department may not see."""
    if not of(work, case).shows_data(dataset):
        raise NotFound
