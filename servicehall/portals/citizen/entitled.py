"""Entitled (免申即享): what the hall found one is entitled to, and a yes or no to it."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from servicehall.applying import answering, consenting, intake
from servicehall.automating import entitling
from servicehall.cases import prefill
from servicehall.kernel.errors import Invalid
from servicehall.portals.citizen.apply import decided_at_once
from servicehall.portals.guard import work
from servicehall.portals.pages import form_errors
from servicehall.sharing.datasets import DATASETS

pages = Blueprint("entitled", __name__, url_prefix="/mine/entitled")


@pages.get("")
def index() -> str:
    """Each offer with what a yes means."""
    return _page({})


@pages.post("/<key>")
def answer(key: str) -> ResponseReturnValue:
    """yes: agreed, fetched, handed in and decided by rule; no: remembered and not asked again."""
    offer = entitling.own(work, key)
    match request.form.get("answer"):
        case "no":
            entitling.decline(work, offer)
            work.commit()
            flash(gettext("已记下，不再提醒；以后想要，随时可以自己申请"))
            return redirect(url_for(".index"))
        case "yes":
            return _claimed(offer)
    return _page(form_errors(Invalid(gettext("请选择领取或者不领取"), field=key))), 422


def _claimed(offer: Any) -> ResponseReturnValue:
    item = entitling.wording(work, offer)
    case = intake.begin(work, item.code, words=consenting.words(item))
    entitling.accept(work, offer, case)
    calls = prefill.plan(work, case)
    work.commit()
    prefill.fetch(work, case, calls)
    work.commit()
    if answering.gaps(case, today=work.today()):
        flash(gettext("还差一点要您补充，补好就能提交"))
        return redirect(url_for("citizen.apply.tasks", key=case.key))
    intake.submit(work, case, key=f"offer:{offer.key}")
    work.commit()
    granted = decided_at_once(case)
    flash(gettext("已按公布的规则当场批准") if granted else gettext("已提交，由工作人员审查"))
    return redirect(url_for("citizen.mine.case", key=case.key))


def _page(errors: dict[str, list[str]]) -> str:
    offers = [(offer, entitling.wording(work, offer)) for offer in entitling.mine(work)]
    return render_template("citizen/entitled.html", offers=offers, errors=errors, datasets=DATASETS)
