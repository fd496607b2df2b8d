"""Joint (一件事申请): choose, agree once, one form, one set of papers, one submission, one progress page."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from servicehall.applying import answering, intake
from servicehall.bundling import gathering, grouping, offering, outlook
from servicehall.cases.states import NAMES, NEXT
from servicehall.kernel.clock import local
from servicehall.kernel.errors import Invalid
from servicehall.portals.forms import form_for
from servicehall.portals.guard import work
from servicehall.portals.pages import form_errors
from servicehall.sharing.datasets import DATASETS
from servicehall.standard.merging import Part
from servicehall.standard.schema import Section

pages = Blueprint("joint", __name__)


@pages.get("/bundles/<slug>/apply")
def choose(slug: str) -> ResponseReturnValue:
    """What this person needs of it; nothing is asked where nothing is to be chosen."""
    if found := grouping.draft(work, slug):
        return redirect(url_for(".group", key=found.key))
    part = offering.choice(grouping.declared(work, slug))
    if part is None:
        return redirect(url_for(".consent", slug=slug))
    return _choice_page(slug, part, form_for(part, None, request.args.to_dict()))


@pages.post("/bundles/<slug>/apply")
def chosen(slug: str) -> ResponseReturnValue:
    """The answers go on in the address: nothing is kept before somebody agrees."""
    part = offering.choice(grouping.declared(work, slug))
    if part is None:
        return redirect(url_for(".consent", slug=slug))
    form = form_for(part, request.form, {})
    if not form.validate():
        return _choice_page(slug, part, form), 422
    said = {q.code: form[q.code].data for q in part.questions}
    return redirect(url_for(".consent", slug=slug, **said))


@pages.get("/bundles/<slug>/consent")
def consent(slug: str) -> str:
    """Read and agree, once for all of them: each registry, field and purpose by name."""
    return _consent_page(slug, request.args.to_dict(), {})


@pages.post("/bundles/<slug>/begin")
def begin(slug: str) -> ResponseReturnValue:
    """Open every case and ask the registries all at once; what is asked is durable before."""
    said = {k: v for k, v in request.form.items() if k not in ("agree", "csrf_token")}
    if not request.form.get("agree"):
        errors = {"agree": [gettext("请勾选同意后继续；不同意也可以到窗口办理")]}
        return _consent_page(slug, said, errors), 422
    found = grouping.begin(work, slug, said)
    _ask(found)
    return redirect(url_for(".preview", key=found.key))


@pages.get("/mine/bundles/<key>")
def group(key: str) -> str:
    """What is left to do before it is handed in; afterwards how far it is (进度)."""
    found = grouping.own(work, key)
    if outlook.standing(found) == "draft":
        return _tasks_page(found)
    return render_template(
        "citizen/joint.html", group=found, stages=outlook.stages(found), way=outlook.way(found),
        standing=outlook.standing(found), counted=outlook.counted(found), names=NAMES,
        withdrawable=[m for m in found.members if (m.case.state, "withdraw") in NEXT],
    )  # fmt: skip


@pages.get("/mine/bundles/<key>/preview")
def preview(key: str) -> str:
    """What was fetched, each value once, with its source and time."""
    return _preview_page(grouping.own(work, key), {})


@pages.post("/mine/bundles/<key>/preview")
def declare(key: str) -> ResponseReturnValue:
    """Take the applicant's own word where a registry had none, in every case that asks."""
    found = grouping.own(work, key)
    said = {name: text for name, text in request.form.items() if "." in name and text.strip()}
    try:
        gathering.declare(work, found, said)
    except Invalid as error:
        work.rollback()
        return _preview_page(grouping.own(work, key), form_errors(error)), 422
    if work.unfinished:
        work.commit()
    return redirect(url_for(".group", key=key))


@pages.post("/mine/bundles/<key>/refetch")
def refetch(key: str) -> ResponseReturnValue:
    """Ask again the registries that did not answer."""
    _ask(grouping.own(work, key))
    return redirect(url_for(".preview", key=key))


@pages.get("/mine/bundles/<key>/parts/<code>")
def part(key: str, code: str) -> str:
    found = grouping.own(work, key)
    asked = gathering.part(found, code)
    form = form_for(asked.section, None, gathering.answers(found), gathering.asked(found))
    return _part_page(found, asked, form, {})


@pages.post("/mine/bundles/<key>/parts/<code>")
def answer(key: str, code: str) -> ResponseReturnValue:
    """Keep the answers of one screen in every case that asks; wrong ones come back as typed."""
    found = grouping.own(work, key)
    asked = gathering.part(found, code)
    sent = _sent(asked.section)
    form = form_for(
        asked.section, request.form, gathering.answers(found), gathering.asked(found, sent)
    )
    if not form.validate():
        return _part_page(found, asked, form, sent), 422
    said = {q.code: form[q.code].data for q in asked.section.questions if q.code in form}
    gathering.answer(work, found, asked, said)
    if work.unfinished:
        work.commit()
    return redirect(url_for(".group", key=key))


@pages.post("/mine/bundles/<key>/parts/<code>/asked")
def asked(key: str, code: str) -> ResponseReturnValue:
    """Which questions of a screen these answers call for (显隐); nothing is kept."""
    found = grouping.own(work, key)
    one = gathering.part(found, code)
    return {"questions": gathering.standings(found, one, _sent(one.section))}


@pages.post("/mine/bundles/<key>/autosave")
def autosave(key: str) -> ResponseReturnValue:
    """Keep unfinished answers (自动保存) without checking them."""
    found = grouping.own(work, key)
    said = {k: v if len(v) > 1 else v[0] for k, v in request.form.to_dict(flat=False).items()}
    gathering.autosave(work, found, said)
    if work.unfinished:
        work.commit()
    return {"saved_at": f"{local(work.now()):%H:%M}"}


@pages.get("/mine/bundles/<key>/check")
def check(key: str) -> ResponseReturnValue:
    """Check everything once (核对并提交)."""
    found = grouping.own(work, key)
    if outlook.standing(found) != "draft":
        return redirect(url_for(".group", key=key))
    return _check_page(found, {})


@pages.post("/mine/bundles/<key>/submit")
def submit(key: str) -> ResponseReturnValue:
    """Hand everything in, once: the same form sent twice leads to the same progress page."""
    found = grouping.own(work, key)
    if not request.form.get("declare"):
        return _check_page(found, {"declare": [gettext("请确认申报内容真实后再提交")]}), 422
    once = request.form.get("submit_key", "") or intake.new_submit_key()
    try:
        grouping.submit(work, found, key=once)
    except Invalid as error:
        work.rollback()
        return _check_page(grouping.own(work, key), form_errors(error)), 422
    if work.unfinished:
        work.commit()
    session.pop(f"submit:{key}", None)
    return redirect(url_for(".group", key=key))


@pages.post("/mine/bundles/<key>/withdraw")
def withdraw(key: str) -> ResponseReturnValue:
    """Take the whole back, as far as nothing is decided."""
    count = grouping.withdraw(work, grouping.own(work, key))
    work.commit()
    flash(gettext("已撤回 %(count)s 个事项", count=count))
    return redirect(url_for("citizen.mine.space"))


def _ask(found: Any) -> None:
    planned = gathering.plan(work, found)
    work.commit()
    gathering.fetch(work, planned)
    if work.unfinished:
        work.commit()


def _sent(section: Section) -> dict[str, Any]:
    sent = request.form
    return {
        q.code: sent.getlist(q.code) if q.kind == "choices" else sent.get(q.code)
        for q in section.questions
    }


def _choice_page(slug: str, asked: Section, form: Any) -> str:
    bundle = grouping.declared(work, slug)
    return render_template("citizen/joint_choose.html", bundle=bundle, section=asked, form=form)


def _consent_page(slug: str, said: dict[str, str], errors: dict[str, list[str]]) -> str:
    bundle = grouping.declared(work, slug)
    return render_template(
        "citizen/joint_consent.html", bundle=bundle, said=said, errors=errors,
        offer=offering.offer(work, bundle, said), datasets=DATASETS,
    )  # fmt: skip


def _tasks_page(found: Any) -> str:
    today = work.today()
    return render_template(
        "citizen/joint_tasks.html", group=found, facts=gathering.facts(found), datasets=DATASETS,
        parts=gathering.parts(found), open_parts=gathering.open_parts(found, today=today),
        papers=gathering.papers(found), gaps=gathering.gaps(found, today=today),
        answers=gathering.answers(found), items=_items(found),
    )  # fmt: skip


def _preview_page(found: Any, errors: dict[str, list[str]]) -> str:
    groups = [(DATASETS[code], facts) for code, facts in gathering.facts(found)]
    return render_template("citizen/joint_preview.html", group=found, groups=groups, errors=errors)


def _part_page(found: Any, asked: Part, form: Any, sent: dict[str, Any]) -> str:
    conditional = gathering.conditional(found, asked)
    return render_template(
        "citizen/joint_part.html", group=found, part=asked, form=form,
        standings=gathering.standings(found, asked, sent), items=_items(found),
        sure=form_for(asked.section, None, {**gathering.answers(found), **sent}),
        asked_by=" ".join(sorted(frozenset[str]().union(*conditional.values()))),
    )  # fmt: skip


def _check_page(found: Any, errors: dict[str, list[str]]) -> str:
    return render_template(
        "citizen/joint_check.html", group=found, errors=errors,
        parts=gathering.parts(found), papers=gathering.papers(found), items=_items(found),
        answers=gathering.answers(found), hidden=gathering.asked(found).hidden,
        gaps=gathering.gaps(found, today=work.today()), worded=answering.worded,
        submit_key=session.setdefault(f"submit:{found.key}", intake.new_submit_key()),
    )  # fmt: skip


def _items(found: Any) -> dict[str, Any]:
    """The wording of each case by its item's code, for its name in the visitor's language."""
    return {member.item_code: member.case.item for member in found.members}
