"""Reviewing (审查): each department's opinion, and special procedures that stop the clock."""

import re
from datetime import date, time
from typing import Any

from servicehall.cases import deadlines, joining, letters
from servicehall.cases.editing import readable, seen
from servicehall.cases.models import Case, Pause, Review
from servicehall.cases.states import State, after
from servicehall.handling import hearings
from servicehall.identity import directory, policy
from servicehall.kernel.errors import Conflict, Invalid, NotFound
from servicehall.kernel.words import N_
from servicehall.kernel.work import UnitOfWork
from servicehall.notices import outbox
from servicehall.standard.schema import Limit, Special

PLACE_MOST = 100  # characters of the place of a hearing
_SILENT = "逾期没有提出意见，按公布的超时默认规则视为同意"


def waiting_for(work: UnitOfWork, case: Case) -> Review | None:
    """The open review of the actor's department on *case*, if there is one."""
    mine = (r for r in joining.awaited(case) if r.department == work.actor.department)
    return next(mine, None)


def opine(
    work: UnitOfWork, case: Case, *, agrees: bool | None, opinion: str, version: int
) -> Review:
    """Give the department's opinion (审查意见), once. Raises NotFound, Conflict or Invalid.

    Where the item's rule (会签规则) is then decided, opinions still awaited are no longer needed.
    """
    policy.require(work.actor, "case.review")
    seen(work, case, version)
    review = waiting_for(work, case)
    if review is None and any(r.department == work.actor.department for r in case.reviews):
        raise Conflict(N_("本部门的审查意见已经提交或者不再需要，不能再填写"))
    if review is None:
        raise NotFound
    if case.state is not State.ACCEPTED:
        raise Conflict(N_("办件不在审查阶段，现在不能填写意见"))
    if agrees is None:
        raise Invalid(N_("请选择同意或不同意"), field="agrees")
    if not agrees and not opinion.strip():
        raise Invalid(N_("不同意时请写明理由"), field="opinion")
    review.agrees, review.opinion = agrees, opinion.strip()
    review.by, review.at = work.actor.id, work.now()
    case.saved_at = work.now()
    work.record("case.reviewed", case.matter, person=case.party, step=review.name, agrees=agrees)
    _join(work, case)
    return review


def agree_by_silence(work: UnitOfWork, case: Case) -> None:
    """Departments silent beyond their days agree, where the item declares it (超时默认).

    Said in writing; never for the decision itself.
    """
    work.hold(case)
    if case.state is not State.ACCEPTED:
        return
    for review in (r for r in joining.awaited(case) if r.defaults):
        if review.due_on is None or review.due_on >= work.today():
            continue
        review.agrees, review.at, review.by = True, work.now(), work.actor.id
        review.opinion, case.saved_at = _SILENT, work.now()
        work.record("case.review_defaulted", case.matter, person=case.party, step=review.name)
        letters.silent(work, case, review)
        outbox.post(
            work, case.party, case.matter,
            N_("您的办件 %(number)s：%(department)s逾期没有意见，按公布的规则视为同意"),
            number=case.number, department=review.department_name,
        )  # fmt: skip
    _join(work, case)


def suspend(
    work: UnitOfWork, case: Case, *, kind: str, officers: str, version: int,
    held_on: date | None = None, held_at: time | None = None, place: str = "", presider: str = "",
) -> Pause:  # fmt: skip
    """Begin a special procedure (特别程序): told in writing, with its planned end; the clock stands.

    An inspection on site takes at least two officers (行政许可法 第34条); of a hearing the day, the
    hour (Chinese time of day), the place (at most ``PLACE_MOST`` characters) and the presider are
    told (第46至48条), and kept of a hearing only. Raises Invalid with the field, Conflict.
    """
    policy.require(work.actor, "case.review")
    seen(work, case, version)
    special = _declared(case, kind)
    if special.kind == "inspection" and len(_names(officers)) < 2:
        raise Invalid(
            N_("现场核查应由两名以上工作人员进行，请填写两人姓名，用逗号分隔"), field="officers"
        )
    told: dict[str, Any] = {}
    if special.kind == "hearing":
        told = {"held_on": held_on, "held_at": held_at, "place": " ".join(readable(place).split()),
                "presider": presider.strip()}  # fmt: skip
        _hearing_holds(work, case, **told)
    case.state = after(case.state, "suspend")
    end = deadlines.due(work, work.today(), Limit(days=special.days))
    pause = Pause(
        kind=special.kind, name=special.name, basis=special.basis, starts_on=work.today(),
        planned_end=end or work.today(), ended_on=None, officers=officers.strip(), result=None,
        **told,
    )  # fmt: skip
    case.pauses.append(pause)
    deadlines.set_clock(work, case)
    work.record("case.suspended", case.matter, person=case.party, procedure=special.kind)
    letters.suspended(work, case, pause)
    _tell(work, case, pause)
    return pause


def resume(work: UnitOfWork, case: Case, *, result: str, version: int) -> Pause:
    """End the special procedure with its result; the clock runs on from the next day."""
    policy.require(work.actor, "case.review")
    seen(work, case, version)
    if not result.strip():
        raise Invalid(N_("请填写结果"), field="result")
    pause = running(case)
    case.state = after(case.state, "resume")
    pause.ended_on, pause.result = max(work.today(), pause.starts_on), result.strip()
    deadlines.set_clock(work, case)
    work.record("case.resumed", case.matter, person=case.party, procedure=pause.kind)
    return pause


def running(case: Case) -> Pause:
    """The special procedure under way. Raises Conflict where none is."""
    for pause in case.pauses:
        if pause.ended_on is None:
            return pause
    raise Conflict(N_("这件事没有正在进行的特别程序"))


def left(work: UnitOfWork, due: date | None) -> int | None:
    """Civil days until *due*; negative once it has passed, None where there is no date."""
    return None if due is None else (due - work.today()).days


def _join(work: UnitOfWork, case: Case) -> None:
    if joining.outcome(case) == "open":
        return
    for review in joining.awaited(case):
        review.waived_at = work.now()
        work.record("case.review_waived", case.matter, person=case.party, step=review.name)


def _tell(work: UnitOfWork, case: Case, pause: Pause) -> None:
    """A message to the party; of a hearing with its day, hour and place (行政许可法 第48条第1款第1项)."""
    text = N_("您的办件 %(number)s 进入%(name)s，期间不计入办理时限，预计 %(end)s 前完成")
    said = {"number": case.number, "name": pause.name, "end": str(pause.planned_end)}
    if pause.held_on and pause.held_at:
        text = N_(
            "您的办件 %(number)s 将于 %(day)s %(hour)s 举行听证，地点：%(place)s；"
            "期间不计入办理时限，预计 %(end)s 前完成"
        )
        said |= {"day": str(pause.held_on), "hour": f"{pause.held_at:%H:%M}", "place": pause.place}
    outbox.post(work, case.party, case.matter, text, **said)


def _hearing_holds(
    work: UnitOfWork, case: Case, *, held_on: date | None, held_at: time | None, place: str,
    presider: str,
) -> None:  # fmt: skip
    """A hearing is told seven days before and held within twenty, by nobody who reviews the case."""
    first, last = hearings.bounds(work, case)
    if held_on is None or first is None or last is None or not first <= held_on <= last:
        raise Invalid(
            N_("听证日期应当在 %(first)s 到 %(last)s 之间（提前七日通知，二十日内举行）"),
            field="held_on", first=str(first or ""), last=str(last or ""),
        )  # fmt: skip
    if held_at is None:
        raise Invalid(N_("请填写听证时间，几点几分，例如 09:30"), field="held_at")
    if not place:
        raise Invalid(N_("请填写听证地点"), field="place")
    if len(place) > PLACE_MOST:
        raise Invalid(N_("听证地点最多 %(most)s 个字"), field="place", most=PLACE_MOST)
    reviewers = {directory.staff_name(work, r.by) for r in case.reviews if r.by}
    if not presider or presider in reviewers | {work.actor.name}:
        raise Invalid(N_("请填写听证主持人，不能是审查这件申请的工作人员"), field="presider")


def _names(officers: str) -> set[str]:
    """The different people named, however their names are separated."""
    return {name.strip() for name in re.split("[,，、;；\\s]+", officers) if name.strip()}


def _declared(case: Case, kind: str) -> Special:
    for declared in case.item.specials:
        if declared.kind == kind:
            return declared
    raise Invalid(N_("请选择一种特别程序"), field="kind")
