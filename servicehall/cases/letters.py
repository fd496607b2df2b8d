"""Letters (办件文书): what each act says in writing, with law, reasons and what can be done against it."""

from collections.abc import Sequence

from servicehall.cases.later import Extension, HearingRight, Revocation
from servicehall.cases.models import Case, Pause, Review
from servicehall.documents import authoring
from servicehall.documents.authoring import Paper
from servicehall.documents.models import Document
from servicehall.identity import directory
from servicehall.kernel.clock import local_date
from servicehall.kernel.work import UnitOfWork
from servicehall.printing.dates import numeric_date, numeric_time
from servicehall.signing.signer import Issuer
from servicehall.standard.schema import Limit

PERMIT = "01"  # 行政许可: what the 行政许可法 is about
_HOW = {
    "electronic": "网上送达，存入受送达人在本大厅的“我的空间”",
    "window": "窗口领取",
    "post": "邮寄送达",
}
_PROOF = {"electronic": "凭据", "window": "核验的证件", "post": "运单号"}
_UNITS = {"working_day": "个工作日", "natural_day": "日"}


def accepted(work: UnitOfWork, case: Case, *, silence: bool = False) -> Document:
    """受理通知书: accepted, from when, and until when it is decided (行政许可法 第32、42条)."""
    said = [
        f"{_request(case)}，本机关没有在法定期限内告知需要补正的内容，{_law(case, '第三十二条第一款第（四）项')}"
        "，自收到申请材料之日起即为受理。"
        if silence
        else f"{_request(case)}，经审查，申请事项属于本机关职权范围，申请材料齐全、符合法定形式，"
        f"{_law(case, '第三十二条第一款第（五）项')}，现予受理。"
    ]
    if case.supply_by:
        names = {m.code: m.name for m in case.item.materials}
        lacking = "、".join(names[row.code] for row in case.materials if row.how == "window")
        said.append(
            f"容缺受理：以下材料可以后补，请于{numeric_date(case.supply_by)}前在办件页上传，或者交到窗口：{lacking}。"
            "补交前不作出决定；逾期未补交的，不予许可。"
        )
    if case.accepted_at:
        said.append(f"受理日期：{numeric_date(local_date(case.accepted_at))}。")
    if case.due_on and case.item.promised:
        said.append(_until("承诺办结期限", case.item.promised, numeric_date(case.due_on)))
    if case.statutory_on and case.item.statutory:
        last = numeric_date(case.statutory_on)
        said.append(_until("法定办结期限", case.item.statutory, last))
    return _write(work, case, "acceptance", said)


def correction(work: UnitOfWork, case: Case, points: Sequence[str]) -> Document:
    """补正告知书: all that is missing, once (行政许可法 第32条第1款第4项)."""
    said = [
        f"{_request(case)}，申请材料不齐全或者不符合法定形式。{_law(case, '第三十二条第一款第（四）项')}，"
        "现一次性告知需要补正的全部内容：",
        *(f"{number}．{point}" for number, point in enumerate(points, 1)),
    ]
    if case.correction and case.correction.answer_by:
        said.append(f"请于{numeric_date(case.correction.answer_by)}前一次补齐，补齐后即予受理。")
    return _write(work, case, "correction", said)


def acceptance_refused(work: UnitOfWork, case: Case) -> Document:
    """不予受理决定书, with the reason (行政许可法 第32条第2款)."""
    said = [f"{_request(case)}，{_law(case, '第三十二条')}，决定不予受理。", f"理由：{case.reason}"]
    return _write(work, case, "acceptance_refusal", said, against=True)


def returned(work: UnitOfWork, case: Case, office: str) -> Document:
    """不属职权告知书: not this office's power, and whose it is (行政许可法 第32条第1款第2项)."""
    said = [
        f"{_request(case)}，依法不属于本机关职权范围。{_law(case, '第三十二条第一款第（二）项')}，"
        "决定不予受理，材料退还。",
        f"请向{office}申请。",
        f"理由：{case.reason}",
    ]
    return _write(work, case, "return", said, against=True)


def not_needed(work: UnitOfWork, case: Case) -> Document:
    """不需要办理告知书: the law asks for no permit here (行政许可法 第32条第1款第1项)."""
    said = [
        f"{_request(case)}，所申请的事项依法不需要取得行政许可。"
        f"{_law(case, '第三十二条第一款第（一）项')}，现即时告知不受理。"
        if case.item.type == PERMIT
        else f"{_request(case)}，所申请的事项依法不需要办理，现即时告知不受理。",
        f"理由：{case.reason}",
    ]
    return _write(work, case, "not_needed", said, against=True)


def uncorrected(work: UnitOfWork, case: Case) -> Document:
    """逾期未补正办结通知书: what was asked for did not come; one may apply again."""
    until = case.correction and case.correction.answer_by
    said = [
        f"{_request(case)}，本机关已一次性告知需要补正的全部内容"
        f"{f'，请你（单位）于{numeric_date(until)}前补齐' if until else ''}。至今没有收到补正的材料，"
        "申请材料仍不齐全或者不符合法定形式，本件现予办结。",
        "材料齐备后可以重新申请，本次办结不影响再次申请。",
    ]
    return _write(work, case, "uncorrected", said, against=True)


def extended(work: UnitOfWork, case: Case, extension: Extension) -> Document:
    """延期告知书: how much longer, why, who approved it (行政许可法 第42条)."""
    joint = case.item.route == "joint"
    said = [
        f"{_request(case)}，因{extension.reason}，不能在法定期限内作出决定。"
        f"{_law(case, '第四十二条第二款' if joint else '第四十二条第一款')}，"
        f"经{'本级人民政府' if joint else '本机关'}负责人批准，延长{extension.days}个工作日。",
    ]
    if case.due_on:
        said.append(f"承诺办结期限顺延至{numeric_date(case.due_on)}。")
    if case.statutory_on:
        said.append(f"法定办结期限延长至{numeric_date(case.statutory_on)}。期限只能延长这一次。")
    return _write(work, case, "extension", said)


def hearing_told(work: UnitOfWork, case: Case, right: HearingRight) -> Document:
    """听证权利告知书: before the decision, that a hearing may be asked for (行政许可法 第47条)."""
    said = [
        f"{_request(case)}，本机关正在审查。{_law(case, '第四十七条')}，在作出决定前，你（单位）有权要求听证。",
        "要求听证的，请"
        + (f"于{numeric_date(right.ask_by)}前" if right.ask_by else "在被告知之日起五个工作日内")
        + "在本大厅的办件页或者到窗口提出。本机关在二十个工作日内组织听证，提前七个工作日通知，"
        "你（单位）不承担组织听证的费用；逾期没有提出的，视为放弃。",
    ]
    return _write(work, case, "hearing_notice", said)


def silent(work: UnitOfWork, case: Case, review: Review) -> Document:
    """超时默认通知书: a department let its days pass; the item declares that this is agreement."""
    until = f"（{numeric_date(review.due_on)}前）" if review.due_on else ""
    said = [
        f"{_request(case)}，{review.department_name}在“{review.name}”环节的时限内{until}没有提出意见。",
        "按照本事项公布的“超时默认”规则，视为该部门同意，所产生的责任由该部门承担。",
        "最终决定仍由本机关依法作出，不因超时默认。",
    ]
    return _write(work, case, "silence", said)


def suspended(work: UnitOfWork, case: Case, pause: Pause) -> Document:
    """特别程序告知书: what is done, on what basis, until when; not counted (行政许可法 第45条)."""
    basis = f"依据{pause.basis}，" if pause.basis else ""
    said = [
        f"{_request(case)}，{basis}需要进行{pause.name}，自{numeric_date(pause.starts_on)}起，"
        f"预计{numeric_date(pause.planned_end)}前完成。",
        *_announced(pause),
        f"{_law(case, '第四十五条')}，所需时间不计算在办理期限内。",
    ]
    return _write(work, case, "procedure", said)


def granted(
    work: UnitOfWork, case: Case, explained: Sequence[str] = (), *, silence: bool = False
) -> Document:
    """准予决定书 (行政许可法 第38条第1款、第44条); *explained* says how rules decided it (秒批).

    By silence of the office: 第50条第2款.
    """
    said = [
        f"{_request(case)}，本机关在有效期届满前没有作出是否准予延续的决定，"
        f"{_law(case, '第五十条第二款')}，视为准予延续。"
        if silence
        else f"{_request(case)}，经审查，符合法定条件和标准，{_law(case, '第三十八条第一款')}，决定准予。"
    ]
    result = case.item.result
    if result and result.name:
        said.append(f"审批结果：{result.name}，自作出本决定之日起十个工作日内送达。")
    return _write(work, case, "grant", [*said, *explained])


def refused(work: UnitOfWork, case: Case) -> Document:
    """不予决定书, with the reasons and the rights (行政许可法 第38条第2款)."""
    said = [
        f"{_request(case)}，经审查，{_law(case, '第三十八条第二款')}，决定不予许可。"
        if case.item.type == PERMIT
        else f"{_request(case)}，经审查，决定不予办理。",
        f"理由：{case.reason}",
    ]
    return _write(work, case, "refusal", said, against=True)


def lapsed(work: UnitOfWork, case: Case, cause: Case, bundle: str) -> Document:
    """不再办理告知书: what this one waited for came to nothing, and what can be done now."""
    ended = f"（办件编号{cause.number}）" if cause.number else ""
    said = [
        f"你（单位）在“{bundle}”中一并申请的“{case.item_name}”，以“{cause.item_name}”{ended}办成为前提。",
        f"“{cause.item_name}”没有办成，本项申请尚未进入受理程序，不再办理，不影响你（单位）今后提出申请。",
        f"对“{cause.item_name}”的决定不服的，按该项决定书所告知的途径救济；条件具备后，"
        f"可以单独申请“{case.item_name}”，大厅已经掌握的数据和证照不需要再次提交。",
    ]  # fmt: skip
    return _write(work, case, "lapse", said)


def revocation_told(work: UnitOfWork, case: Case, revocation: Revocation) -> Document:
    """撤销事先告知书: what is intended, why, and until when one may answer (陈述、申辩)."""
    said = [
        f"{_request(case)}已经准予。本机关拟撤销该决定。",
        f"事实和理由：{revocation.reason}",
        f"法律依据：{revocation.law}",
        "你（单位）有权陈述、申辩"
        + (f"，请于{numeric_date(revocation.hear_by)}前提出" if revocation.hear_by else "")
        + "；可以在本大厅的办件页填写，也可以到窗口当面陈述。",
    ]
    return _write(work, case, "revocation_notice", said)


def revoked(work: UnitOfWork, case: Case, revocation: Revocation) -> Document:
    """撤销决定书, with the reasons, the law and the rights (行政许可法 第69条)."""
    heard = (
        f"对你（单位）的陈述、申辩，本机关认为：{revocation.answer}"
        if revocation.statement
        else "你（单位）在告知的期限内没有提出陈述、申辩。"
    )
    said = [
        f"{_request(case)}已经准予。经查明，现决定撤销该决定，所发证照同时失效。",
        f"事实和理由：{revocation.reason}",
        f"法律依据：{revocation.law}",
        heard,
    ]
    return _write(work, case, "revocation", said, against=True)


def promise_broken(
    work: UnitOfWork, case: Case, paper: str, found: str, *, revoked: bool
) -> Document:
    """承诺不实告知书: what the check found, and what follows (国办发〔2020〕42号)."""
    said = [
        f"{_request(case)}中以告知承诺代替“{paper}”。经核查，承诺不实：{found}",
        "根据办理时告知的责任，不实承诺予以记录；改正前再申请本大厅事项的，不适用告知承诺，应当提交证明材料。",
    ]
    if revoked:
        said.append("依据承诺作出的决定予以撤销，所发证照同时撤销。")
    said.append("改正以后，请联系本机关核实；核实后恢复适用告知承诺。")
    return _write(work, case, "promise_broken", said, against=True)


def delivered(work: UnitOfWork, case: Case) -> Document:
    """送达回证: what was delivered, how, when, and who took it."""
    result, delivery = case.item.result, case.delivery
    how = delivery.how if delivery else "electronic"
    taken = [f"收件人：{delivery.taken_by}"] if delivery and delivery.taken_by else []
    taken += [f"{_PROOF[how]}：{delivery.proof}"] if delivery and delivery.proof else []
    said = [
        f"办件编号：{case.number}", f"申请事项：{case.item_name}",
        f"送达内容：{result.name if result and result.name else '办理结果'}",
        f"送达方式：{_HOW[how]}", *taken, f"送达日期：{numeric_date(work.today())}",
    ]  # fmt: skip
    return _write(work, case, "delivery", said)


def _announced(pause: Pause) -> list[str]:
    """Of a hearing, when and where it is held and by whom (行政许可法 第48条第1款)."""
    if pause.held_on is None or pause.held_at is None:
        return []
    return [
        f"听证于{numeric_date(pause.held_on)}{numeric_time(pause.held_at)}举行，地点：{pause.place}，"
        f"由{pause.presider}主持。认为主持人与本件有直接利害关系的，"
        "有权申请回避；申请人不承担组织听证的费用。"
    ]


def _request(case: Case) -> str:
    day = case.submitted_at and numeric_date(local_date(case.submitted_at))
    return f"你（单位）于{day}提出的“{case.item_name}”申请（办件编号{case.number}）"


def _law(case: Case, article: str) -> str:
    """The article, where the matter is a permit; others follow the law of their own."""
    if case.item.type == PERMIT:
        return f"根据《中华人民共和国行政许可法》{article}的规定"
    return "根据该事项的设定依据"


def _until(name: str, limit: Limit, last: str) -> str:
    return f"{name}：自受理之日起{limit.days}{_UNITS[limit.unit]}，即{last}前（依法不计入期限的时间除外）。"


def _write(
    work: UnitOfWork, case: Case, kind: str, paragraphs: Sequence[str], *, against: bool = False
) -> Document:
    _, _, name = directory.holder(work, case.party)
    issuer = Issuer(case.department, case.item.department_name)
    return authoring.write(
        work,
        Paper(
            kind=kind, matter=case.matter, party=case.party, issuer=issuer, addressee=name,
            paragraphs=paragraphs, remedies=case.item.remedies if against else "",
        ),
    )  # fmt: skip
