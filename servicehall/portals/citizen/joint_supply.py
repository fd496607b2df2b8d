"""Joint supply (一件事材料): one paper at a time, once for every case that asks for it."""

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from servicehall.applying import attaching, scrubbing
from servicehall.bundling import gathering, grouping
from servicehall.kernel.errors import Invalid
from servicehall.kernel.words import N_
from servicehall.portals.guard import work
from servicehall.portals.pages import form_errors

pages = Blueprint("joint_supply", __name__, url_prefix="/mine/bundles/<key>/papers/<code>")
VERBS = {"promise": attaching.promise, "window": attaching.bring, "remove": attaching.remove}


@pages.get("")
def paper(key: str, code: str) -> str:
    return _page(grouping.own(work, key), code, {})


@pages.post("")
def supply(key: str, code: str) -> ResponseReturnValue:
    """``how``: upload (with a file), promise, window or remove. A faulty file comes back."""
    found = grouping.own(work, key)
    try:
        _supply(found, code, request.form.get("how", "upload"))
    except Invalid as error:
        work.rollback()
        return _page(grouping.own(work, key), code, form_errors(error)), 422
    work.commit()
    if request.form.get("how") == "remove":
        return redirect(url_for(".paper", key=key, code=code))
    return redirect(url_for("citizen.joint.group", key=key))


def _supply(found: Any, code: str, how: str) -> None:
    if how == "promise" and not request.form.get("promised"):
        raise Invalid(N_("请阅读承诺书并勾选后再提交"), field="promised")
    if how in VERBS:
        gathering.supply(work, found, code, VERBS[how])
        return
    sent = request.files.get("file")
    if sent is None or not sent.filename:
        declared = gathering.paper(found, code).material
        raise Invalid(gettext("请选择%(label)s的文件", label=declared.name), field="file")
    gathering.upload(work, found, code, name=sent.filename, content=sent.read())


def _page(found: Any, code: str, errors: dict[str, list[str]]) -> str:
    return render_template(
        "citizen/joint_paper.html", group=found, paper=gathering.paper(found, code), errors=errors,
        most_megabytes=scrubbing.MOST_BYTES // 1024 // 1024,
    )  # fmt: skip
