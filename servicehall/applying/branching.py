"""Branching (情形判断): which questions and papers this case calls for, as far as it is known."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from servicehall.cases import prefill
from servicehall.cases.models import Case, CaseMaterial
from servicehall.standard import conditions, situations
from servicehall.standard.conditions import Known, Standing
from servicehall.standard.schema import Item, Material, Section

KNOWN = frozenset({"verified", "declared", "confirmed", "missing"})


@dataclass(frozen=True, slots=True)
class Branches:
    """The standing of every question and every material, by code."""

    questions: Mapping[str, Standing]
    materials: Mapping[str, Standing]

    @property
    def hidden(self) -> frozenset[str]:
        """The questions that are not asked."""
        return frozenset(c for c, s in self.questions.items() if s is Standing.HIDDEN)

    @property
    def spared(self) -> frozenset[str]:
        """The materials that are not asked for."""
        return frozenset(c for c, s in self.materials.items() if s is Standing.HIDDEN)

    def calls_for(self, material: str) -> bool:
        """Whether *material* is surely asked for: in doubt nobody has to bring a paper."""
        return self.materials.get(material) is Standing.VISIBLE


def of(case: Case, said: Mapping[str, Any] | None = None) -> Branches:
    """What *case* calls for, with *said* for answers that are not kept yet."""
    facts = {fact.name: fact.value for fact in prefill.facts(case) if fact.status in KNOWN}
    return of_item(case.item, {**case.answers, **(said or {})}, facts)


def sections(case: Case) -> list[Section]:
    """The sections of which something is surely asked, in order."""
    asked = of(case).questions
    return [
        part
        for part in case.item.sections
        if any(asked[question.code] is Standing.VISIBLE for question in part.questions)
    ]


def papers(case: Case) -> list[tuple[CaseMaterial, Material]]:
    """Each material that is or may be called for, or was supplied: its row and its declaration."""
    spared, rows = of(case).spared, {row.code: row for row in case.materials}
    pairs = [(rows[m.code], m) for m in case.item.materials if m.code in rows]
    return [(row, m) for row, m in pairs if m.code not in spared or row.how != "pending"]


def standings(case: Case, part: Section, said: Mapping[str, Any] | None = None) -> dict[str, str]:
    """How each question of *part* that has a condition stands (显隐) once *said* is answered.

    visible, hidden, waiting (for another answer on the same page), or open: undetermined for a
    reason that no answer on this page can mend; then it is shown and may stay empty.
    """
    asked, given = of(case, said).questions, {**case.answers, **(said or {})}
    unsaid = {q.code for q in part.questions if conditions.value(q, given.get(q.code)) is None}
    unsaid -= {code for code, one in asked.items() if one is Standing.HIDDEN}
    return {
        q.code: ("waiting" if conditions.asks(q.when) & unsaid else "open")
        if asked[q.code] is Standing.UNDETERMINED
        else asked[q.code].value
        for q in part.questions
        if q.when
    }


def of_item(item: Item, answers: Mapping[str, Any], facts: Mapping[str, str]) -> Branches:
    """What *item* calls for where these answers and these facts (``dataset.field``) are known."""
    known = Known(facts=facts)
    asked = conditions.questions(item, answers, known)
    return Branches(asked, {m.code: _material(item, m, known) for m in item.materials})


def _material(item: Item, material: Material, known: Known) -> Standing:
    """Both its own condition and, where situations (情形) name it, one of them must hold."""
    own = conditions.standing(material.when, known)
    named = [s for s in item.situations if material.code in s.materials]
    if not named or own is Standing.HIDDEN:
        return own
    if any(situations.holds(situation, known.values) for situation in named):
        return own
    askable = {code for s in named for code in s.when} - known.values.keys() - known.hidden
    return Standing.UNDETERMINED if askable else Standing.HIDDEN
