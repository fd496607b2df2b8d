"""Gathering (一次收集): one form and one set of papers for all cases of a group, each in its own case."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from servicehall.applying import answering, attaching, branching
from servicehall.applying.answering import Gap
from servicehall.applying.branching import Branches
from servicehall.bundling.models import CaseGroup, GroupMember
from servicehall.cases import prefill
from servicehall.cases.models import Case, CaseMaterial
from servicehall.kernel.errors import NotFound
from servicehall.kernel.work import UnitOfWork
from servicehall.registries import lookups
from servicehall.registries.models import RegistryCall
from servicehall.standard import conditions, merging
from servicehall.standard.conditions import Standing
from servicehall.standard.merging import Asked, Part, Source
from servicehall.standard.schema import Item, Material

Planned = list[tuple[Case, list[RegistryCall]]]
_ORDER = {Standing.VISIBLE: 0, Standing.UNDETERMINED: 1, Standing.HIDDEN: 2}


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper of the group, asked for once however many of its cases want it.

    ``row`` and ``material`` are those of the first; ``code`` names it in addresses.
    """

    code: str
    material: Material
    row: CaseMaterial
    copies: tuple[tuple[Case, CaseMaterial], ...]
    comes: bool  # an item before it will supply it


def open_cases(group: CaseGroup) -> list[Case]:
    """The cases that are filled in together."""
    return [m.case for m in group.members if m.case.bundle and m.case.state.value == "draft"]


def plan(work: UnitOfWork, group: CaseGroup) -> Planned:
    """Every question still open, each on its own case's ground; the caller commits, then fetches."""
    return [(case, prefill.plan(work, case)) for case in open_cases(group)]


def fetch(work: UnitOfWork, planned: Planned) -> None:
    """Ask everything at once, and keep each answer in the case it was asked for."""
    calls = [call for _, own in planned for call in own]
    answers = iter(lookups.ask(work, calls))
    for case, own in planned:
        if own:
            prefill.keep(work, case, own, [next(answers) for _ in own])


def declare(work: UnitOfWork, group: CaseGroup, said: Mapping[str, str]) -> None:
    """Take the applicant's word where a registry had none, in every case that asks for it."""
    for case in open_cases(group):
        names = {fact.name for fact in prefill.facts(case)}
        if told := {name: text for name, text in said.items() if name in names}:
            prefill.declare(work, case, told)


def facts(group: CaseGroup) -> list[tuple[str, list[prefill.Fact]]]:
    """What is known, dataset by dataset, each value once."""
    found: dict[str, dict[str, prefill.Fact]] = {}
    for case in open_cases(group):
        for fact in prefill.facts(case):
            found.setdefault(fact.dataset, {}).setdefault(fact.name, fact)
    return [(dataset, list(by_name.values())) for dataset, by_name in found.items()]


def parts(group: CaseGroup) -> list[Part]:
    """The screens of the merged form on which something is surely asked."""
    standing = asked(group).questions
    return [
        part
        for part in merging.parts([case.item for case in open_cases(group)])
        if any(standing[one.code] is Standing.VISIBLE for one in part.asked)
    ]


def part(group: CaseGroup, code: str) -> Part:
    """The screen *code* of the merged form. Raises NotFound."""
    every = merging.parts([case.item for case in open_cases(group)])
    found = next((one for one in every if one.section.code == code), None)
    if found is None:
        raise NotFound
    return found


def answers(group: CaseGroup) -> dict[str, Any]:
    """What was said so far, by data element."""
    cases = {case.item_code: case for case in open_cases(group)}
    found = {}
    for one in _asked(group):
        told = [cases[s.item].answers.get(s.question) for s in one.sources if s.item in cases]
        found[one.code] = next((value for value in told if value not in (None, "", [])), "")
    return found


def asked(group: CaseGroup, said: Mapping[str, Any] | None = None) -> Branches:
    """Which merged questions are called for: by the item that calls for them most."""
    cases = {case.item_code: case for case in open_cases(group)}
    told = {code: _own(group, code, said or {}) for code in cases}
    known = {code: branching.of(case, told[code]).questions for code, case in cases.items()}
    found = {
        one.code: min((known[s.item][s.question] for s in one.sources), key=_ORDER.__getitem__)
        for one in _asked(group)
    }
    return Branches(found, {})


def standings(group: CaseGroup, part: Part, said: Mapping[str, Any]) -> dict[str, str]:
    """How each question of *part* that has a condition stands: see ``branching.standings``."""
    known, now = asked(group, said).questions, {**answers(group), **said}
    unsaid = {one.code for one in part.asked if now.get(one.code) in (None, "", [])}
    unsaid -= {code for code, one in known.items() if one is Standing.HIDDEN}
    return {
        code: ("waiting" if names & unsaid else "open")
        if known[code] is Standing.UNDETERMINED
        else known[code].value
        for code, names in conditional(group, part).items()
    }


def conditional(group: CaseGroup, part: Part) -> dict[str, frozenset[str]]:
    """The questions of *part* that are asked under a condition only, and on which ones they hang."""
    found = {}
    for one in part.asked:
        asks = [_hangs_on(group, source) for source in one.sources]
        if all(asks):
            found[one.code] = frozenset[str]().union(*asks)
    return found


def answer(work: UnitOfWork, group: CaseGroup, part: Part, said: Mapping[str, Any]) -> None:
    """Keep the answers of one screen in every case that asks. Raises Invalid naming the question."""
    standing = asked(group, said)
    for question in part.section.questions:
        if question.code not in standing.hidden:
            shown = answering.asked_as(question, standing)
            answering.check(shown, said.get(question.code), today=work.today())
    names = {one.code for one in part.asked}
    for case in open_cases(group):
        told = _own(group, case.item_code, {k: v for k, v in said.items() if k in names})
        answering.autosave(work, case, told)


def autosave(work: UnitOfWork, group: CaseGroup, said: Mapping[str, Any]) -> None:
    """Keep unfinished answers in every case that asks (自动保存); nothing is checked."""
    for case in open_cases(group):
        answering.autosave(work, case, _own(group, case.item_code, said))


def papers(group: CaseGroup) -> list[Paper]:
    """Each paper that is or may be called for, or was supplied: what bears one name is one paper."""
    found: dict[str, list[tuple[Case, CaseMaterial, Material]]] = {}
    for case in open_cases(group):
        for row, material in branching.papers(case):
            found.setdefault(material.name, []).append((case, row, material))
    return [_paper(group, told) for told in found.values()]


def paper(group: CaseGroup, code: str) -> Paper:
    """The paper *code* of the group. Raises NotFound."""
    found = next((one for one in papers(group) if one.code == code), None)
    if found is None:
        raise NotFound
    return found


def upload(work: UnitOfWork, group: CaseGroup, code: str, *, name: str, content: bytes) -> None:
    """One upload serves every case that asks for the paper."""
    for case, row in paper(group, code).copies:
        attaching.upload(work, case, row.code, name=name, content=content)


def supply(
    work: UnitOfWork, group: CaseGroup, code: str,
    verb: Callable[[UnitOfWork, Case, str], CaseMaterial],
) -> None:  # fmt: skip
    """Promise, bring later or take back (*verb* of applying.attaching) in every case."""
    for case, row in paper(group, code).copies:
        verb(work, case, row.code)


def gaps(group: CaseGroup, *, today: date) -> list[Gap]:
    """What is still missing in some case, each once; what an item before it supplies is not."""
    found: dict[tuple[str, str], Gap] = {}
    coming = {(case.id, row.code) for one in papers(group) if one.comes for case, row in one.copies}
    for case in open_cases(group):
        for gap in answering.gaps(case, today=today):
            if gap.kind != "material" or (case.id, gap.code) not in coming:
                found.setdefault((gap.kind, gap.label), gap)
    return list(found.values())


def open_parts(group: CaseGroup, *, today: date) -> set[str]:
    """The screens on which something is missing or does not hold."""
    standing, said = asked(group), answers(group)
    return {
        one.section.code for one in parts(group)
        if not all(_holds(standing, q, said, today) for q in one.section.questions)
    }  # fmt: skip


def awaited(before: Sequence[Item]) -> frozenset[str]:
    """The license types that *before* result in."""
    return frozenset(item.result.license_type for item in before if item.result) - {""}


def _holds(standing: Branches, question: Any, said: Mapping[str, Any], today: date) -> bool:
    if question.code in standing.hidden:
        return True
    return answering.holds(answering.asked_as(question, standing), said.get(question.code), today)


def _paper(group: CaseGroup, told: Sequence[tuple[Case, CaseMaterial, Material]]) -> Paper:
    first, row, material = told[0]
    member = {m.case_id: m for m in group.members}
    code = f"{first.item_code[18:]}-{row.code}"
    comes = all(_comes(group, member[case.id], row, wanted) for case, row, wanted in told)
    return Paper(code, material, row, tuple((case, row) for case, row, _ in told), comes)


def _comes(group: CaseGroup, member: GroupMember, row: CaseMaterial, material: Material) -> bool:
    """Whether an item before *member* results in the license that replaces the paper.

    One of the kind held already, of another child, gives way to it.
    """
    if (
        row.how not in ("pending", "license")
        or material.exempt is None
        or material.exempt.by != "license"
    ):
        return False
    before = [one.case.item for one in group.members if one.item_code in member.after]
    return material.exempt.name in awaited(before)


def _asked(group: CaseGroup) -> Iterator[Asked]:
    for one in merging.parts([case.item for case in open_cases(group)]):
        yield from one.asked


def _hangs_on(group: CaseGroup, source: Source) -> frozenset[str]:
    """The data elements that the condition of a question names; none where it has no condition."""
    item = next(case.item for case in open_cases(group) if case.item_code == source.item)
    by_code = {q.code: q for section in item.sections for q in section.questions}
    asks = conditions.asks(by_code[source.question].when)
    return frozenset(merging.element(by_code[code]) for code in asks if code in by_code)


def _own(group: CaseGroup, item: str, said: Mapping[str, Any]) -> dict[str, Any]:
    """*said* by data element, under the codes of one item's own questions."""
    return {
        source.question: said[one.code]
        for one in _asked(group) if one.code in said
        for source in one.sources if source.item == item
    }  # fmt: skip
