"""Eligibility (办理条件自测): which conditions somebody meets, as far as it is known; it decides nothing.

Rules are conditions (standard.conditions) on the questions of the pre-check, three-valued. Of a date
``day`` they may also use ``day_days``, the days from today until it, and ``day_months``, the whole
months since it (both negative the other way round).
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from servicehall.kernel.words import N_, Words
from servicehall.standard import conditions
from servicehall.standard.conditions import Known, Standing
from servicehall.standard.problems import Problem, Surroundings, problem
from servicehall.standard.schema import Basis, Criterion, Eligibility, Inquiry, Item

KINDS = frozenset({"yes_no", "choice", "number", "date"})
_TOLD = {"age": "number", "sex": "choice", "party": "choice", "held": "yes_no"}


class Outcome(StrEnum):
    """What the pre-check says of one condition (自测结论)."""

    MET = "met"  # 符合
    UNMET = "unmet"  # 不符合
    OPEN = "open"  # 还不能确定


@dataclass(frozen=True, slots=True)
class Judgement:
    """One condition, what is known of it, its legal basis, and the questions that would decide it."""

    criterion: Criterion
    outcome: Outcome
    basis: Basis
    undecided: Sequence[Inquiry] = ()


def asked(eligibility: Eligibility, answers: Mapping[str, object], today: date) -> list[Inquiry]:
    """The questions that are called for, or may be, where *answers* are known."""
    hidden = _learned(eligibility, answers, today).hidden
    return [one for one in eligibility.questions if one.code not in hidden]


def judged(item: Item, answers: Mapping[str, object], today: date) -> list[Judgement]:
    """What *answers* (texts, as questions keep them) say of every condition of *item*, in order."""
    if item.eligibility is None:
        return []
    known = _learned(item.eligibility, answers, today)
    return [_judgement(item, item.eligibility, one, known) for one in item.eligibility.criteria]


def founded(item: Item, criterion: Criterion) -> Basis:
    """The legal basis of *criterion*: the item's own where it names one, else as cited."""
    same = (b for b in item.bases if (b.law, b.article) == _cited(criterion))
    return next(same, criterion.basis)


def asking(item: Item, around: Surroundings) -> Iterator[Problem]:
    """Questions of the pre-check can be answered by choosing, by a number or by a date."""
    for one in item.eligibility.questions if item.eligibility else ():
        where = f"eligibility.questions.{one.code}"
        if one.kind not in KINDS or (one.kind == "choice" and not one.options):
            yield problem(
                "eligibility.kind", where, N_("自测问题“%(label)s”应是是非、单选、数字或日期题"),
                N_("换一种问法，单选题写出选项"), label=one.label,
            )  # fmt: skip
        if one.known and one.kind != _TOLD[one.known]:
            yield problem(
                "eligibility.known", f"{where}.known",
                N_("本大厅已经知道的“%(known)s”应是 %(kind)s 题"), N_("改正“种类”（kind）"),
                known=one.known, kind=_TOLD[one.known],
            )  # fmt: skip
        if bool(one.license_type) != (one.known == "held") or (
            one.license_type and one.license_type not in around.licenses
        ):
            yield problem(
                "eligibility.license", f"{where}.license_type", N_("没有写明是哪一种证照"),
                N_("“本大厅已经知道的”（known）选“持有的证照”（held），“证照类型代号”（license_type）填已有的代号"),
            )  # fmt: skip


def ruled(item: Item, around: Surroundings) -> Iterator[Problem]:
    """Every rule compiles and names questions of the pre-check; a question comes before its use."""
    if item.eligibility is None:
        return
    before: set[str] = set()
    for one in item.eligibility.questions:
        where = f"eligibility.questions.{one.code}"
        yield from _once(one.code, where, before)
        yield from _named(one.when, f"{where}.when", before)
        before |= _names(one)
    used: set[str] = set()
    for criterion in item.eligibility.criteria:
        where = f"eligibility.criteria.{criterion.code}"
        yield from _once(criterion.code, where, used)
        used.add(criterion.code)
        yield from _named(criterion.rule, f"{where}.rule", before)


def _once(code: str, where: str, used: set[str]) -> Iterator[Problem]:
    if code in used:
        yield problem(
            "eligibility.once", where, N_("代号 %(name)s 用了两次"), N_("换一个代号"), name=code
        )


def cited(item: Item, around: Surroundings) -> Iterator[Problem]:
    """A reason names a law that the item stands on, or cites another in full (文号或条文)."""
    for one in item.eligibility.criteria if item.eligibility else ():
        if founded(item, one) is one.basis and not one.basis.text:
            yield problem(
                "eligibility.basis", f"eligibility.criteria.{one.code}.basis",
                N_("“%(name)s”的依据不是本事项的设定依据，也没有写明条文"),
                N_("写设定依据里的法律和条款；引用别的条款要填“条文内容”（text）"), name=one.name,
            )  # fmt: skip


def _cited(criterion: Criterion) -> tuple[str, str]:
    return criterion.basis.law, criterion.basis.article


def _judgement(item: Item, eligibility: Eligibility, one: Criterion, known: Known) -> Judgement:
    says = conditions.standing(one.rule, Known(known.values))  # a hidden question decides nothing
    basis = founded(item, one)
    if says is not Standing.UNDETERMINED:
        return Judgement(one, Outcome.MET if says is Standing.VISIBLE else Outcome.UNMET, basis)
    named, _ = conditions.names(one.rule)
    missing = [
        question
        for question in eligibility.questions
        if _names(question) & named and question.code not in known.values.keys() | known.hidden
    ]
    return Judgement(one, Outcome.OPEN, basis, missing)


def _learned(eligibility: Eligibility, answers: Mapping[str, object], today: date) -> Known:
    known = Known()
    for one in eligibility.questions:
        standing = conditions.standing(one.when, known)
        if standing is Standing.HIDDEN:
            known.hidden.add(one.code)
        elif standing is Standing.VISIBLE:
            known.values.update(_values(one, answers.get(one.code), today))
    return known


def _values(question: Inquiry, said: object, today: date) -> dict[str, object]:
    """What an answer says; what cannot be an answer is none."""
    value = conditions.value(question, said)
    offered = {"yes", "no"} if question.kind == "yes_no" else {v for v, _ in question.options}
    if value is None or (offered and value not in offered):
        return {}
    if question.kind == "number":
        return {question.code: value} if math.isfinite(value) else {}
    if question.kind == "date":
        return _of_date(question.code, str(value), today)
    return {question.code: value}


def _of_date(code: str, text: str, today: date) -> dict[str, object]:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return {}
    months = (today.year - day.year) * 12 + today.month - day.month - (today.day < day.day)
    return {code: text, f"{code}_days": (day - today).days, f"{code}_months": months}


def _names(question: Inquiry) -> set[str]:
    """The names that rules may use for what *question* says."""
    code = question.code
    return {code, f"{code}_days", f"{code}_months"} if question.kind == "date" else {code}


def _named(rule: str, where: str, allowed: set[str]) -> Iterator[Problem]:
    if not rule:
        return
    try:
        named, facts = conditions.names(rule)
    except ValueError as error:
        yield problem(
            "eligibility.compiles", where, N_("规则不能识别：%(reason)s"),
            N_("按 CEL 写法改正，例如 age >= 80 && household == 'yes'"),
            reason=Words(error),
        )  # fmt: skip
        return
    for name in sorted(named - allowed) + ["facts" for _ in facts][:1]:
        yield problem(
            "eligibility.names", where, N_("规则里的 %(name)s 不是在它之前的自测问题"),
            N_("写自测问题的代号"), name=name,
        )  # fmt: skip


RULES = (asking, ruled, cited)
