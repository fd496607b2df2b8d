"""Prefill (免提交、数据预填): fill in what the government already knows, with where it is from."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from servicehall.aggregating import gathered
from servicehall.cases import editing
from servicehall.cases.models import Case
from servicehall.evidence import retaining
from servicehall.identity import directory
from servicehall.kernel.errors import Invalid
from servicehall.kernel.work import UnitOfWork
from servicehall.licenses import library
from servicehall.registries import grounds, lookups
from servicehall.registries.connector import Answer
from servicehall.registries.lookups import Wanted
from servicehall.registries.models import RegistryCall
from servicehall.sharing import declaring
from servicehall.sharing.datasets import DATASETS
from servicehall.standard.schema import Item, Material, Need

HELD = "licenses.held"
NOTHING = frozenset({"无", "没有", "none"})  # what people write who have no such thing


@dataclass(frozen=True, slots=True)
class Fact:
    """One value and where it comes from (数据来源): never read back from a form.

    ``status``: verified 已核验, declared 自行申报待核验, missing 查无, unavailable 暂不可用,
    confirmed 窗口已核对.
    """

    name: str  # dataset.field
    value: str
    status: str
    call: str
    request_hash: str
    at: str  # ISO 8601, UTC
    classification: str = ""  # of its element: open, internal, personal, sensitive

    @property
    def dataset(self) -> str:
        return self.name.rpartition(".")[0]

    @property
    def field(self) -> str:
        return self.name.rpartition(".")[2]


def facts(case: Case) -> list[Fact]:
    """What is known of *case*, in the order the item declares it.

    A value that was never answered (the hall stopped between question and answer) is unavailable:
    it can be asked for again or declared by hand, and is never silently left out.
    """
    return [_fact(case, name) for name in _names(case.item)]


def value(case: Case, name: str) -> str:
    """The value of the fact ``dataset.field``; empty where there is none."""
    return str(case.facts.get(name, {}).get("value", ""))


def needs_of(item: Item) -> dict[str, list[str]]:
    """Dataset → fields, as the item declares them."""
    return {n.dataset: list(n.fields) for n in item.needs}


def plan(work: UnitOfWork, case: Case) -> list[RegistryCall]:
    """Put the questions still open on record; the caller commits, then fetches.

    Raises Conflict once the case is submitted: what the office examines stays as it was handed in.
    """
    editing.open_for_editing(work, case)
    return _planned(work, case, [n for n in case.item.needs if not _answered(case, n)])


def plan_anew(work: UnitOfWork, case: Case) -> list[RegistryCall]:
    """Every question of a case that waited (一件事): what was known when it was begun may be old."""
    return _planned(work, case, case.item.needs)


def fetch(work: UnitOfWork, case: Case, calls: Sequence[RegistryCall]) -> None:
    """Ask, and keep what was said. The network comes first, the one transaction after it."""
    keep(work, case, calls, lookups.ask(work, calls))


def keep(
    work: UnitOfWork, case: Case, calls: Sequence[RegistryCall], answers: Sequence[Answer]
) -> None:
    """Keep what registries said to *calls* of this very case."""
    work.hold(case)
    lookups.answered(work, calls, answers)
    retaining.keep(work, calls, answers)
    kept = dict(case.facts)
    for call, answer in zip(calls, answers, strict=True):
        kept.update(_new_facts(case, call, answer))
    case.facts = kept
    supply(work, case)
    if all(call.outcome == "refused" for call in calls):  # then no answer is on record yet
        work.record("case.supplied", case.matter, person=case.party)


def declare(work: UnitOfWork, case: Case, said: dict[str, str]) -> None:
    """Take the applicant's word where a registry had none; it stays 待核验 until checked.

    Who has no such thing says so (``NOTHING``). Raises Conflict once the case is submitted, Invalid
    that names the value where it cannot be.
    """
    editing.open_for_editing(work, case)
    kept = {f.name: asdict(f) for f in facts(case)}
    told = {
        name: {**kept[name], "value": _checked(work, name, text), "status": "declared"}
        for name, text in ((name, editing.readable(words)) for name, words in said.items())
        if text and name in kept and kept[name]["status"] != "verified"
    }
    if any(case.facts.get(name) != fact for name, fact in told.items()):
        case.facts = {**kept, **told}
        work.record("case.declared", case.matter, person=case.party, facts=sorted(told))


def _checked(work: UnitOfWork, name: str, said: str) -> str:
    dataset, _, field = name.rpartition(".")
    if said.casefold() in NOTHING:
        return ""
    try:
        return declaring.checked(DATASETS[dataset].items[field].element, said, today=work.today())
    except Invalid as error:
        raise Invalid(error.message, field=name, **error.params) from None


def told(case: Case, call: RegistryCall, answer: Answer) -> list[Fact]:
    """What a registry says, field by field as it was asked."""
    status = {"found": "verified", "none": "missing"}.get(answer.outcome, "unavailable")
    record, at = _chosen(case, call, answer), answer.at.isoformat(timespec="seconds")
    return [
        Fact(
            f"{call.dataset}.{field}", record.get(field, ""),
            status if record.get(field) or status != "verified" else "missing",
            call.key, answer.request_hash, at,
            DATASETS[call.dataset].items[field].element.classification,
        )
        for field in call.fields
    ]  # fmt: skip


def supply(work: UnitOfWork, case: Case) -> None:
    """Mark each exemptible material that data or a held license replaces now (免提交)."""
    by_code = {m.code: m for m in case.item.materials}
    for row in case.materials:
        material = by_code[row.code]
        if row.how != "pending" or material.exempt is None:
            continue
        if evidence := _evidence(work, case, material):
            row.how, row.evidence = material.exempt.by, evidence
            row.supplied_at = work.now()


def supply_anew(work: UnitOfWork, case: Case) -> None:
    """After facts changed: what no longer replaces a material leaves it to be brought (窗口补交)."""
    by_code = {m.code: m for m in case.item.materials}
    for row in case.materials:
        if row.how in ("registry", "license"):
            row.evidence = _evidence(work, case, by_code[row.code])
            row.how = row.how if row.evidence else "window"
    supply(work, case)


def _evidence(work: UnitOfWork, case: Case, material: Material) -> dict[str, Any]:
    exempt = material.exempt
    if exempt is None or exempt.by == "promise":
        return {}
    if exempt.by == "license":
        return _held(work, case, exempt.name)
    got = [f for f in facts(case) if f.dataset == exempt.name and f.status == "verified"]
    if not got:
        return {}
    return {"library": DATASETS[exempt.name].library, "call": got[0].call, "at": got[0].at}


def _held(work: UnitOfWork, case: Case, slug: str) -> dict[str, Any]:
    """A valid license of this type: in our own library, or issued elsewhere and shared."""
    _, code, _ = directory.holder(work, case.party)
    if license := library.held(work, code, slug):
        return {"license": license.identifier, "name": slug, "at": work.now().isoformat()}
    if other := gathered.held(work, code, slug):
        return {"license": gathered.name(other), "name": slug, "at": work.now().isoformat()}
    for fact in facts(case):
        if fact.name == f"{HELD}.type" and slug in fact.value.split("；"):
            return {"license": value(case, f"{HELD}.identifier"), "name": slug, "at": fact.at}
    return {}


def wanted(work: UnitOfWork, case: Case, need: Need) -> Wanted:
    _, subject, _ = directory.holder(work, case.party)
    if need.subject == "agent":
        subject = directory.person(work, case.agent).number
    return Wanted(need.dataset, need.fields, need.purpose, subject)


def _new_facts(case: Case, call: RegistryCall, answer: Answer) -> dict[str, dict[str, str]]:
    """What was said, except where the applicant's word is all there is."""
    return {
        fact.name: asdict(fact)
        for fact in told(case, call, answer)
        if fact.status == "verified" or case.facts.get(fact.name, {}).get("status") != "declared"
    }


def _chosen(case: Case, call: RegistryCall, answer: Answer) -> dict[str, str]:
    """The record to keep: the first; of held licenses the one that the item asks for."""
    wanted = {m.exempt.name for m in case.item.materials if m.exempt and m.exempt.by == "license"}
    for record in answer.records:
        if call.dataset != HELD or record.get("type") in wanted:
            return record
    return {}


def _planned(work: UnitOfWork, case: Case, needs: Sequence[Need]) -> list[RegistryCall]:
    ground = grounds.of(work, case.matter)
    return lookups.plan(work, ground, [wanted(work, case, need) for need in needs])


def _fact(case: Case, name: str) -> Fact:
    if name in case.facts:
        return Fact(**case.facts[name])
    dataset, _, field = name.rpartition(".")
    kind = DATASETS[dataset].items[field].element.classification
    begun = case.begun_at.isoformat(timespec="seconds")
    return Fact(name, "", "unavailable", "", "", begun, kind)


def _answered(case: Case, need: Need) -> bool:
    held = [case.facts.get(f"{need.dataset}.{field}", {}) for field in need.fields]
    return bool(held) and all(f.get("status") in ("verified", "missing") for f in held)


def _names(item: Item) -> list[str]:
    return [f"{n.dataset}.{field}" for n in item.needs for field in n.fields]
