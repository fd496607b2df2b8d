"""Outcomes (审批结果检查): what comes out exists, and each word on its face has a source."""

from collections.abc import Iterator

from servicehall.kernel.words import N_
from servicehall.standard.problems import Problem, Surroundings, problem
from servicehall.standard.schema import Item, Result


def present(item: Item, around: Surroundings) -> Iterator[Problem]:
    """A result is declared; a license or decision has a type, whose face is also its sample."""
    result = item.result
    if result is None:
        yield problem(
            "result.present", "result", N_("没有写明审批结果"), N_("补充“审批结果”（result）")
        )
    elif result.kind != "benefit" and not result.license_type:
        yield problem(
            "result.type", "result.license_type", N_("结果没有证照类型，无法显示样本"),
            N_("填写已有证照类型的代号（licenses/ 中的文件名）"),
        )  # fmt: skip
    elif result.license_type and result.license_type not in around.licenses:
        yield problem(
            "result.type", "result.license_type", N_("没有证照类型 %(slug)s"),
            N_("核对证照类型代号（licenses/ 中的文件名）"), slug=result.license_type,
        )  # fmt: skip
    if result and result.renews and not result.license_type:
        yield problem(
            "result.renews", "result.renews", N_("延续事项没有写明延续哪种证照"),
            N_("填写“证照类型代号”（license_type）"),
        )  # fmt: skip


def named(item: Item, around: Surroundings) -> Iterator[Problem]:
    """A name that ends in 证 is a license, one that ends in 文 or 批复 a decision."""
    result = item.result
    if result is None:
        return
    ends = {"license": ("文", "批复", "决定书", "通知书"), "decision": ("证", "证书", "执照")}
    if result.name.endswith(ends.get(result.kind, ())):
        yield problem(
            "result.kind", "result.kind", N_("结果名称“%(name)s”与结果类型不一致"),
            N_("证照的结果类型选“证照”（license），批文选“批文”（decision）"), name=result.name,
        )  # fmt: skip


def carried(item: Item, around: Surroundings) -> Iterator[Problem]:
    """Every ``carries`` source can be resolved from what the item declares."""
    for face, source in item.result.carries.items() if item.result else ():
        if not _resolvable(item, source):
            yield problem(
                "result.carries", f"result.carries.{face}",
                N_("照面信息 %(face)s 的来源 %(source)s 没有声明"),
                N_("写成 registry:数据集.字段、answer:填报项、license:证照类型.照面代号 或 literal:文字，并先声明"),
                face=face, source=source,
            )  # fmt: skip


def paid(item: Item, around: Surroundings) -> Iterator[Problem]:
    """A benefit says how much: a fixed amount, or a question that asks for it."""
    result = item.result
    if result is None or result.kind != "benefit":
        return
    if not result.benefit_fen and not _asks_money(item, result):
        yield problem(
            "result.benefit", "result", N_("给付没有写明金额"),
            N_("填写“给付金额”（benefit_fen），或在“给付金额填报项”（benefit_question）中写明问金额的填报项"),
        )  # fmt: skip


def _resolvable(item: Item, source: str) -> bool:
    kind, _, rest = source.partition(":")
    if kind == "registry":
        dataset, _, name = rest.rpartition(".")
        holders = [need for need in item.needs if need.dataset == dataset and name in need.fields]
        return len(holders) == 1  # two subjects of one dataset would be ambiguous
    if kind == "answer":
        return any(question.code == rest for part in item.sections for question in part.questions)
    if kind == "license":  # the applicant holds it, and hands it in
        papers = (m.exempt for m in item.materials if m.exempt and m.exempt.by == "license")
        return any(exempt.name == rest.partition(".")[0] for exempt in papers)
    return kind == "literal" and bool(rest)


def _asks_money(item: Item, result: Result) -> bool:
    return any(
        question.code == result.benefit_question and question.kind == "money"
        for part in item.sections
        for question in part.questions
    )


RULES = (present, named, carried, paid)
