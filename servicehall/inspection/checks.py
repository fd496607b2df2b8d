"""Checks (事项体检): the consistency rules that auditors of item lists use (STANDARDS 1.6)."""

import re
from collections.abc import Callable, Iterator

from servicehall.inspection import consistency, outcomes, proofs
from servicehall.kernel import codes
from servicehall.kernel.errors import Invalid
from servicehall.kernel.words import N_
from servicehall.standard import (
    commitments,
    conditions,
    eligibility,
    itemcodes,
    repeats,
    rulings,
    situations,
)
from servicehall.standard.problems import Problem, Surroundings, missing, problem
from servicehall.standard.schema import Item, ItemType
from servicehall.standard.themes import BY_KEY

PERMIT_STEPS = 5  # 受理 审查 决定 制证 送达
_WITH_AREA_CODE = re.compile(r"0\d{2,3}-\d{5,8}(-\d+)*(、0\d{2,3}-\d{5,8}(-\d+)*)*")


def check(item: Item, around: Surroundings) -> list[Problem]:
    """Every rule that *item* breaks; an item with none may be published.

    *around* is what it may refer to. Guide-only items are not checked: nobody applies for them here.
    """
    if not item.applicable:
        return []
    return [found for rule in RULES for found in rule(item, around)]


def coded(item: Item, around: Surroundings) -> Iterator[Problem]:
    """The code is department, level and basic code in one; the department's checks out."""
    if item.code[:31] != f"{item.department}{item.level}{item.base_code}":
        yield problem(
            "code.parts", "code", N_("实施编码与部门、层级、基本编码不一致"),
            N_("31 位编码 = 部门代码 18 位 + 行使层级 + 基本编码 12 位"),
        )  # fmt: skip
    if item.base_code[2:4] != item.type.value:
        yield problem(
            "code.type", "base_code", N_("基本编码第 3、4 位不是事项类型 %(type)s"),
            N_("核对基本编码或事项类型"), type=item.type.value,
        )  # fmt: skip
    for rule, where, reader, text in (
        ("code.form", "code", itemcodes.task, item.code),
        ("code.department", "department", codes.uscc, item.department),
    ):
        try:
            reader(text)
        except Invalid as error:
            yield problem(rule, where, error.message, N_("逐位核对编码"), **error.params)


def instant(item: Item, around: Surroundings) -> Iterator[Problem]:
    """An instant item (即办件) is decided at once; any other promises at least one day."""
    if item.promised is None or item.statutory is None:
        yield missing(item, "promised", "limit.present", N_("法定和承诺办结时限"))
    elif item.instant != (item.promised.days == 0):
        yield problem(
            "instant.limit", "instant", N_("即办件当场办结，承诺件至少一日，两者不一致"),
            N_("即办件的“承诺办结时限”（promised.days）写 0 天，承诺件写 1 天以上"),
        )  # fmt: skip


def limited(item: Item, around: Surroundings) -> Iterator[Problem]:
    """The promise is not longer than the law allows, nor than its own steps need."""
    if item.promised is None or item.statutory is None:
        return
    same = item.promised.unit == item.statutory.unit
    # without a common unit a working day is at least one natural day: compare as if they were one
    if item.promised.days > item.statutory.days and (same or item.statutory.unit == "natural_day"):
        yield problem("limit.promise", "promised", N_("承诺时限长于法定时限"), N_("缩短承诺时限"))
    reviews = max((step.days for step in item.parallel), default=0)
    others = sum(step.days for step in item.steps if step.kind != "review")
    if reviews + others > item.promised.days:
        yield problem(
            "limit.steps", "steps", N_("各环节时限合计超过承诺时限（并联审查取最长）"),
            N_("缩短环节时限"),
        )  # fmt: skip


def visited(item: Item, around: Surroundings) -> Iterator[Problem]:
    """A visit has a reason; no visit means done online or by post."""
    if bool(item.visits) != bool(item.visits_reason):
        yield problem(
            "visits.reason", "visits_reason", N_("到现场次数与必须到现场的原因不一致"),
            N_("到现场的写明原因，不到现场的不写"),
        )  # fmt: skip
    if item.online_depth == 4 and item.visits:
        yield problem(
            "visits.depth", "online_depth", N_("全程网办的事项不应到现场"), N_("改为 Ⅲ 级")
        )
    if not item.visits and "web" not in item.channels and "post" not in item.delivery:
        yield problem(
            "visits.none", "channels", N_("不到现场又不能网办的事项须支持快递"),
            N_("在“送达方式”（delivery）中加“邮寄”（post）"),
        )  # fmt: skip


def phoned(item: Item, around: Surroundings) -> Iterator[Problem]:
    """Two different numbers to ask and to complain, each with its area code."""
    contact = item.contact
    for name in ("consult", "complain"):
        if not _WITH_AREA_CODE.fullmatch(getattr(contact, name)):
            yield problem(
                "phone.area", f"contact.{name}", N_("电话没有区号或者格式不正确"),
                N_("写成 区号-号码，多个号码用、分开"),
            )  # fmt: skip
    if contact.consult == contact.complain:
        yield problem("phone.differ", "contact", N_("咨询电话与投诉电话相同"), N_("另设投诉电话"))


def stepped(item: Item, around: Surroundings) -> Iterator[Problem]:
    """A permit has the five standard steps and at least one frequent question."""
    if item.type is ItemType.PERMIT and len(item.steps) < PERMIT_STEPS:
        yield problem(
            "permit.steps", "steps", N_("行政许可至少有受理、审查、决定、制证、送达五个环节"),
            N_("补全办理环节"),
        )  # fmt: skip
    if item.type is ItemType.PERMIT and not item.faqs:
        yield missing(item, "faqs", "permit.faq", N_("常见问题"))
    kinds = {step.kind for step in item.steps}
    if not {"accept", "review", "decide"} <= kinds:
        yield problem(
            "steps.kinds", "steps", N_("办理环节没有受理、审查或者决定"), N_("补全办理环节")
        )


def charged(item: Item, around: Surroundings) -> Iterator[Problem]:
    """A fee has an amount, a standard and a basis, and can be paid online."""
    if item.fee and not item.fee.fen:
        yield problem(
            "fee.amount", "fee.fen", N_("收费没有金额"), N_("不收费的取消“收费”（fee）这一项")
        )
    if item.fee and not item.fee.online:
        yield problem("fee.online", "fee.online", N_("收费不能网上支付"), N_("开通网上支付"))


def grouped(item: Item, around: Surroundings) -> Iterator[Problem]:
    """The themes are in the national tables and fit whom the item serves."""
    for theme in item.themes:
        if f"{theme.kind}-{theme.code}" not in BY_KEY:
            yield problem(
                "theme.known", "themes", N_("没有主题 %(code)s"), N_("核对主题分类"),
                code=theme.code,
            )  # fmt: skip
    natural = "natural_person" in item.objects
    legal = any(kind != "natural_person" for kind in item.objects)
    for kind, serves in (("natural", natural), ("legal", legal)):
        if serves != any(theme.kind == kind for theme in item.themes):
            yield problem(
                "theme.objects", "themes", N_("主题分类与服务对象不一致"),
                N_("服务自然人的选自然人（natural）主题，服务法人的选法人（legal）主题"),
            )  # fmt: skip


def complete(item: Item, around: Surroundings) -> Iterator[Problem]:
    """Whatever the law wants published before anybody applies is there (行政许可法 第30条)."""
    wanted = {
        "bases": N_("设定依据"), "conditions": N_("受理条件"), "materials": N_("申请材料"),
        "remedies": N_("救济渠道"), "objects": N_("服务对象"), "channels": N_("办理形式"),
        "delivery": N_("送达方式"), "name_en": N_("英文名称"), "summary": N_("事项简介"),
        "summary_en": N_("英文简介"), "quota": N_("数量限制"),
    }  # fmt: skip
    for name, label in wanted.items():
        if not getattr(item, name):
            yield missing(item, name, "complete", label)
    for name, label in (("place", N_("办理地点")), ("hours", N_("办理时间"))):
        if not getattr(item.contact, name):
            yield missing(item, f"contact.{name}", "complete", label)


def asked(item: Item, around: Surroundings) -> Iterator[Problem]:
    """Codes of materials and questions are used once; choices have something to choose."""
    questions = [
        (f"sections.{part.code}.questions.{question.code}", question)
        for part in item.sections
        for question in part.questions
    ]
    yield from _once([(f"materials.{m.code}", m.code) for m in item.materials])
    yield from _once([(where, question.code) for where, question in questions])
    for where, question in questions:
        if question.kind in {"choice", "choices"} and not question.options:
            yield problem(
                "question.options", where, N_("选择题“%(label)s”没有选项"),
                N_("填写“选项”（options），每行一个：代号=文字"), label=question.label,
            )  # fmt: skip
        if len(question.options_en) not in {0, len(question.options)}:
            yield problem(
                "question.english", where, N_("“%(label)s”的英文选项个数不对"),
                N_("每个选项写一个英文"), label=question.label,
            )  # fmt: skip


def _once(named: list[tuple[str, str]]) -> Iterator[Problem]:
    names = [name for _, name in named]
    for where, name in dict.fromkeys(named):
        if names.count(name) > 1:
            yield problem(
                "code.once", where, N_("代号 %(name)s 用了两次"), N_("换一个代号"), name=name
            )


Rule = Callable[[Item, Surroundings], Iterator[Problem]]
RULES: tuple[Rule, ...] = (
    coded, complete, instant, limited, visited, phoned, stepped, charged, grouped, asked,
    *consistency.RULES, *situations.RULES, *conditions.RULES, *eligibility.RULES, *rulings.RULES, *repeats.RULES,
    *proofs.RULES, *outcomes.RULES, *commitments.RULES,
)  # fmt: skip
