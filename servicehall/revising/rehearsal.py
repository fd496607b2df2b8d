"""Rehearsal (预演): sample citizens walk through a wording before it is published; nothing is kept.

The samples are the synthetic people of the demo city and what its books say about them. No
registry is asked and no row is written: the case lives in memory, under the rules of real ones.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from servicehall.applying import branching
from servicehall.applying.branching import Branches
from servicehall.cases import prefill
from servicehall.cases.models import Case, CaseMaterial
from servicehall.cases.prefill import HELD, Fact
from servicehall.cases.states import State
from servicehall.catalogue import publishing
from servicehall.catalogue.models import ItemRevision
from servicehall.city import holdings
from servicehall.city.town import town
from servicehall.handling import decisions
from servicehall.identity import policy
from servicehall.kernel.words import N_
from servicehall.kernel.work import UnitOfWork
from servicehall.licenses.schema import LicenseTypes
from servicehall.sharing import predicates
from servicehall.standard.conditions import Standing
from servicehall.standard.schema import Item, Material, Question

ANSWERS: Mapping[str, Any] = {
    "text": "示范内容", "long_text": "示范内容", "number": "3", "money": "20000",
    "date": "2026-02-01", "phone": "19900000001", "yes_no": "yes", "address": "示范路 1 号",
    "bank_account": "6200000000000000", "citizen_number": "990102198506150019",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sample:
    """A synthetic applicant (样本): ``subject`` a number or credit code, ``agent`` who acts."""

    name: str
    subject: str
    agent: str
    organization: bool


@dataclass(frozen=True, slots=True)
class Walk:
    """How one sample gets through. ``obstacle`` says why it cannot apply at all, if so.

    ``papers`` maps a material to registry, license, promise, bring, optional or spared;
    ``questions`` to its standing before anything is answered and after; ``faces`` has each field
    of the result with its value, ``empty`` those that the license requires and nobody fills.
    """

    sample: Sample
    obstacle: str
    papers: Sequence[tuple[Material, str]]
    questions: Sequence[tuple[Question, Standing, Standing]]
    faces: Sequence[tuple[str, str]]
    empty: Sequence[str]


def samples() -> tuple[Sample, ...]:
    """The people with demo accounts, and the two companies of the demo city."""
    cast = town().cast
    people = (Sample(p.name, p.number, p.number, False) for p in (cast.wang, cast.li, cast.chen))
    companies = (Sample(c.name, c.code, c.representative.number, True) for c in cast.companies)
    return (*people, *companies)


def walks(work: UnitOfWork, item: Item) -> list[Walk]:
    """Every sample's way through *item*, whose form holds. Raises Forbidden."""
    policy.require(work.actor, "item.edit")
    types = work.use(LicenseTypes)
    return [_walk(work, item, sample, types) for sample in samples()]


def _walk(work: UnitOfWork, item: Item, sample: Sample, types: LicenseTypes) -> Walk:
    case = _case(work, item, sample)
    before = branching.of(case)
    _answer(case)
    after = branching.of(case)
    faces = _faces(case, types)
    return Walk(
        sample, _obstacle(item, sample), [(m, _way(case, m, after)) for m in item.materials],
        [(q, before.questions[q.code], after.questions[q.code]) for q in _questions(case.item)],
        [(name, value) for name, value, _ in faces],
        [name for name, value, required in faces if required and not value],
    )  # fmt: skip


def _case(work: UnitOfWork, item: Item, sample: Sample) -> Case:
    """A case that no session knows."""
    digest, body = publishing.wording(item)
    case = Case(
        revision=ItemRevision(code=item.code, digest=digest, body=body, published_at=work.now()),
        item_code=item.code, state=State.DRAFT, applicant=sample.name, answers={}, facts={},
        begun_at=work.now(),
        materials=[CaseMaterial(code=m.code, how="pending", evidence={}) for m in item.materials],
    )  # fmt: skip
    case.facts = {fact.name: asdict(fact) for fact in _facts(work, item, sample)}
    return case


def _facts(work: UnitOfWork, item: Item, sample: Sample) -> Iterator[Fact]:
    wanted = {m.exempt.name for m in item.materials if m.exempt and m.exempt.by == "license"}
    for need in item.needs:
        subject = sample.agent if need.subject == "agent" else sample.subject
        records = holdings.records(need.dataset, subject)
        fitting = [r for r in records if need.dataset != HELD or r.get("type") in wanted]
        record = fitting[0] if fitting else {}
        told = predicates.told(need.dataset, record, need.fields, today=work.today())
        for name in need.fields:
            value = told.get(name, "")
            status = "verified" if value else "missing"
            yield Fact(f"{need.dataset}.{name}", value, status, "", "", str(work.now()))


def _answer(case: Case) -> None:
    """Answer what is asked, question by question: each answer may open others."""
    for question in _questions(case.item):
        if branching.of(case).questions[question.code] is Standing.VISIBLE:
            case.answers = {**case.answers, question.code: _said(question)}


def _said(question: Question) -> Any:
    first = question.options[0][0] if question.options else ""
    if question.kind == "choices":
        return [first]
    return first if question.kind == "choice" else ANSWERS[question.kind]


def _way(case: Case, material: Material, asked: Branches) -> str:
    """How *material* comes to the office."""
    if material.code in asked.spared:
        return "spared"
    exempt = material.exempt
    facts = [f for f in prefill.facts(case) if f.status == "verified"]
    if exempt and exempt.by == "registry" and any(f.dataset == exempt.name for f in facts):
        return "registry"
    held = {t for f in facts if f.name == f"{HELD}.type" for t in f.value.split("；")}
    if exempt and exempt.by == "license" and exempt.name in held:
        return "license"
    if exempt and exempt.by == "promise":
        return "promise"
    return "optional" if material.needed == "optional" else "bring"


def _faces(case: Case, types: LicenseTypes) -> list[tuple[str, str, bool]]:
    """Each field of the result: name, value, whether the license requires it."""
    result = case.item.result
    if result is None or result.license_type not in types:
        return []
    return [
        (face.name, _value(case, result.carries.get(face.code, "")), face.required)
        for face in types[result.license_type].faces
    ]


def _value(case: Case, source: str) -> str:
    kind, _, name = source.partition(":")
    codes = {question.code for question in _questions(case.item)}
    if not source or (kind == "answer" and name not in codes):
        return ""
    if kind == "license":
        return N_("取自申请人已有的证照")
    return decisions.carried_here(case, source)


def _obstacle(item: Item, sample: Sample) -> str:
    if not item.applicable:
        return N_("这个事项不能在本大厅在线申请")
    if item.for_organizations and not sample.organization:
        return N_("由企业或其他组织申请，个人不能申请")
    if sample.organization and item.objects == ("natural_person",):
        return N_("由个人申请，单位不能申请")
    return ""


def _questions(item: Item) -> tuple[Question, ...]:
    return tuple(question for part in item.sections for question in part.questions)
