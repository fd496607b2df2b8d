"""Life (办件的一生): turn away, extend, deliver, revoke; each a POST with a version, as in ``act``."""

from typing import Any

from flask import Blueprint, request

from servicehall.handling import acceptance, delivering, extending, hearings, revoking
from servicehall.kernel.words import N_
from servicehall.portals.guard import work
from servicehall.portals.window.act import acting

pages = Blueprint("life", __name__)


@pages.post("/cases/<key>/not-needed")
@acting
def not_needed(case: Any, version: int) -> str:
    reason = request.form.get("needless", "")
    acceptance.declare_not_needed(work, case, reason, version=version)
    return N_("已告知申请人依法不需要办理")


@pages.post("/cases/<key>/send-back")
@acting
def send_back(case: Any, version: int) -> str:
    office, reason = request.form.get("office", ""), request.form.get("beyond", "")
    acceptance.send_back(work, case, office=office, reason=reason, version=version)
    return N_("已退件，并告知申请人向有权机关申请")


@pages.post("/cases/<key>/extension")
@acting
def ask_extension(case: Any, version: int) -> str:
    days, reason = request.form.get("extra_days", 0, int), request.form.get("extra_reason", "")
    extending.ask(work, case, days=days, reason=reason, version=version)
    return N_("延期申请已提交，等待负责人批准")


@pages.post("/cases/<key>/extension/approve")
@acting
def approve_extension(case: Any, version: int) -> str:
    extending.approve(work, case, version=version)
    return N_("已批准延期，申请人已收到延期告知书")


@pages.post("/cases/<key>/extension/decline")
@acting
def decline_extension(case: Any, version: int) -> str:
    extending.decline(work, case, answer=request.form.get("extra_answer", ""), version=version)
    return N_("没有批准延期，期限不变")


@pages.post("/cases/<key>/hearing/tell")
@acting
def tell_hearing(case: Any, version: int) -> str:
    hearings.tell(work, case, version=version)
    return N_("听证权利告知书已发出，申请期限届满以前不作出决定")


@pages.post("/cases/<key>/hearing/ask")
@acting
def ask_hearing(case: Any, version: int) -> str:
    hearings.ask_at_window(work, case, request.form.get("hearing_reason", ""), version=version)
    return N_("听证申请已登记，请在期限内组织听证")


@pages.post("/cases/<key>/deliver")
@acting
def deliver(case: Any, version: int) -> str:
    taken_by, proof = request.form.get("taken_by", ""), request.form.get("proof", "")
    delivering.deliver(work, case, taken_by=taken_by, proof=proof, version=version)
    return N_("已送达并办结，送达回证已生成")


@pages.post("/cases/<key>/revocation")
@acting
def tell_revocation(case: Any, version: int) -> str:
    reason, law = request.form.get("revoke_reason", ""), request.form.get("revoke_law", "")
    revoking.tell(work, case, reason=reason, law=law, version=version)
    return N_("撤销事先告知书已发出，等待陈述申辩")


@pages.post("/cases/<key>/revocation/revoke")
@acting
def revoke(case: Any, version: int) -> str:
    revoking.revoke(work, case, answer=request.form.get("revoke_answer", ""), version=version)
    return N_("撤销决定已发出，所发证照同时失效")


@pages.post("/cases/<key>/revocation/drop")
@acting
def drop_revocation(case: Any, version: int) -> str:
    revoking.drop(work, case, answer=request.form.get("revoke_answer", ""), version=version)
    return N_("不再撤销，原决定继续有效")
