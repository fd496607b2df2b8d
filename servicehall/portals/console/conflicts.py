"""Conflicts (数据质量): the figures of each register, and the conflicts its steward must answer."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from servicehall.identity import directory
from servicehall.kernel.errors import Conflict, Invalid
from servicehall.portals.guard import only, work
from servicehall.portals.pages import form_errors
from servicehall.quality import conflicts, contrasting, rules
from servicehall.sharing.datasets import DATASETS

pages = Blueprint("conflicts", __name__, url_prefix="/quality")
STEWARDS = frozenset({"steward"})


@pages.get("")
def index() -> str:
    """The figures of every register compared; a steward's own conflicts below them (数据质量)."""
    steward = "steward" in work.actor.roles
    return render_template(
        "console/quality.html", measures=conflicts.latest(work), standing=conflicts.standing(work),
        waiting=conflicts.to_answer(work) if steward else (), steward=steward,
        done=conflicts.answered(work) if steward else (), datasets=DATASETS,
        departments=_departments(), kinds=rules.KINDS, states=conflicts.STATES,
    )  # fmt: skip


@pages.post("/compare")
def compare() -> ResponseReturnValue:
    """Compare now (清洗比对), as the worker does once a day."""
    told = contrasting.compare(work)
    found = sum(measure.found for measure in told)
    work.commit()
    flash(gettext("比对完成，共发现 %(count)s 处冲突", count=found))
    return redirect(url_for(".index"))


@pages.get("/<key>")
@only(STEWARDS)
def conflict(key: str) -> str:
    """One conflict: both values, whose record by pseudonym, and what can be answered; on record."""
    conflicts.look(work, conflicts.of_desk(work, key))
    page = _page(key, {})
    work.commit()
    return page


@pages.post("/<key>")
@only(STEWARDS)
def settle(key: str) -> ResponseReturnValue:
    """Corrected, explained, or passed on to the base library's department."""
    found, answer = conflicts.of_desk(work, key), request.form.get("answer", "")
    try:
        match request.form.get("result"):
            case "corrected" | "explained" as result:
                conflicts.settle(work, found, corrected=result == "corrected", answer=answer)
            case "passed":
                conflicts.pass_on(work, found, reason=answer)
            case _:
                return _page(key, {"result": [gettext("请选择处理结果")]}), 422
    except (Invalid, Conflict) as error:
        work.rollback()
        errors = form_errors(Invalid(error.message, field=error.field or "answer", **error.params))
        return _page(key, errors), 409 if isinstance(error, Conflict) else 422
    work.commit()
    flash(gettext("已答复"))
    return redirect(url_for(".index"))


def _page(key: str, errors: dict[str, list[str]]) -> str:
    found = conflicts.of_desk(work, key)
    return render_template(
        "console/conflict.html", conflict=found, errors=errors, datasets=DATASETS,
        kinds=rules.KINDS, states=conflicts.STATES, departments=_departments(),
        passable=found.owner != DATASETS[found.base].provider,
        staff=lambda who: directory.staff_name(work, who),
    )  # fmt: skip


def _departments() -> dict[str, str]:
    return {one.code: one.name for one in directory.departments(work)}
