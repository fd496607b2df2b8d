"""Records (上报记录): one case as rows of the national tables; times as YYYYMMDDThhmmss."""

from collections.abc import Iterator
from datetime import date, datetime

from servicehall.cases.acts import outcome
from servicehall.cases.models import Case, Pause
from servicehall.cases.states import DECIDED, ENDED, State
from servicehall.documents import filing
from servicehall.feedback import ratings
from servicehall.identity import directory
from servicehall.kernel.clock import local
from servicehall.kernel.work import UnitOfWork
from servicehall.licenses import wallet
from servicehall.reporting.uptables import Row

PASSED, RETURNED, OTHER = "1", "2", "9"  # 业务动作: 通过、退回、其他
ONLINE, WINDOW = "2", "1"  # 申请渠道: 电脑端网上、窗口
EXTENDED, OTHER_PROCEDURE = "1", "2"  # 特别程序种类: 延长审批、其余
NATIONAL_ID, CREDIT_CODE = "111", "001"  # 证件类型 (GA/T 2000.156; 统一社会信用代码)
GIVEN = {  # 收取方式
    "upload": "2", "paper": "1", "registry": "3", "license": "3", "promise": "4", "window": "1", "later": "2",
}  # fmt: skip


def rows(work: UnitOfWork, case: Case) -> Iterator[tuple[str, Row]]:
    """(table, row) of everything that the national platform is told about *case*."""
    if case.accepted_at:
        yield "up_pro_accept", _accept(work, case)
    for row in _process(work, case):
        yield "up_pro_process", row
    for row in _specials(work, case):
        yield "up_pro_special_procedure", row
    if case.state in ENDED | DECIDED:
        yield "up_pro_result", _result(work, case)
    names = {m.code: m.name for m in case.item.materials}
    for one in case.materials:
        if one.how in GIVEN:
            yield "up_pro_material", {
                "project_no": case.number or "", "material_name": names[one.code],
                "get_type": GIVEN[one.how], "get_num": "1", "attach_name": one.file_name or "",
            }  # fmt: skip


def moment(at: datetime) -> str:
    """A time as the standard writes it, in the hall's own time."""
    return f"{local(at):%Y%m%dT%H%M%S}"


def day(at: date | datetime) -> str:
    """A day as the standard writes it."""
    return f"{local(at) if isinstance(at, datetime) else at:%Y%m%d}"


def _accept(work: UnitOfWork, case: Case) -> Row:
    kind, code, name = directory.holder(work, case.party)
    agent = directory.person(work, case.agent)
    item = case.item
    papers = [p.number for p in filing.of(work, case.matter) if p.kind == "acceptance"]
    return {
        "project_no": case.number or "", "catalog_code": item.base_code, "task_code": item.code,
        "task_handle_item": item.handling, "task_name": item.name,
        "task_version": str(case.revision_id),
        "applyer_type": "2" if kind == "organization" else "1", "applyer_name": name,
        "applyer_page_type": CREDIT_CODE if kind == "organization" else NATIONAL_ID,
        "applyer_page_code": code, "contact_name": agent.name, "contact_type": NATIONAL_ID,
        "contact_code": agent.number, "contact_mobile": agent.phone, "legal": "",
        "project_name": item.name, "apply_type": _channel(case),
        "project_type": "1" if item.instant else "2", "org_code": item.department,
        "org_name": item.department_name, "handle_user_name": "",
        "apply_date": moment(case.submitted_at) if case.submitted_at else "",
        "accept_date": moment(case.accepted_at) if case.accepted_at else "",
        "accept_doc_no": papers[0] if papers else "",
        "promise_date": day(case.due_on) if case.due_on else "", "address": "", "zip_code": "",
    }  # fmt: skip


def _channel(case: Case) -> str:
    """From the channel digit of the case number (STANDARDS 2.3)."""
    return WINDOW if (case.number or "")[14:15] == "8" else ONLINE


def _process(work: UnitOfWork, case: Case) -> Iterator[Row]:
    """Each step that is over; an end without one is its start."""
    hall = case.item.department_name
    if case.accepted_at and case.submitted_at:
        yield _step(case, "受理", PASSED, hall, "予以受理", case.submitted_at, case.accepted_at)
    for review in case.reviews:
        if review.agrees is not None and review.at:
            event = PASSED if review.agrees else RETURNED
            who = directory.staff_name(work, review.by) or review.department_name
            said = review.opinion or ("同意" if review.agrees else "不同意")
            start = case.accepted_at or review.at
            yield _step(case, review.name, event, who, said, start, review.at)
    if case.decided_at:
        event = PASSED if case.state in DECIDED | {State.CLOSED} else RETURNED
        who = directory.staff_name(work, case.decided_by) or hall
        said = case.reason or ("准予" if event == PASSED else "不予")
        yield _step(case, "决定", event, who, said, case.decided_at, case.decided_at)


def _step(
    case: Case, name: str, event: str, who: str, said: str, start: datetime, end: datetime
) -> Row:
    return {
        "project_no": case.number or "", "event_name": event, "process_name": name,
        "handle_user_name": who, "handle_explain": said[:2000],
        "event_start_time": moment(start), "event_end_time": moment(max(start, end)),
    }  # fmt: skip


def _specials(work: UnitOfWork, case: Case) -> Iterator[Row]:
    for pause in case.pauses:
        yield _special(case, pause)
    more = case.extension
    if more and more.approved and more.decided_at:
        yield {
            "project_no": case.number or "", "special_type": EXTENDED, "special_name": "延长审批",
            "special_time": moment(more.decided_at), "special_reason": more.reason,
            "applyer_user_name": directory.staff_name(work, more.asked_by),
            "end_time": day(case.statutory_on) if case.statutory_on else day(more.decided_at),
            "result": "批准", "special_explain": f"延长 {more.days} 个工作日",
            "handle_user": directory.staff_name(work, more.decided_by),
        }  # fmt: skip


def _special(case: Case, pause: Pause) -> Row:
    return {
        "project_no": case.number or "", "special_type": OTHER_PROCEDURE,
        "special_name": pause.name, "special_time": day(pause.starts_on),
        "special_reason": pause.basis, "applyer_user_name": "",
        "end_time": day(pause.ended_on or pause.planned_end), "result": pause.result or "",
        "special_explain": "", "handle_user": pause.officers,
    }  # fmt: skip


def _result(work: UnitOfWork, case: Case) -> Row:
    license = wallet.of_case(work, case.number)
    rating = ratings.of(work, case)
    ended = case.decided_at or case.closed_at
    delivered = case.delivery is not None and case.delivery.delivered_at is not None
    code = outcome(case.state, certified=license is not None) or "0"  # granted, not yet delivered
    return {
        "project_no": case.number or "", "result_date": moment(ended) if ended else "",
        "result_type": code, "result_explain": case.reason or "",
        "result_cetr_name": license.record.type.name if license else "",
        "result_cetr_no": license.record.number if license else "",
        "is_delivery_results": "1" if delivered else "0",
        "satisfaction": str(rating.grade) if rating else "",
    }  # fmt: skip
