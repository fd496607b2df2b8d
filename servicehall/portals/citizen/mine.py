"""Mine (我的空间): my cases, licenses, and one case with its clock explained day by day."""

import json
from collections.abc import Callable

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from servicehall.applying import answering, branching, collecting, consenting, intake, supplying
from servicehall.automating import entitling, instant
from servicehall.bundling import grouping, outlook
from servicehall.cases import deadlines, matters, prefill, promises, rechecking, tracing
from servicehall.cases.states import EDITABLE, NAMES, OPEN
from servicehall.desk import worklist
from servicehall.disputes import raising, reexamining
from servicehall.documents import filing
from servicehall.documents.kinds import KINDS
from servicehall.evidence import dossier
from servicehall.feedback import ratings, rectifying
from servicehall.handling import hearings, revoking
from servicehall.identity import directory
from servicehall.kernel.errors import Invalid
from servicehall.licenses import library, wallet
from servicehall.licenses.schema import LicenseTypes
from servicehall.notices import outbox
from servicehall.payments import billing, payouts
from servicehall.portals.downloads import attachment
from servicehall.portals.guard import work
from servicehall.sharing.datasets import DATASETS
from servicehall.visits import booking

pages = Blueprint("mine", __name__, url_prefix="/mine")


@pages.get("/")
def space() -> str:
    """The front of one's own space: what waits for me, my cases, my licenses, my messages."""
    cases = intake.mine(work)
    matters.seen_by_agent(work, *cases, act="case.listed")
    work.commit()
    return render_template(
        "citizen/space.html", cases=[case for case in cases if not case.bundle],
        groups=[(group, outlook.standing(group), outlook.counted(group)) for group in grouping.mine(work)],
        names=NAMES, editable=EDITABLE, open=OPEN, asked=supplying.asked(work, cases),
        licenses=wallet.mine(work), offers=len(entitling.mine(work)), unread=outbox.unread(work),
    )  # fmt: skip


@pages.get("/cases/<key>")
def case(key: str) -> ResponseReturnValue:
    """One case: where it stands, every date explained, what was decided, how to object."""
    matters.seen_by_agent(work, matters.own(work, key))
    work.commit()
    return _case_page(key, {})


@pages.post("/cases/<key>/rating")
def rate(key: str) -> ResponseReturnValue:
    found = matters.own(work, key)
    try:
        ratings.rate(work, found, request.form.get("grade", 0, int), request.form.get("words", ""))
    except Invalid as error:
        return _case_page(key, {"grade": [gettext(error.message)]}), 422
    work.commit()
    flash(gettext("感谢您的评价，已原样公开计入统计"))
    return redirect(url_for(".case", key=key))


@pages.get("/cases/<key>/consent")
def consent(key: str) -> Response:
    """The signed receipt of the consent (授权凭证), to keep."""
    found = matters.own(work, key)
    text = consenting.receipt(work, found).encode()
    return attachment(text, "application/jose", f"consent-{found.number or found.key}.jws")


@pages.get("/cases/<key>/evidence")
def evidence(key: str) -> Response:
    """What registries said for this case, signed and timestamped (证据文件), to keep."""
    found = matters.own(work, key)
    content = dossier.of_matter(work, found.matter)
    work.commit()
    return attachment(content, "application/json", f"evidence-{found.number or found.key}.json")


@pages.post("/cases/<key>/consent/revoke")
def revoke(key: str) -> ResponseReturnValue:
    """Take the consent back (撤回授权): nothing more is asked for this case."""
    consenting.revoke(work, matters.own(work, key))
    work.commit()
    flash(gettext("已撤回授权，大厅不再为这件事查询数据"))
    return redirect(url_for(".case", key=key))


@pages.get("/cases/<key>/clock.json")
def clock(key: str) -> Response:
    """How the legal dates come about, for counting again (时限计算依据)."""
    found = matters.own(work, key)
    told = tracing.trace(work, found)
    matters.seen_by_agent(work, found)
    work.commit()
    text = json.dumps(told, ensure_ascii=False, indent=1).encode()
    return attachment(text, "application/json", f"clock-{found.number or found.key}.json")


@pages.get("/cases/<key>/documents/<document>.pdf")
def paper(key: str, document: str) -> Response:
    """What the office said in writing (文书), with its seal."""
    found = matters.own(work, key)
    content = filing.pdf(work, told := filing.one(work, found.matter, document))
    matters.seen_by_agent(work, found, act="case.document_viewed", document=told.key)
    work.commit()
    return attachment(content, "application/pdf", f"{KINDS[told.kind].title}-{found.number}.pdf")


@pages.post("/cases/<key>/statement")
def state(key: str) -> ResponseReturnValue:
    """What the party says to an intended revocation (陈述申辩)."""
    found = matters.own(work, key)
    try:
        revoking.state(work, found, request.form.get("statement", ""))
    except Invalid as error:
        work.rollback()
        return _case_page(key, {"statement": [gettext(error.message)]}), 422
    work.commit()
    flash(gettext("陈述申辩已提交，机关作出决定前会先看"))
    return redirect(url_for(".case", key=key))


@pages.post("/cases/<key>/hearing")
def ask_hearing(key: str) -> ResponseReturnValue:
    """The party asks for a hearing (申请听证)."""
    found = matters.own(work, key)
    try:
        hearings.ask(work, found, request.form.get("hearing_reason", ""))
    except Invalid as error:
        work.rollback()
        return _case_page(key, {"hearing_reason": [gettext(error.message)]}), 422
    work.commit()
    flash(gettext("听证申请已提交，机关会在二十个工作日内组织听证，提前七个工作日通知您"))
    return redirect(url_for(".case", key=key))


@pages.get("/licenses/<code>")
def license(code: str) -> str:
    """One license with its face, its code to show (亮证), and who has verified it."""
    found = wallet.own(work, code)
    wallet.seen_by_agent(work, found)
    work.commit()
    return render_template(
        "citizen/license.html", license=found, record=found.record, kinds=work.use(LicenseTypes),
        qr=wallet.qr_svg(work, found), looks=wallet.looks(work, found),
        reviews=reexamining.of_party(work, found), review_states=reexamining.STATES,
        datasets=DATASETS,
        departments={d.code: d.name for d in directory.departments(work)},
    )  # fmt: skip


@pages.get("/licenses/<code>.pdf")
def license_pdf(code: str) -> Response:
    """The signed PDF face, byte for byte as it was issued."""
    found = wallet.own(work, code)
    wallet.seen_by_agent(work, found)
    work.commit()
    name = f"{found.record.type.name}-{found.code}.pdf"
    return attachment(library.pdf(work, found), "application/pdf", name)


def _case_page(key: str, errors: dict[str, list[str]]) -> str:
    found = matters.own(work, key)
    return render_template(
        "citizen/case.html", case=found, item=found.item, state=gettext(NAMES[found.state]),
        timeline=matters.timeline(work, found), days=deadlines.explain(work, found),
        facts=prefill.facts(found), datasets=DATASETS, materials=branching.papers(found),
        bill=billing.of(work, found.matter), how_to_pay=_how_to_pay(found.matter),
        payout=payouts.of(work, found.matter), license=wallet.of_case(work, found.number),
        rating=ratings.of(work, found), grades=ratings.GRADES, mending=rectifying.of(work, found),
        mending_states=rectifying.STATES, errors=errors,
        ground=consenting.ground(work, found), disputes=raising.of_case(work, found), object_url=_object_url(found.key),
        rechecks=[row for row in found.rechecks if row.changes], changes=rechecking.changes,
        editable=EDITABLE, open=OPEN, light=worklist.light(work, found), worded=answering.worded,
        kept=dossier.is_kept(work, found.matter), papers=filing.of(work, found.matter),
        paper_kinds=KINDS, told=tracing.trace(work, found), group=grouping.of_case(work, found),
        promise_checks=promises.of_case(work, found), promise_states=promises.STATES,
        visits=booking.for_item(work, found.item_code), spoken=booking.spoken,
        bookable=bool(booking.places(work)), awaited=supplying.open_papers(found),
        taken=collecting.of_case(work, found),
        offices={d.code: d.name for d in directory.departments(work)},
        instant=instant.of(work, found), why=instant.WHY, outcomes=instant.OUTCOMES,
    )  # fmt: skip


def _object_url(key: str) -> Callable[[str], str]:
    return lambda name: url_for("citizen.disputing.value_form", key=key, name=name)


def _how_to_pay(matter: str) -> str:
    bill = billing.of(work, matter)
    return billing.how_to_pay(work, bill) if bill else ""
