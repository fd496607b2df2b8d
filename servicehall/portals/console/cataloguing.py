"""Cataloguing (资源登记): a spreadsheet becomes a draft, its elements are matched, it is published."""

from contextlib import closing
from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from servicehall.kernel.errors import Conflict, Invalid
from servicehall.kernel.words import N_
from servicehall.portals.downloads import attachment
from servicehall.portals.guard import work
from servicehall.portals.pages import form_errors
from servicehall.sharing import (
    elements,
    entering,
    fitting,
    resources,
    sheetform,
    spreadsheets,
    terms,
)

pages = Blueprint("cataloguing", __name__, url_prefix="/resources")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pages.get("/template.xlsx")
def template() -> Response:
    """The spreadsheet to fill in (模板)."""
    return attachment(sheetform.blank(), XLSX, "信息资源目录模板.xlsx")


@pages.get("/new")
def new() -> str:
    """A new resource (登记新资源): what it is, on what terms, and the sheet of its items."""
    return _new({})


@pages.post("/new")
def begin() -> ResponseReturnValue:
    """Read the sheet and propose the elements; what is wrong is said with sheet, row and column."""
    sent = request.files.get("file")
    try:
        if sent is None or not sent.filename:
            raise Invalid(N_("请选择要上传的表格"), field="file")
        with closing(sent):
            content = sent.read(spreadsheets.MOST_BYTES + 1)
        made = entering.begin(work, file=sent.filename, content=content, told=_told())
    except (Invalid, Conflict) as error:
        work.rollback()
        return _new(_errors(error)), _status(error)
    work.commit()
    return redirect(url_for(".draft", code=made.code))


@pages.get("/<code>")
def draft(code: str) -> str:
    """The draft (匹配预览): each item with the element proposed and how sure that is."""
    return _draft(code, {})


@pages.post("/<code>")
def save(code: str) -> ResponseReturnValue:
    """Keep what was confirmed or changed; with the other button, publish it."""
    found = entering.draft(work, code)
    chosen = {
        name.removeprefix("element-"): value for name, value in request.form.items()
        if name.startswith("element-")
    }  # fmt: skip
    try:
        entering.save(work, found, told=_told(), elements=chosen)
        if request.form.get("do") == "publish":
            entering.publish(work, found)
    except (Invalid, Conflict) as error:
        work.rollback()
        return _draft(code, _errors(error)), _status(error)
    published = found.state == "published"
    work.commit()
    flash(gettext("资源已发布到目录") if published else gettext("已保存"))
    if published:
        return redirect(url_for("citizen.resources.resource", code=code))
    return redirect(url_for(".draft", code=code))


@pages.post("/<code>/discard")
def discard(code: str) -> ResponseReturnValue:
    """Throw the draft away."""
    entering.discard(work, entering.draft(work, code))
    work.commit()
    flash(gettext("草稿已删除"))
    return redirect(url_for("console.sharing.desk"))


@pages.post("/<code>/withdraw")
def withdraw(code: str) -> ResponseReturnValue:
    """Take an uploaded resource out of the catalogue (撤销)."""
    entering.withdraw(work, resources.one(work, code))
    work.commit()
    flash(gettext("资源已从目录撤销，不再查询"))
    return redirect(url_for("console.sharing.desk"))


def _new(errors: dict[str, list[str]]) -> str:
    return render_template(
        "console/resource_new.html", errors=errors, sent=request.form, terms=terms,
        about=request.form.getlist("about"),
    )  # fmt: skip


def _draft(code: str, errors: dict[str, list[str]]) -> str:
    found = entering.draft(work, code)
    sent: Any = request.form if request.method == "POST" else found.body
    return render_template(
        "console/resource_draft.html", draft=found, errors=errors, terms=terms, sent=sent,
        about=request.form.getlist("about") or found.body["about"], elements=elements,
        sure=fitting.SURE,
    )  # fmt: skip


def _told() -> dict[str, Any]:
    return {**request.form.to_dict(), "about": request.form.getlist("about")}


def _errors(error: Invalid | Conflict) -> dict[str, list[str]]:
    if isinstance(error, Invalid):
        return form_errors(error)
    return form_errors(Invalid(error.message, field=error.field, **error.params))


def _status(error: Invalid | Conflict) -> int:
    return 409 if isinstance(error, Conflict) else 422
