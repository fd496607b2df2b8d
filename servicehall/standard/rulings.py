"""Rulings (秒批规则): whether an item's published decision rules hold on what registries verified.

A rule is a condition (standard.conditions) on ``facts.<dataset>.<field>`` and nothing else: what the
applicant says decides nothing. Three-valued: what is not known leaves a rule open, and a person decides.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from servicehall.kernel.words import N_, Words
from servicehall.standard import conditions
from servicehall.standard.conditions import Known, Standing
from servicehall.standard.problems import Problem, Surroundings, problem
from servicehall.standard.schema import Automatic, Item, Ruling

_ALONE = frozenset({"registry", "license"})  # what supplies a paper without anybody


@dataclass(frozen=True, slots=True)
class Verdict:
    """One rule and what verified facts say of it: met, unmet or open; the facts it rests on."""

    ruling: Ruling
    outcome: str
    facts: tuple[str, ...]


_OUTCOMES = {Standing.VISIBLE: "met", Standing.HIDDEN: "unmet", Standing.UNDETERMINED: "open"}


def judged(automatic: Automatic, facts: Mapping[str, str]) -> list[Verdict]:
    """What *facts* (``dataset.field``, verified ones only) say of every rule, in order."""
    found = []
    for ruling in automatic.rules:
        _, named = conditions.names(ruling.rule)
        outcome = _OUTCOMES[conditions.standing(ruling.rule, Known(facts=facts))]
        found.append(Verdict(ruling, outcome, tuple(sorted(named))))
    return found


def rests_on(automatic: Automatic) -> frozenset[str]:
    """The facts that the rules name."""
    return frozenset[str]().union(*(conditions.names(one.rule)[1] for one in automatic.rules))


def ruled(item: Item, around: Surroundings) -> Iterator[Problem]:
    """Every rule can be read, and rests on declared facts only."""
    declared = {f"{need.dataset}.{name}" for need in item.needs for name in need.fields}
    for ruling in item.automatic.rules if item.automatic else ():
        where = f"automatic.rules.{ruling.code}.rule"
        try:
            questions, facts = conditions.names(ruling.rule)
        except ValueError as error:
            yield problem(
                "automatic.compiles", where, N_("规则不能识别：%(reason)s"),
                N_("按 CEL 写法改正，例如 facts.social.insurance.insured == '是'"),
                reason=Words(error),
            )  # fmt: skip
            continue
        wrong: Sequence[str] = sorted(questions | (facts - declared))
        if wrong or not facts:
            yield problem(
                "automatic.facts", where,
                N_("秒批规则只能依据本事项声明的共享数据，不能依据：%(names)s"),
                N_("写 facts.数据集.字段，并在“数据需求”（needs）中声明"), names="、".join(wrong),
            )  # fmt: skip


def decidable(item: Item, around: Surroundings) -> Iterator[Problem]:
    """Nothing else needs a person: no fee, no other department, no paper to look at."""
    if item.automatic is None:
        return
    if item.fee or any(step.department != item.department for step in item.parallel):
        yield problem(
            "automatic.alone", "automatic", N_("要收费或者由几个部门审查的事项不能秒批"),
            N_("去掉“秒批”（automatic）"),
        )  # fmt: skip
    for material in item.materials:
        promised = material.exempt is not None and material.exempt.by == "promise"
        supplied = material.exempt is not None and material.exempt.by in _ALONE
        if not (supplied or promised or material.needed == "optional" or material.when):
            yield problem(
                "automatic.papers", f"materials.{material.code}",
                N_("“%(name)s”要人工查看，有它的事项不能秒批"),
                N_("由共享数据、证照或者承诺代替，或者去掉“秒批”（automatic）"), name=material.name,
            )  # fmt: skip
    asked = {question.code for part in item.sections for question in part.questions}
    for code in item.automatic.unless:
        if code not in asked:
            yield problem(
                "automatic.unless", "automatic.unless", N_("没有填报项 %(name)s"),
                N_("写填报项的代号"), name=code,
            )  # fmt: skip


def offered(item: Item, around: Surroundings) -> Iterator[Problem]:
    """What is offered unasked is decided by rule, and asks a registry for yes or no only."""
    if item.offer is None:
        return
    if item.automatic is None:
        yield problem(
            "offer.automatic",
            "offer",
            N_("免申即享的事项要有秒批规则"),
            N_("填写“秒批”（automatic）"),
        )
    full = set(around.personal.get(item.offer.dataset, ()))
    known = set(around.datasets.get(item.offer.dataset, ()))
    wrong = sorted(name for name in item.offer.fields if name in full or name not in known)
    if wrong:
        yield problem(
            "offer.fields", "offer.fields",
            N_("找出符合条件的人只能用是非字段，不能用：%(names)s"), N_("改用数据集里的是非字段"),
            names="、".join(wrong),
        )  # fmt: skip


RULES = (ruled, decidable, offered)
