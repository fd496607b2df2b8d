"""Drafting (起草): one item's hub, opening a draft, its elements page by page, YAML in and out."""

import json
from hashlib import sha256
from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from servicehall.catalogue import drafts, items, planning
from servicehall.catalogue.drafts import ItemDraft
from servicehall.kernel import declarations
from servicehall.kernel.clock import local
from servicehall.kernel.errors import HallError, Invalid, NotFound
from servicehall.kernel.words import N_
from servicehall.portals.console import elements, findings, labels, placing, references
from servicehall.portals.guard import work
from servicehall.portals.pages import by_script, form_errors, said
from servicehall.revising import approving, beginning, impact
from servicehall.standard import writing
from servicehall.standard.schema import Item

pages = Blueprint("drafting", __name__, url_prefix="/items")
STATES = {
    "open": N_("草稿"), "proposed": N_("待发布"), "approved": N_("待生效"),
    "published": N_("已发布"), "withdrawn": N_("已撤销"),
}  # fmt: skip


@pages.get("/new")
def new() -> str:
    """A new item: from its code alone, or from a YAML file (新增事项)."""
    return _new_page({})


@pages.post("/new")
def begin() -> ResponseReturnValue:
    """Open the draft of a new item; what is wrong with the file is said with its line."""
    try:
        text = _yaml_sent()
        code = request.form.get("code", "").strip()
        body = _body(text) if text.strip() else beginning.first_body(work, code)
        draft = drafts.begin(work, body["code"], body=body)
    except Invalid as error:
        return _new_page(form_errors(error)), 422
    work.commit()
    return redirect(url_for(".hub", code=draft.code))


@pages.get("/<code>")
def hub(code: str) -> str:
    """One item (事项主页): what is in force, its draft, its plan, and what can be done now."""
    return hub_page(code, {})


@pages.post("/<code>/draft")
def open_draft(code: str) -> ResponseReturnValue:
    """Open a draft from the wording in force (起草)."""
    drafts.begin(work, code)
    work.commit()
    return redirect(url_for(".hub", code=code))


@pages.get("/<code>/edit/<group>")
def edit(code: str, group: str) -> str:
    """One page of elements (编辑), each problem beside its element."""
    draft = own(code)
    return _edit_page(draft, group, draft.body)


@pages.post("/<code>/edit/<group>")
def save(code: str, group: str) -> ResponseReturnValue:
    """Keep one page (保存); its buttons also add, take out and move members of lists.

    The page's script saves by the same door (自动保存) and is told version and time as JSON.
    """
    draft, names = own(code), findings.names(group)
    sent = elements.read(Item, names, request.form.getlist)
    body = {k: v for k, v in draft.body.items() if k not in names} | sent
    act, _, path = request.form.get("do", "").partition(":")
    look = ""
    if act in placing.GROWS and path.partition(".")[0] in names:
        look = placing.change(body, act, path)
    if body != draft.body:
        read = _version_read(draft, names)
        if read != draft.version and not by_script():
            return _both_sides(draft, group, body), 409
        drafts.save(work, draft, body, version=read)
        work.commit()
    if by_script():
        kept = f"{local(draft.saved_at):%H:%M}"
        return {"version": draft.version, "seen": _digest(draft.body, names), "saved_at": kept}
    if not act:
        flash(gettext("已保存"))
    return redirect(url_for(".edit", code=code, group=group, _anchor=look or None))


@pages.get("/<code>/yaml")
def yaml(code: str) -> Response:
    """The draft, else the wording in force, as a file that ``items check`` reads."""
    draft = drafts.unfinished(work, code)
    body = draft.body if draft else items.known(work, code).current.body
    headers = {"Content-Disposition": f"attachment; filename={code}.yaml"}
    return Response(
        writing.yaml_text(body), content_type="application/yaml; charset=utf-8", headers=headers
    )


@pages.post("/<code>/yaml")
def bring(code: str) -> ResponseReturnValue:
    """Take the whole draft from a YAML file; nothing is kept of one that does not hold."""
    draft = own(code)
    try:
        body = _body(_yaml_sent())
        drafts.save(work, draft, body, version=version())
    except Invalid as error:
        return hub_page(code, form_errors(error)), 422
    if work.unfinished:
        work.commit()
    flash(gettext("已按文件更新草稿"))
    return redirect(url_for(".hub", code=code))


def own(code: str) -> ItemDraft:
    """The unfinished draft of item *code*. Raises NotFound."""
    found = drafts.unfinished(work, code)
    if found is None:
        raise NotFound(N_("这个事项没有正在起草的版本"))
    return found


def version() -> int:
    """The version of the draft that the sender has seen, 0 where none was sent."""
    return request.form.get("version", 0, int)


def _version_read(draft: ItemDraft, names: list[str]) -> int:
    """The version that the sender has seen; the newest one where only other pages changed since."""
    same = request.form.get("seen") == _digest(draft.body, names)
    return draft.version if same else version()


def _digest(body: dict[str, Any], names: list[str]) -> str:
    """Tells whether the elements *names* are still what they were."""
    part = json.dumps([body.get(name) for name in names], sort_keys=True)
    return sha256(part.encode()).hexdigest()[:16]


def hub_page(code: str, errors: dict[str, list[str]]) -> str:
    """The hub of item *code* with *errors* of the form that was just sent."""
    draft = drafts.unfinished(work, code)
    try:
        entry = items.known(work, code)
    except HallError:
        entry = None
        if draft is None and not drafts.past(work, code):
            raise
    rows = findings.found(draft.body, approving.review(work, draft)) if draft else []
    return render_template(
        "console/item.html", code=code, entry=entry, draft=draft, errors=errors, problems=rows,
        counts=findings.counts(rows), groups=labels.GROUPS,
        states=STATES, plan=planning.unfinished(work, code), past=drafts.past(work, code),
        behind=drafts.is_behind(work, draft) if draft else False, me=work.actor.id,
        name=_name(draft, entry), open_cases=impact.open_cases(work, code) if entry else 0,
    )  # fmt: skip


def _name(draft: ItemDraft | None, entry: Any) -> str:
    return str((draft.body.get("name") if draft else "") or (entry.name if entry else ""))


def _new_page(errors: dict[str, list[str]]) -> str:
    return render_template("console/new.html", errors=errors, sent=request.form)


def _edit_page(draft: ItemDraft, group: str, body: dict[str, Any]) -> str:
    shown = elements.elements(Item, findings.names(group), body)
    problems = approving.review(work, draft)
    placing.spread(problems, shown, body)
    findings.laid_down(shown, body)
    return render_template(
        "console/edit.html", draft=draft, group=group, groups=labels.GROUPS, shown=shown,
        counts=findings.counts(findings.found(body, problems)), name=body.get("name", ""), readable=said,
        mine=draft.author == work.actor.id and draft.state == "open",
        seen=_digest(body, findings.names(group)), lists=references.lists(), references=references.of(group, body),
    )  # fmt: skip


def _both_sides(draft: ItemDraft, group: str, body: dict[str, Any]) -> str:
    """What is kept and what was sent, element by element (两处修改)."""
    kept, sent = (elements.flat(one, findings.names(group)) for one in (draft.body, body))
    rows = [
        (path, kept.get(path, ""), sent.get(path, ""))
        for path in dict.fromkeys((*kept, *sent))
        if kept.get(path, "") != sent.get(path, "")
    ]
    return render_template("console/clash.html", draft=draft, group=group, rows=rows)


def _yaml_sent() -> str:
    file = request.files.get("file")
    if file and file.filename:
        return str(file.read(), "utf-8", "replace")
    return request.form.get("yaml", "")


def _body(text: str) -> dict[str, Any]:
    """The body that a YAML text declares. Raises Misdeclared with lines."""
    item = declarations.parse(text.encode(), Item, name="YAML")
    return item.model_dump(mode="json", exclude_defaults=True)
