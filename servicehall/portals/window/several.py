"""Several (批量办理): accept, assign or grant many; each is an act of its own and says how it went."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, render_template, request
from flask_babel import gettext

from servicehall.cases import holding, matters
from servicehall.handling import acceptance, decisions
from servicehall.kernel.errors import HallError, Invalid
from servicehall.kernel.words import N_
from servicehall.portals.guard import work
from servicehall.portals.pages import said
from servicehall.portals.window.act import on_fresh_data

pages = Blueprint("several", __name__, url_prefix="/several")
MOST = 50


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one case went: ``why`` is the reason of a refusal, "" where it was done."""

    number: str
    name: str
    why: str


def _accept(case: Any, version: int) -> None:
    acceptance.accept(work, case, version=version)
    work.commit()


def _assign(case: Any, version: int) -> None:
    holding.assign(work, case, request.form.get("person", ""))
    work.commit()


def _give_back(case: Any, version: int) -> None:
    holding.give_back(work, case)
    work.commit()


def _grant(case: Any, version: int) -> None:
    decisions.grant(work, case, version=on_fresh_data(case, version))
    work.commit()
    decisions.finish(work, case)
    work.commit()


ACTS: dict[str, tuple[str, Callable[[Any, int], None]]] = {
    "accept": (N_("批量受理"), _accept),
    "grant": (N_("批量准予"), _grant),
    "assign": (N_("批量分派"), _assign),
    "give_back": (N_("撤销分派"), _give_back),
}


@pages.post("/confirm")
def confirm() -> str:
    """What was selected, once more in full, before anything is done."""
    act, numbers = request.form.get("act", ""), request.form.getlist("case")[:MOST]
    if act not in ACTS or not numbers:
        raise Invalid(N_("请先选中要办理的办件"))
    cases = [matters.for_staff(work, number) for number in numbers]
    page = _page(act, cases=cases, obstacles={
        case.number: decisions.obstacles(work, case) if act == "grant" else [] for case in cases
    })  # fmt: skip
    matters.listed(work, cases)
    work.commit()
    return page


@pages.post("")
def do() -> str:
    """Do it, each case in a transaction of its own: one that is refused stops no other."""
    act = request.form.get("act", "")
    if act not in ACTS or not request.form.getlist("case"):
        raise Invalid(N_("请先选中要办理的办件"))
    if act == "assign" and request.form.get("person", "") not in holding.colleagues(work):
        raise Invalid(N_("请选择本部门的经办人"))
    done = [_one(ACTS[act][1], told) for told in request.form.getlist("case")[:MOST]]
    return _page(act, outcomes=done)


def _one(verb: Callable[[Any, int], None], told: str) -> Outcome:
    number, _, version = told.partition(":")
    name = ""
    try:
        case = matters.for_staff(work, number)
        name = case.item_name
        verb(case, int(version) if version.isdecimal() else 0)
    except HallError as error:
        work.keep_refusals()
        work.rollback()
        return Outcome(number, name, said(error.message, error.params) or gettext("没有找到"))
    return Outcome(number, name, "")


def _page(act: str, **told: Any) -> str:
    return render_template(
        "window/several.html", act=act, title=gettext(ACTS[act][0]),
        colleagues=holding.colleagues(work), **told,
    )  # fmt: skip
