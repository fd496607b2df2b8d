"""Proofs (免证明检查): no paper may be asked for that a registry or a license can supply."""

from collections.abc import Iterator

from servicehall.kernel.words import N_
from servicehall.standard.problems import Problem, Surroundings, problem
from servicehall.standard.schema import Item, Material

SUPPLIED = {  # what papers are called, and the dataset that makes them superfluous
    "身份证": "population.person",
    "身份证明": "population.person",
    "户口簿": "population.person",
    "户籍": "population.person",
    "亲属关系": "population.family",
    "营业执照": "legal.organization",
    "法人证书": "legal.organization",
    "统一社会信用代码证": "legal.organization",
    "不动产": "space.property",
    "房产证": "space.property",
    "产权证": "space.property",
    "信用": "credit.record",
    "失信": "credit.record",
    "结婚证": "civil.marriage",
    "离婚证": "civil.marriage",
    "婚姻": "civil.marriage",
    "学历": "education.degree",
    "学位": "education.degree",
    "毕业证": "education.degree",
    "社会保险": "social.insurance",
    "社保": "social.insurance",
    "参保": "social.insurance",
    "行驶证": "vehicle.record",
    "机动车登记": "vehicle.record",
}


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
                N_("在 needs 中声明 %(source)s 和用到的字段"),
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
        source = supplier(material, around)
        if source:
            yield problem(
                "exempt.possible", f"materials.{material.code}",
                N_("“%(name)s”可以由 %(source)s 提供，不得要求提交"),
                N_("写明 exempt，并在 needs 中声明"), name=material.name, source=source,
            )  # fmt: skip


def supplier(material: Material, around: Surroundings) -> str:
    """The dataset or license type that can supply *material*, "" where none is known."""
    for slug, name in around.licenses.items():
        if name in material.name:
            return slug
    found = (dataset for word, dataset in SUPPLIED.items() if word in material.name)
    return next((dataset for dataset in found if dataset in around.datasets), "")


def reasons(item: Item, around: Surroundings) -> Iterator[Problem]:
    """A paper that must be handed in says why nobody but the applicant can supply it."""
    for material in item.materials:
        if not material.exempt and not material.why_needed:
            yield problem(
                "material.why", f"materials.{material.code}",
                N_("没有说明为什么要申请人提交“%(name)s”"), N_("填写 why_needed，或者免提交"),
                name=material.name,
            )  # fmt: skip
        if not material.exempt and not material.standard:
            yield problem(
                "material.standard", f"materials.{material.code}",
                N_("“%(name)s”没有受理标准"), N_("填写 standard"), name=material.name,
            )  # fmt: skip


RULES = (needs, exemptions, possible, reasons)
