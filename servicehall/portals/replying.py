"""Replying (答复异议): the pages on which a department, or the auditors, answer disputes."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from servicehall.disputes import raising, reexamining, settling
from servicehall.identity import directory
from servicehall.kernel.errors import Conflict, Invalid
from servicehall.oversight import usage
from servicehall.portals.guard import work
from servicehall.portals.pages import form_errors
from servicehall.sharing.datasets import DATASETS

RESULTS = {"corrected": True, "explained": False}


def pages() -> Blueprint:
    """The pages, for a portal to admit whom they concern."""
    part = Blueprint("replying", __name__)
    part.get("/disputes")(index)
    part.get("/disputes/<key>")(dispute)
    part.post("/disputes/<key>")(settle)
    return part


def index() -> str:
    """What waits for an answer, the soonest due first, and what was answered lately."""
    return render_template(
        _template("disputes"), waiting=settling.to_answer(work), done=settling.answered(work),
        names=raising.NAMES, datasets=DATASETS, looks=usage.READS,
    )  # fmt: skip


def dispute(key: str) -> str:
    """One dispute with what rests on the value; looking at it is on record."""
    found = settling.of_desk(work, key)
    settling.look(work, found)
    page = _page(found, {})
    work.commit()
    return page


def settle(key: str) -> ResponseReturnValue:
    """Answer it in writing."""
    found = settling.of_desk(work, key)
    result = RESULTS.get(request.form.get("result", ""))
    try:
        settling.settle(
            work, found, corrected=result, answer=request.form.get("answer", ""),
            value=request.form.get("value", ""),
        )  # fmt: skip
    except (Invalid, Conflict) as error:
        work.rollback()
        errors = form_errors(Invalid(error.message, field=error.field or "answer", **error.params))
        return _page(found, errors), 409 if isinstance(error, Conflict) else 422
    work.commit()
    flash(gettext("已答复，当事人已收到通知"))
    return redirect(url_for(".index"))


def _template(name: str) -> str:
    """The page in the folder of the portal that shows it."""
    return f"{(request.blueprint or '').partition('.')[0]}/{name}.html"


def _page(found: Any, errors: dict[str, list[str]]) -> str:
    kind, code, name = directory.holder(work, found.party)
    licenses = settling.dependent_licenses(work, found)
    return render_template(
        _template("dispute"), dispute=found, errors=errors, names=raising.NAMES,
        datasets=DATASETS, looks=usage.READS, holder_kind=kind, holder_code=code, holder=name,
        licenses=licenses, affected=reexamining.affected(work, licenses),
        cases=settling.dependent_cases(work, found),
        staff=lambda who: directory.staff_name(work, who),
    )  # fmt: skip
