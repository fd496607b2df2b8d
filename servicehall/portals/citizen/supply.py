"""Supply (提交材料): one material at a time: upload, promise, or bring it to the window."""

from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from servicehall.applying import attaching, scrubbing, supplying
from servicehall.cases import matters
from servicehall.kernel.errors import Invalid, NotFound
from servicehall.kernel.words import N_
from servicehall.portals.downloads import attachment
from servicehall.portals.guard import work
from servicehall.portals.pages import form_errors

pages = Blueprint("supply", __name__)


@pages.get("/cases/<key>/materials/<code>")
def material(key: str, code: str) -> str:
    return _page(matters.own(work, key), code, {})


@pages.post("/cases/<key>/materials/<code>")
def supply(key: str, code: str) -> ResponseReturnValue:
    """``how``: upload (with a file), promise, or window. A faulty file comes back with its reason."""
    case = matters.own(work, key)
    try:
        _supply(case, code)
    except Invalid as error:
        work.rollback()
        return _page(matters.own(work, key), code, form_errors(error)), 422
    work.commit()
    return redirect(url_for("citizen.apply.tasks", key=key))


@pages.post("/cases/<key>/materials/<code>/remove")
def remove(key: str, code: str) -> ResponseReturnValue:
    attaching.remove(work, matters.own(work, key), code)
    work.commit()
    return redirect(url_for(".material", key=key, code=code))


@pages.get("/cases/<key>/materials/<code>/file")
def file(key: str, code: str) -> Response:
    """One's own file, never shown inside a page."""
    case = matters.own(work, key)
    row, _ = attaching.material(case, code)
    matters.seen_by_agent(work, case, act="case.material_viewed", material=code)
    work.commit()
    return attachment(attaching.content(work, row), row.file_type or "", row.file_name or "")


@pages.get("/cases/<key>/later/<code>")
def later(key: str, code: str) -> str:
    """A paper that was promised for later, its day and how to hand it in (容缺后补)."""
    return _later_page(key, code, {})


@pages.post("/cases/<key>/later/<code>")
def hand_in(key: str, code: str) -> ResponseReturnValue:
    """The paper itself; a faulty file comes back with its reason."""
    case = matters.own(work, key)
    try:
        name, content = _file(case, code)
        supplying.hand_in(work, case, code, name=name, content=content)
    except Invalid as error:
        work.rollback()
        return _later_page(key, code, form_errors(error)), 422
    work.commit()
    flash(gettext("已补交，等窗口核对"))
    return redirect(url_for("citizen.mine.case", key=key))


def _later_page(key: str, code: str, errors: dict[str, list[str]]) -> str:
    case = matters.own(work, key)
    row, declared = attaching.material(case, code)
    if row not in supplying.open_papers(case):
        raise NotFound
    return render_template(
        "citizen/later.html", case=case, item=case.item, row=row, material=declared,
        errors=errors, most_megabytes=scrubbing.MOST_BYTES // 1024 // 1024,
    )  # fmt: skip


def _file(case: Any, code: str) -> tuple[str, bytes]:
    """The name and the bytes of the file that was sent. Raises Invalid where there is none."""
    sent = request.files.get("file")
    if sent is None or not sent.filename:
        _, declared = attaching.material(case, code)
        raise Invalid(gettext("请选择%(label)s的文件", label=declared.name), field="file")
    return sent.filename, sent.read()


def _supply(case: Any, code: str) -> None:
    how = request.form.get("how", "upload")
    if how == "promise":
        if not request.form.get("promised"):
            raise Invalid(N_("请阅读承诺书并勾选后再提交"), field="promised")
        attaching.promise(work, case, code)
    elif how == "window":
        attaching.bring(work, case, code)
    else:
        name, content = _file(case, code)
        attaching.upload(work, case, code, name=name, content=content)


def _page(case: Any, code: str, errors: dict[str, list[str]]) -> str:
    row, declared = attaching.material(case, code)
    return render_template(
        "citizen/material.html", case=case, item=case.item, row=row, material=declared,
        errors=errors, most_megabytes=scrubbing.MOST_BYTES // 1024 // 1024,
    )  # fmt: skip
