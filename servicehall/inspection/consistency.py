"""Consistency (要素一致性): codes, regions, dates and flags of one item that must agree."""

import re
from collections.abc import Iterator

from servicehall.kernel import codes
from servicehall.kernel.errors import Invalid
from servicehall.kernel.words import N_
from servicehall.standard import itemcodes
from servicehall.standard.problems import Problem, Surroundings, problem
from servicehall.standard.schema import Item, ItemType

EMPTY = {"无", "待定", "略", "待补充", "/", "-", "—", "暂无"}
JOINT_DAYS = 45  # working days (行政许可法 第42条第2款)
_DIGITS = {1: 0, 2: 2, 3: 4, 4: 6, 5: 9, 6: 12}  # of a region code that a level fills
_CLOSES = {  # how a result's name ends, and how the case then closes
    "证": "license", "证书": "license", "执照": "license", "文": "document", "批复": "approval",
}  # fmt: skip


def recoded(item: Item, around: Surroundings) -> Iterator[Problem]:
    """National and older codes are what they say they are; a handling item has a name."""
    if item.national_code and item.national_code[2:4] != item.type.value:
        yield problem(
            "code.national", "national_code", N_("国家基本编码的事项类型不是 %(type)s"),
            N_("核对国家基本目录；没有核实的留空"), type=item.type.value,
        )  # fmt: skip
    for number, old in enumerate(item.legacy_codes):
        try:
            itemcodes.legacy(old.scheme, old.code)
        except Invalid as error:
            yield problem(
                "code.legacy", f"legacy_codes.{number}", error.message,
                N_("核对旧编码和它的方案"), **error.params,
            )  # fmt: skip
    for material in item.materials:
        if material.license_code and not re.fullmatch(r"[0-9A-Z]{21}", material.license_code):
            yield problem(
                "code.license", f"materials.{material.code}.license_code",
                N_("证照类型代码应为 21 位（GB/T 36904）"), N_("核对证照类型代码"),
            )  # fmt: skip
    if (len(item.code) == 33) != bool(item.handling):
        yield problem(
            "code.handling", "handling", N_("33 位的办理项编码与业务办理项名称应同时有或同时没有"),
            N_("有业务办理项的写明“业务办理项”（handling），编码加两位序号"),
        )  # fmt: skip


def placed(item: Item, around: Surroundings) -> Iterator[Problem]:
    """The region code fills as many digits as the level says (GB/T 2260)."""
    digits = _DIGITS.get(item.level)
    if digits is None:  # 分级管理: any
        return
    filled = item.region[:digits].endswith("00") and digits > 2
    if item.region[digits:].strip("0") or (digits and filled):
        yield problem(
            "region.level", "region", N_("行政区划 %(region)s 与行使层级 %(level)s 不一致"),
            N_("省级填两位、市级四位、县级六位、乡级九位，后面补 0"),
            region=item.region, level=item.level,
        )  # fmt: skip


def classified(item: Item, around: Surroundings) -> Iterator[Problem]:
    """An instant item is 即办件 and reviewed on the spot; a promised one reviewed before."""
    for name, instant in (("project_type", "instant"), ("review_type", "on_the_spot")):
        said = getattr(item, name)
        if said and (said == instant) != item.instant:
            yield problem(
                "instant.types", name, N_("即办件应即审即办，承诺件应前审后批，这里不一致"),
                N_("改正“即办件”（instant）、“办件类型”（project_type）或“审查类型”（review_type）"),
            )  # fmt: skip


def closed(item: Item, around: Surroundings) -> Iterator[Problem]:
    """A result that ends in 证 closes by license, 文 by document, 批复 by approval."""
    if not item.closing or item.result is None:
        return
    name = item.result.name
    wanted = next((close for end, close in _CLOSES.items() if name.endswith(end)), None)
    if wanted and wanted != item.closing:
        yield problem(
            "result.closing", "closing", N_("结果名称“%(name)s”与办结方式不一致"),
            N_("证用出证办结，文用出文办结，批复用审批办结"), name=name,
        )  # fmt: skip


def based(item: Item, around: Surroundings) -> Iterator[Problem]:
    """Every legal basis names a law and an article."""
    for number, basis in enumerate(item.bases):
        if basis.article.strip() in EMPTY or basis.law.strip() in EMPTY:
            yield problem(
                "basis.article", f"bases.{number}", N_("设定依据没有写明法律名称和条款"),
                N_("写明第几条；没有依据的不得设为事项"),
            )  # fmt: skip


def dated(item: Item, around: Surroundings) -> Iterator[Problem]:
    """An item ends after it begins."""
    if item.effective_on and item.ends_on and item.ends_on <= item.effective_on:
        yield problem(
            "dates.order", "ends_on", N_("计划取消日期不晚于生效日期"), N_("核对两个日期")
        )


def _too_long_jointly(item: Item) -> bool:
    """Whether a permit that departments handle together takes longer than the law lets it."""
    jointly = item.type is ItemType.PERMIT and item.route == "joint"
    limit = item.statutory
    return jointly and limit is not None and limit.unit == "working_day" and limit.days > JOINT_DAYS


def flagged(item: Item, around: Surroundings) -> Iterator[Problem]:
    """Flags agree with what they announce."""
    online = {"web", "mobile"} & set(item.channels)
    for rule, where, wrong, message, mend in (
        ("online.depth", "online_depth", item.online_depth >= 2 and not online,
         N_("有网办深度但办理形式中没有网上办理"), N_("在“办理形式”（channels）中加“网上”（web）")),
        ("online.apply", "channels", not online,
         N_("可在线办理的事项没有网上办理形式"), N_("在“办理形式”（channels）中加“网上”（web）")),
        ("booking.flag", "booking", item.booking is not None and not item.appointment,
         N_("写了预约规则但不支持预约"), N_("勾选“支持预约”（appointment 写 true）")),
        ("crossing.mode", "crossing_mode", bool(item.crossing_mode) and not item.crossing,
         N_("写了跨域通办模式但没有通办范围"), N_("填写“通办范围”（crossing）")),
        ("entrusted.name", "entrusted", (item.authority == "entrusted") != bool(item.entrusted),
         N_("受委托组织应写明委托部门，其他不写"), N_("核对实施主体性质和委托部门")),
        ("promise.based", "promise_based", item.promise_based and not _promises(item),
         N_("标为告知承诺制但没有一份材料以承诺代替"), N_("写明哪份材料以承诺代替")),
        ("joint.statutory", "statutory", _too_long_jointly(item),
         N_("联合办理的行政许可，法定时限不得超过 45 个工作日（行政许可法第四十二条第二款）"),
         N_("改正“法定时限”（statutory），或者核对“办理方式”（route）")),
        ("four.at_once", "four", "at_once" in item.four and not item.instant,
         N_("“马上办”应为即办件"), N_("改为即办件或去掉“马上办”")),
        ("four.one_visit", "four", "one_visit" in item.four and item.visits > 1,
         N_("“一次办”到现场不得超过一次"), N_("减少到现场次数")),
        ("four.online", "four", "online" in item.four and not online,
         N_("“网上办”没有网上办理形式"), N_("在“办理形式”（channels）中加“网上”（web）")),
    ):  # fmt: skip
        if wrong:
            yield problem(rule, where, message, mend)


def staffed(item: Item, around: Surroundings) -> Iterator[Problem]:
    """Every step names a department whose credit code checks out."""
    for number, step in enumerate(item.steps):
        try:
            codes.uscc(step.department)
        except Invalid as error:
            yield problem(
                "step.department", f"steps.{number}", error.message, N_("核对部门代码"),
                **error.params,
            )  # fmt: skip


def shared(item: Item, around: Surroundings) -> Iterator[Problem]:
    """A review by another department says what it sees, all of it part of the item; so does a quorum.

    Default deny (cases.sight): who declares nothing sees nothing, and cannot review.
    """
    known = {"data": {need.dataset for need in item.needs},
             "sections": {part.code for part in item.sections},
             "materials": {material.code for material in item.materials}}  # fmt: skip
    for step in item.parallel:
        seen = {name: set(getattr(step.sees, name)) for name in known}
        if step.department != item.department and not any(seen.values()):
            yield problem(
                "review.sees", "steps", N_("“%(step)s”由其他部门审查，没有写它能看到什么"),
                N_("写明可见范围（sees）：数据（data）、填报步骤（sections）、材料（materials）"),
                step=step.name,
            )  # fmt: skip
        for name, told in seen.items():
            for code in sorted(told - known[name]):
                yield problem(
                    "review.sees.unknown", "steps",
                    N_("“%(step)s”的可见范围里的 %(code)s 不在这个事项里"),
                    N_("改正可见范围（sees）里的代号"), step=step.name, code=code,
                )  # fmt: skip
    joining = item.joining
    if (joining.rule == "quorum") != (1 <= joining.quorum <= len(item.parallel)):
        yield problem(
            "joining.quorum", "joining", N_("会签规则的同意个数与规则或审查部门个数不符"),
            N_("多数同意（quorum）写 1 到审查部门个数，其他规则写 0"),
        )  # fmt: skip


def remedied(item: Item, around: Surroundings) -> Iterator[Problem]:
    """Whoever lists offices for remedies lists both: 行政复议 and 行政诉讼."""
    kinds = {office.kind for office in item.remedy_offices}
    if len(kinds) == 1:
        yield problem(
            "remedy.both", "remedy_offices", N_("救济渠道应同时有行政复议和行政诉讼"),
            N_("补上另一种"),
        )  # fmt: skip


def _promises(item: Item) -> bool:
    return any(m.exempt and m.exempt.by == "promise" for m in item.materials)


RULES = (recoded, placed, classified, closed, based, dated, flagged, shared, staffed, remedied)
