"""Proofs (免证明检查): no paper may be asked for that a registry or a license can supply."""

from collections.abc import Iterator

from servicehall.inspection import recognition
from servicehall.kernel.words import N_
from servicehall.standard.problems import Problem, Surroundings, problem
from servicehall.standard.schema import Item, Material


def needs(item: Item, around: Surroundings) -> Iterator[Problem]:
    """Every need names a known dataset and known fields, once for each subject."""
    seen = set()
    for number, need in enumerate(item.needs):
        where = f"needs.{number}"
        if need.dataset not in around.datasets:
            yield problem(
                "need.dataset", where,
                N_("没有数据集 %(dataset)s"), N_("核对数据集代码"), dataset=need.dataset,
            )  # fmt: skip
            continue
        unknown = set(need.fields) - set(around.datasets[need.dataset])
        for name in sorted(unknown):
            yield problem(
                "need.field", where,
                N_("数据集 %(dataset)s 没有字段 %(name)s"), N_("核对字段名"),
                dataset=need.dataset, name=name,
            )  # fmt: skip
        if (need.dataset, need.subject) in seen:
            yield problem(
                "need.once", where,
                N_("数据集 %(dataset)s 声明了两次"), N_("合并成一条"), dataset=need.dataset,
            )  # fmt: skip
        seen.add((need.dataset, need.subject))


def least(item: Item, around: Surroundings) -> Iterator[Problem]:
    """A full value of personal data is on the face of the result, or the need says why it is asked.

    Where a yes or no does, the registry computes it (sharing.predicates; 个人信息保护法 第6条).
    """
    if item.result is None:  # said elsewhere
        return
    carried = set(item.result.carries.values())
    for number, need in enumerate(item.needs):
        unexplained = [
            name for name in need.fields
            if name in around.personal.get(need.dataset, ())
            and f"registry:{need.dataset}.{name}" not in carried
        ]  # fmt: skip
        if unexplained and not need.reason:
            yield problem(
                "need.reason", f"needs.{number}.fields",
                N_("没有说明为什么要 %(dataset)s 中 %(names)s 的完整内容"),
                N_("能以“是或否”回答的改用是非字段；确实要完整内容的，填写“为什么要完整内容”（reason）"),
                dataset=need.dataset, names="、".join(unexplained),
            )  # fmt: skip


def exemptions(item: Item, around: Surroundings) -> Iterator[Problem]:
    """What is said to replace a paper exists, and the item declares the need for it."""
    declared = {need.dataset for need in item.needs}
    for material in item.materials:
        exempt, where = material.exempt, f"materials.{material.code}"
        if exempt is None:
            continue
        if exempt.by == "registry" and exempt.name not in declared:
            yield problem(
                "exempt.source", where,
                N_("“%(name)s”由 %(source)s 免提交，但没有声明这项数据需求"),
                N_("在“数据需求”（needs）中声明 %(source)s 和用到的字段"),
                name=material.name, source=exempt.name,
            )  # fmt: skip
        if exempt.by == "license" and exempt.name not in around.licenses:
            yield problem(
                "exempt.source", where,
                N_("“%(name)s”由证照 %(source)s 免提交，但没有这种证照类型"),
                N_("核对证照类型的代号"), name=material.name, source=exempt.name,
            )  # fmt: skip


def possible(item: Item, around: Surroundings) -> Iterator[Problem]:
    """A paper that a dataset or a license can supply is exempted (国令第716号; 国办发〔2018〕47号).

    A paper issued by a government has no excuse; any other needs ``why_needed``.
    """
    for material in item.materials:
        if material.exempt or (material.source != "government" and material.why_needed):
            continue
        found = recognition.find(material.name, around)
        for paper in found:
            if paper.superfluous:
                yield _superfluous(material, paper, alone=len(found) == 1)


def _superfluous(material: Material, paper: recognition.Finding, *, alone: bool) -> Problem:
    fields = f"（{'、'.join(paper.fields)}）" if paper.fields else ""
    return problem(
        "exempt.possible", f"materials.{material.code}",
        N_("“%(name)s”可以由 %(source)s 提供，不得要求提交") if alone
        else N_("其中的“%(name)s”可以由 %(source)s 提供，不得要求提交"),
        N_("填写这份材料的“免提交”（exempt），并在“数据需求”（needs）中声明") if alone
        else N_("拆成几份材料，这一份填写“免提交”（exempt），并在“数据需求”（needs）中声明"),
        name=material.name if alone else paper.words, source=f"{paper.source}{fields}",
    )  # fmt: skip


def reasons(item: Item, around: Surroundings) -> Iterator[Problem]:
    """A paper that must be handed in says why nobody but the applicant can supply it."""
    for material in item.materials:
        if not material.exempt and not material.why_needed:
            yield problem(
                "material.why", f"materials.{material.code}.why_needed",
                N_("没有说明为什么要申请人提交“%(name)s”"), N_("填写“为什么要交”（why_needed），或者免提交"),
                name=material.name,
            )  # fmt: skip
        if not material.exempt and not material.standard:
            yield problem(
                "material.standard", f"materials.{material.code}.standard",
                N_("“%(name)s”没有受理标准"), N_("填写“受理标准”（standard）"), name=material.name,
            )  # fmt: skip


RULES = (needs, least, exemptions, possible, reasons)
