"""Apply (在线申请): consent, what was fetched, the task list, the questions, check, submit, receipt."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from servicehall.applying import answering, branching, collecting, consenting, intake, sending
from servicehall.automating import instant
from servicehall.cases import deadlines, matters, prefill
from servicehall.cases.states import EDITABLE, State
from servicehall.catalogue import items as catalogue
from servicehall.handling import decisions
from servicehall.kernel.clock import local
from servicehall.kernel.errors import Invalid, Unavailable
from servicehall.portals.forms import form_for
from servicehall.portals.guard import work
from servicehall.portals.pages import form_errors
from servicehall.registries import lookups
from servicehall.sharing import granting
from servicehall.sharing.datasets import DATASETS
from servicehall.standard import conditions
from servicehall.standard.schema import Item, Section

pages = Blueprint("apply", __name__)


@pages.get("/items/<code>/apply")
def consent(code: str) -> ResponseReturnValue:
    """Read and agree (告知与授权): each registry, field and purpose by name."""
    if found := intake.draft(work, code):
        return redirect(url_for(".tasks", key=found.key))
    item = catalogue.open_entry(work, code).current.item
    return render_template("citizen/consent.html", item=item, needs=_needs(item), errors={})


@pages.post("/items/<code>/begin")
def begin(code: str) -> ResponseReturnValue:
    """Open the case and ask the registries: what is asked is durable before it is asked."""
    item = catalogue.current(work, code).item
    if not request.form.get("agree"):
        errors = {"agree": [gettext("请勾选同意后继续；不同意也可以到窗口办理")]}
        page = render_template("citizen/consent.html", item=item, needs=_needs(item), errors=errors)
        return page, 422
    case = intake.begin(work, code, words=consenting.words(item))
    calls = prefill.plan(work, case)
    work.commit()
    prefill.fetch(work, case, calls)
    work.commit()
    return redirect(url_for(".preview", key=case.key))


@pages.get("/cases/<key>/preview")
def preview(key: str) -> str:
    """What was fetched (核对共享数据): each value with its source and time."""
    return _preview(key, {})


@pages.post("/cases/<key>/preview")
def declare(key: str) -> ResponseReturnValue:
    """Take the applicant's own word where a registry had none."""
    case = matters.own(work, key)
    said = {name: text for name, text in request.form.items() if "." in name}
    if any(text.strip() for text in said.values()):
        try:
            prefill.declare(work, case, said)
        except Invalid as error:
            work.rollback()
            return _preview(key, form_errors(error)), 422
        work.commit()
    return redirect(url_for(".tasks", key=key))


def _preview(key: str, errors: dict[str, list[str]]) -> str:
    """The page, with what is wrong beside what was typed."""
    case = matters.own(work, key)
    return render_template(
        "citizen/preview.html", case=case, item=case.item, groups=_groups(case),
        step=2, errors=errors, refusals=lookups.refusals(work, case.matter),
        why=granting.REFUSALS,
    )  # fmt: skip


@pages.post("/cases/<key>/refetch")
def refetch(key: str) -> ResponseReturnValue:
    """Ask again the registries that did not answer."""
    case = matters.own(work, key)
    calls = prefill.plan(work, case)
    if calls:
        work.commit()
        prefill.fetch(work, case, calls)
        work.commit()
    return redirect(url_for(".preview", key=key))


@pages.get("/cases/<key>/tasks")
def tasks(key: str) -> ResponseReturnValue:
    """The task list (任务清单): what is done, what is left, in any order."""
    case = matters.own(work, key)
    if case.bundle:
        return redirect(url_for("citizen.joint.group", key=case.bundle))
    if case.state not in EDITABLE:
        return redirect(url_for(".receipt" if _is_attended() else "citizen.mine.case", key=key))
    gaps = {(g.kind, g.code) for g in answering.gaps(case, today=work.today())}
    return render_template(
        "citizen/tasks.html", case=case, item=case.item, gaps=gaps,
        materials=branching.papers(case), facts=prefill.facts(case), datasets=DATASETS,
        sections=branching.sections(case),
        unavailable=[f for f in prefill.facts(case) if f.status == "unavailable"],
    )  # fmt: skip


@pages.get("/cases/<key>/sections/<code>")
def section(key: str, code: str) -> str:
    case = matters.own(work, key)
    part = answering.section(case, code)
    return _section_page(case, part, form_for(part, None, case.answers, branching.of(case)))


@pages.post("/cases/<key>/sections/<code>")
def answer(key: str, code: str) -> ResponseReturnValue:
    """Keep the answers of one section; wrong ones come back with what was typed."""
    case = matters.own(work, key)
    part = answering.section(case, code)
    sent = _sent(part)
    form = form_for(part, request.form, case.answers, branching.of(case, sent))
    if not form.validate():
        return _section_page(case, part, form, sent), 422
    said = {q.code: form[q.code].data for q in part.questions if q.code in form}
    answering.answer(work, case, part, said)
    work.commit()
    return redirect(url_for(".tasks", key=key))


@pages.post("/cases/<key>/sections/<code>/asked")
def asked(key: str, code: str) -> ResponseReturnValue:
    """Which questions of a section these answers call for (显隐); nothing is kept."""
    case = matters.own(work, key)
    part = answering.section(case, code)
    return {"questions": branching.standings(case, part, _sent(part))}


@pages.post("/cases/<key>/autosave")
def autosave(key: str) -> ResponseReturnValue:
    """Keep unfinished answers (自动保存) without checking them."""
    case = matters.own(work, key)
    said = {k: v if len(v) > 1 else v[0] for k, v in request.form.to_dict(flat=False).items()}
    answering.autosave(work, case, said)
    if work.unfinished:
        work.commit()
    return {"saved_at": f"{local(case.saved_at):%H:%M}"}


@pages.get("/cases/<key>/check")
def check(key: str) -> ResponseReturnValue:
    """Check your answers (核对并提交)."""
    case = matters.own(work, key)
    if case.state not in EDITABLE:
        return redirect(url_for("citizen.mine.case", key=key))
    return _check_page(case, {})


@pages.post("/cases/<key>/submit")
def submit(key: str) -> ResponseReturnValue:
    """Hand it in, once: the same form sent twice leads to the same receipt."""
    case = matters.own(work, key)
    if not request.form.get("declare"):
        return _check_page(case, {"declare": [gettext("请确认申报内容真实后再提交")]}), 422
    try:
        intake.submit(
            work, case, key=request.form.get("submit_key", "") or intake.new_submit_key(),
            address=request.form.get("address", ""), formal=bool(request.form.get("formal")),
        )  # fmt: skip
    except Invalid as error:
        work.rollback()
        return _check_page(matters.own(work, key), form_errors(error)), 422
    if work.unfinished:
        work.commit()
    session.pop(f"submit:{key}", None)
    if decided_at_once(case) and not _is_attended():
        flash(gettext("已按公布的规则当场批准"))
        return redirect(url_for("citizen.mine.case", key=key))
    return redirect(url_for(".receipt", key=key))


@pages.get("/cases/<key>/receipt")
def receipt(key: str) -> ResponseReturnValue:
    """The receipt (回执): number, query code, the legal dates, the place on the record."""
    case = matters.own(work, key)
    if case.state is State.DRAFT:
        return redirect(url_for(".tasks", key=key))
    return render_template(
        "citizen/receipt.html", case=case, item=case.item, seal=matters.receipt_seal(work, case),
        accept_within=deadlines.ACCEPT_WITHIN,
    )  # fmt: skip


@pages.post("/cases/<key>/withdraw")
def withdraw(key: str) -> ResponseReturnValue:
    case = matters.own(work, key)
    intake.withdraw(work, case)
    work.commit()
    return redirect(url_for("window.reception.form" if _is_attended() else "citizen.mine.space"))


def _is_attended() -> bool:
    """Whether a clerk does this for somebody at the counter."""
    return "attended" in work.actor.roles


def decided_at_once(case: Any) -> bool:
    """Whether published rules granted it (秒批), in the hall's own name.

    The decision is durable before its result is made; what fails then the worker finishes.
    """
    if not instant.is_due(work, case) or instant.is_stale(work, case):
        return False
    with work.as_hall():
        made = instant.decide(work, case)
        if work.unfinished:
            work.commit()
        if made is None or not made.granted:
            return False
        try:
            decisions.finish(work, case)
            work.commit()
        except Unavailable:
            work.rollback()
    return True


def _sent(part: Section) -> dict[str, Any]:
    """The answers of *part* as the browser just sent them."""
    sent = request.form
    return {
        q.code: sent.getlist(q.code) if q.kind == "choices" else sent.get(q.code)
        for q in part.questions
    }


def _section_page(case: Any, part: Any, form: Any, sent: dict[str, Any] | None = None) -> str:
    return render_template(
        "citizen/section.html", case=case, item=case.item, section=part, form=form,
        standings=branching.standings(case, part, sent),
        sure=form_for(part, None, {**case.answers, **(sent or {})}),
        asked_by=" ".join(sorted(frozenset().union(*(conditions.asks(q.when) for q in part.questions)))),
    )  # fmt: skip


def _check_page(case: Any, errors: dict[str, list[str]]) -> str:
    return render_template(
        "citizen/check.html", case=case, item=case.item, errors=errors, groups=_groups(case),
        materials=branching.papers(case),
        gaps=answering.gaps(case, today=work.today()),
        submit_key=session.setdefault(f"submit:{case.key}", intake.new_submit_key()),
        worded=answering.worded, hidden=branching.of(case).hidden,
        sections=branching.sections(case), posted=sending.way(case) == "post",
        elsewhere=_is_attended() and collecting.is_elsewhere(work, case.item),
    )  # fmt: skip


def _groups(case: Any) -> list[tuple[Any, list[prefill.Fact]]]:
    """Facts by dataset, in the order the item declares them."""
    found: dict[str, list[prefill.Fact]] = {}
    for fact in prefill.facts(case):
        found.setdefault(fact.dataset, []).append(fact)
    return [(DATASETS[code], facts) for code, facts in found.items()]


def _needs(item: Item) -> list[dict[str, Any]]:
    return [
        {
            "dataset": DATASETS[need.dataset], "purpose": need.purpose, "subject": need.subject,
            "purpose_en": need.purpose_en, "reason": need.reason, "reason_en": need.reason_en,
            "fields": [DATASETS[need.dataset].fields[f] for f in need.fields],
        }
        for need in item.needs
    ]  # fmt: skip
