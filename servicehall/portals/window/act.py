"""Act (经办): accept, correct, refuse, opine, pause, take a fee, decide; each a POST with a version."""

import re
from collections.abc import Callable
from datetime import date, time
from functools import wraps
from typing import Any

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from servicehall.cases import editing, matters, rechecking, sight
from servicehall.cases.states import State
from servicehall.handling import acceptance, decisions, receiving, reviewing
from servicehall.identity import directory
from servicehall.kernel.errors import Conflict, Invalid
from servicehall.kernel.words import N_
from servicehall.payments import payouts
from servicehall.portals.guard import work
from servicehall.portals.pages import form_errors
from servicehall.portals.window import clash
from servicehall.portals.window.handle import case_page

pages = Blueprint("act", __name__)
Verb = Callable[[Any, int], str]


def acting(verb: Verb) -> Callable[[str], ResponseReturnValue]:
    """Open the case, do *verb*, commit once, say it; a refusal shows the newest state beside it."""

    @wraps(verb)
    def view(key: str) -> ResponseReturnValue:
        found = matters.for_staff(work, key)
        try:
            done = verb(found, request.form.get("version", 0, int))
        except (Invalid, Conflict) as error:
            work.rollback()
            work.keep_refusals()
            errors = form_errors(Invalid(error.message, field=error.field, **error.params))
            newest, met = matters.for_staff(work, key), isinstance(error, Conflict)
            both = clash.of(matters.timeline(work, newest)) if met else None
            return case_page(newest, errors, both=both), 409 if met else 422
        if work.unfinished:
            work.commit()
        flash(gettext(done))
        return redirect(url_for("window.handle.case", key=found.number))

    return view


@pages.post("/cases/<key>/accept")
@acting
def accept(case: Any, version: int) -> str:
    acceptance.accept(work, case, version=version)
    return N_("已受理，办理时限从明天起计算")


@pages.post("/cases/<key>/correction")
@acting
def correction(case: Any, version: int) -> str:
    points = request.form.get("points", "").splitlines()
    acceptance.ask_correction(work, case, points, version=version)
    return N_("补正告知已发出")


@pages.post("/cases/<key>/refuse-acceptance")
@acting
def refuse_acceptance(case: Any, version: int) -> str:
    acceptance.refuse(work, case, request.form.get("reason", ""), version=version)
    return N_("不予受理决定已发出")


@pages.post("/cases/<key>/receive")
@acting
def receive(case: Any, version: int) -> str:
    receiving.receive(work, case, request.form.get("material", ""), version=version)
    return N_("已收取材料")


@pages.post("/cases/<key>/confirm")
@acting
def confirm(case: Any, version: int) -> str:
    receiving.confirm(work, case, request.form.get("fact", ""), version=version)
    return N_("已核对")


@pages.post("/cases/<key>/opinion")
@acting
def opinion(case: Any, version: int) -> str:
    agrees = {"yes": True, "no": False}.get(request.form.get("agrees", ""))
    said = request.form.get("opinion", "")
    reviewing.opine(work, case, agrees=agrees, opinion=said, version=version)
    return N_("审查意见已提交")


@pages.post("/cases/<key>/suspend")
@acting
def suspend(case: Any, version: int) -> str:
    sent = request.form
    reviewing.suspend(
        work, case, kind=sent.get("kind", ""), officers=sent.get("officers", ""),
        held_on=sent.get("held_on", None, date.fromisoformat),
        held_at=sent.get("held_at", None, _hour), place=sent.get("place", ""),
        presider=sent.get("presider", ""), version=version,
    )  # fmt: skip
    return N_("特别程序已开始，计时暂停，申请人已收到通知")


def _hour(said: str) -> time:
    """HH:MM, also as Chinese keyboards write it; ValueError for all else that ISO 8601 would allow."""
    plain = editing.plain(said)
    if not re.fullmatch("[0-9]{2}:[0-9]{2}", plain):
        raise ValueError(plain)
    return time.fromisoformat(plain)


@pages.post("/cases/<key>/resume")
@acting
def resume(case: Any, version: int) -> str:
    reviewing.resume(work, case, result=request.form.get("result", ""), version=version)
    return N_("特别程序已结束，继续计时")


@pages.post("/cases/<key>/fee")
@acting
def fee(case: Any, version: int) -> str:
    receiving.settle_fee(work, case, request.form.get("receipt", ""), version=version)
    return N_("已登记缴费")


@pages.post("/cases/<key>/payout")
@acting
def payout(case: Any, version: int) -> str:
    payouts.confirm(work, case.matter)
    return N_("已确认发放到账")


@pages.post("/cases/<key>/recheck")
@acting
def recheck(case: Any, version: int) -> str:
    """Ask the registries again, and show what is not as it was."""
    _asked_again(case, version)
    return N_("已重新核验共享数据")


@pages.post("/cases/<key>/changes-seen")
@acting
def changes_seen(case: Any, version: int) -> str:
    rechecking.acknowledge(work, case, version=version)
    return N_("已确认看过")


@pages.post("/cases/<key>/grant")
@acting
def grant(case: Any, version: int) -> str:
    """The decision is durable first; the license is then signed, and finished later if that fails."""
    decisions.grant(work, case, version=on_fresh_data(case, version))
    work.commit()
    decisions.finish(work, case)
    if case.state is State.MADE:
        return N_("已准予，结果已制作，请按申请人选择的方式送达")
    return N_("已准予，结果已制作并送达申请人")


@pages.post("/cases/<key>/refuse")
@acting
def refuse(case: Any, version: int) -> str:
    reason = request.form.get("reason", "")
    decisions.refuse(work, case, reason=reason, version=on_fresh_data(case, version))
    return N_("不予许可决定已发出")


def on_fresh_data(case: Any, version: int) -> int:
    """Registries are asked again before a decision, if that is due: the version to decide on."""
    if case.version != version or not rechecking.is_due(work, case):
        return version
    return _asked_again(case, version)


def _asked_again(case: Any, version: int) -> int:
    """The questions are durable before the network, the answers after; the case's new version."""
    editing.seen(work, case, version)
    calls = rechecking.plan(work, case)
    work.commit()
    rechecking.fetch(work, case, calls, version=version)
    work.commit()
    return int(case.version)


@pages.post("/cases/<key>/unmask")
def unmask(key: str) -> ResponseReturnValue:
    """Show the full number once, for a reason that goes on record (查看完整号码)."""
    found = matters.for_staff(work, key)
    sight.require_identity(work, found)
    reason = request.form.get("reason", "").strip()
    if len(reason) < 2:
        errors = form_errors(Invalid(N_("请写明查看完整号码的理由"), field="unmask_reason"))
        return case_page(found, errors), 422
    _, code, _ = directory.holder(work, found.party)
    work.record("person.unmasked", found.matter, person=found.party, reason=reason[:100])
    page = case_page(found, {}, unmasked=code)
    work.commit()
    return page
