"""Crosscheck (交叉核对): item files against license types and datasets; only here do they meet."""

from collections.abc import Iterator, Mapping

from servicehall.inspection import checks
from servicehall.kernel.words import N_
from servicehall.licenses.schema import LicenseType
from servicehall.sharing import predicates
from servicehall.sharing.datasets import DATASETS
from servicehall.standard.problems import Problem, Surroundings, problem
from servicehall.standard.schema import Item


def problems(items: Mapping[str, Item], types: Mapping[str, LicenseType]) -> Iterator[str]:
    """One line for each broken rule: file, where, rule, what is wrong and how to mend it."""
    for file, item in items.items():
        for found in broken(item, types):
            yield f"{file}: {said(found)}"


def broken(item: Item, types: Mapping[str, LicenseType]) -> list[Problem]:
    """Every rule that *item* breaks, also those that need the faces of the license types."""
    around = surroundings(types)
    return [*checks.check(item, around), *_unfilled(item, types)]


def surroundings(types: Mapping[str, LicenseType]) -> Surroundings:
    """What an item may refer to: these license types, and the datasets of the registries."""
    return Surroundings(
        {slug: kind.name for slug, kind in types.items()},
        {code: dataset.fields.keys() for code, dataset in DATASETS.items()},
        {code: predicates.full(dataset) for code, dataset in DATASETS.items()},
    )


def said(found: Problem) -> str:
    """A problem in one line: where, rule, what is wrong and how to mend it."""
    return f"{found.where}: [{found.rule}] {found.told}；{found.cure}"


def _unfilled(item: Item, types: Mapping[str, LicenseType]) -> Iterator[Problem]:
    """Every face that the license type requires gets its value from somewhere."""
    result = item.result
    if result is None or result.license_type not in types:
        return
    for field, source in result.carries.items():
        slug, _, name = source.removeprefix("license:").partition(".")
        known = {face.code for face in types[slug].faces} if slug in types else set()
        if source.startswith("license:") and name not in known:
            yield problem(
                "result.carries", f"result.carries.{field}",
                N_("证照类型 %(slug)s 的照面上没有 %(name)s"), N_("核对证照类型和照面代号"),
                slug=slug, name=name,
            )  # fmt: skip
    for face in types[result.license_type].faces:
        if face.required and face.code not in result.carries:
            yield problem(
                "result.faces", "result.carries", N_("证照照面“%(name)s”（%(code)s）没有数据来源"),
                N_("在审批结果的“照面信息来源”（carries）中写一行：照面代号=来源"), name=face.name, code=face.code,
            )  # fmt: skip
