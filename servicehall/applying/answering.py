"""Answering (填报): what only the applicant can say, kept as it is typed and checked when sent."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from servicehall.applying import branching
from servicehall.applying.branching import Branches
from servicehall.cases import editing, prefill
from servicehall.cases.models import Case
from servicehall.kernel import codes
from servicehall.kernel.errors import Invalid, NotFound
from servicehall.kernel.words import N_
from servicehall.kernel.work import UnitOfWork
from servicehall.sharing.datasets import DATASETS
from servicehall.standard.conditions import Standing
from servicehall.standard.schema import Question, Section

Check = Callable[[Question, Any, date], Any]


@dataclass(frozen=True, slots=True)
class Gap:
    """Something still to be done before the case can be submitted: where and what."""

    kind: str  # section, material, fact
    code: str
    label: str


def section(case: Case, code: str) -> Section:
    """The section *code* of the case's form. Raises NotFound."""
    for found in case.item.sections:
        if found.code == code:
            return found
    raise NotFound


def autosave(work: UnitOfWork, case: Case, said: Mapping[str, Any]) -> None:
    """Keep unfinished answers as they are (自动保存); nothing is checked, unknown names dropped."""
    editing.open_for_editing(work, case)
    known = {q.code: q for s in case.item.sections for q in s.questions}
    kept = {**case.answers, **{k: _typed(known[k], v) for k, v in said.items() if k in known}}
    if kept == case.answers:
        return
    case.answers, case.saved_at = kept, work.now()
    work.record("case.saved", case.matter, person=case.party)


def answer(work: UnitOfWork, case: Case, part: Section, said: Mapping[str, Any]) -> None:
    """Keep the answers of one section. Raises Invalid naming the first wrong field.

    What is no longer asked once this is said is forgotten, in every section.
    """
    editing.open_for_editing(work, case)
    asked = branching.of(case, {q.code: said.get(q.code) for q in part.questions})
    checked = {
        q.code: check(asked_as(q, asked), said.get(q.code), today=work.today())
        for q in part.questions
        if q.code not in asked.hidden
    }
    forgotten = dict.fromkeys(asked.hidden & (case.answers.keys() | said.keys()), "")
    case.answers, case.saved_at = {**case.answers, **checked, **forgotten}, work.now()
    work.record("case.answered", case.matter, person=case.party, section=part.code)


def check(question: Question, said: Any, *, today: date) -> Any:
    """*said* in the form it is kept in. Raises Invalid that names the question."""
    if said in (None, []) or (isinstance(said, str) and not editing.readable(said)):
        if question.required and question.kind in ("choice", "choices", "yes_no"):
            raise Invalid(N_("请选择%(label)s"), field=question.code, label=question.label)
        if question.required:
            raise Invalid(N_("请填写%(label)s"), field=question.code, label=question.label)
        return ""
    try:
        parse: Check = _KINDS.get(question.kind, _text)
        return parse(question, said, today)
    except Invalid as error:
        raise Invalid(error.message, field=question.code, **error.params) from None


def asked_as(question: Question, asked: Branches) -> Question:
    """*question* as it is asked now: what may turn out not to be asked need not be answered."""
    if asked.questions.get(question.code) is Standing.UNDETERMINED:
        return question.model_copy(update={"required": False})
    return question


def gaps(case: Case, *, today: date) -> list[Gap]:
    """What is still missing or, kept by autosave, does not hold; in the order of the task list."""
    found = [
        Gap("fact", fact.name, DATASETS[fact.dataset].fields[fact.field])
        for fact in prefill.facts(case)
        if fact.status == "unavailable" and not fact.value
    ]
    asked = branching.of(case)
    for part in case.item.sections:
        wanted = [asked_as(q, asked) for q in part.questions if q.code not in asked.hidden]
        if not all(holds(q, case.answers.get(q.code), today) for q in wanted):
            found.append(Gap("section", part.code, part.title))
    by_code = {m.code: m for m in case.item.materials}
    for row in case.materials:
        required = by_code[row.code].needed == "required" and asked.calls_for(row.code)
        if row.how == "pending" and required:
            found.append(Gap("material", row.code, by_code[row.code].name))
    return found


def settle(case: Case, *, today: date) -> None:
    """Bring answers that autosave kept as typed into their checked form; see ``gaps`` first.

    What is not asked is not handed in.
    """
    asked = branching.of(case)
    questions = [q for part in case.item.sections for q in part.questions]
    checked = {
        q.code: ""
        if q.code in asked.hidden
        else check(asked_as(q, asked), case.answers.get(q.code), today=today)
        for q in questions
    }
    case.answers = {**case.answers, **checked}


def holds(question: Question, said: Any, today: date) -> bool:
    """Whether *said* may stand as the answer to *question*."""
    try:
        check(question, said, today=today)
    except Invalid:
        return False
    return True


def _typed(question: Question, said: Any) -> str | list[str]:
    """As a form sent it: several values only where several may be chosen."""
    given = [str(one) for one in (said if isinstance(said, list) else [said])]
    return given if question.kind == "choices" else (given or [""])[0]


def _text(question: Question, said: Any, today: date) -> str:
    text = editing.readable(said)
    if len(text) > question.most:
        raise Invalid(
            N_("%(label)s不能超过 %(most)s 个字"), label=question.label, most=question.most
        )
    return text


def _choice(question: Question, said: Any, today: date) -> str:
    if str(said) not in {value for value, _ in question.options}:
        raise Invalid(N_("请在%(label)s中选择一项"), label=question.label)
    return str(said)


def _choices(question: Question, said: Any, today: date) -> list[str]:
    picked = [said] if isinstance(said, str) else list(said)
    return [_choice(question, one, today) for one in picked]


def _yes_no(question: Question, said: Any, today: date) -> str:
    if said not in ("yes", "no"):
        raise Invalid(N_("请在%(label)s中选择一项"), label=question.label)
    return str(said)


def _date(question: Question, said: Any, today: date) -> str:
    try:
        return date.fromisoformat(str(said)).isoformat()
    except ValueError:
        raise Invalid(N_("%(label)s应为日期，例如 2026-01-31"), label=question.label) from None


def _number(question: Question, said: Any, today: date) -> str:
    text = editing.plain(said)
    if not re.fullmatch(r"[0-9]{1,15}(\.[0-9]{1,2})?", text):
        raise Invalid(N_("%(label)s应为数字"), label=question.label)
    if "most" in question.model_fields_set and Decimal(text) > question.most:
        raise Invalid(N_("%(label)s不能超过 %(most)s"), label=question.label, most=question.most)
    return text


def _bank_account(question: Question, said: Any, today: date) -> str:
    text = re.sub(r"\s", "", editing.plain(said))
    if not re.fullmatch(r"[0-9]{12,21}", text):
        raise Invalid(N_("银行账号应为 12 到 21 位数字"))
    return text


_KINDS: dict[str, Check] = {
    "choice": _choice,
    "choices": _choices,
    "yes_no": _yes_no,
    "date": _date,
    "number": _number,
    "money": _number,
    "bank_account": _bank_account,
    "phone": lambda question, said, today: codes.mobile(editing.plain(said)),
    "citizen_number": lambda question, said, today: codes.citizen_number(
        editing.plain(said), today=today
    ),
}


def worded(question: Question, said: Any) -> str:
    """An answer as a person reads it: the words of a choice, not its value."""
    words: dict[str, str] = dict(question.options)
    if question.kind == "yes_no":
        words = {"yes": "是", "no": "否"}
    given = said if isinstance(said, list) else [said]
    return "、".join(words.get(str(one), str(one or "")) for one in given)
