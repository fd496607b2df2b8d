"""Crosscheck (交叉核对): every name an item mentions exists; only here do items and licenses meet."""

from collections.abc import Iterable, Mapping

from servicehall.catalogue.schema import Item
from servicehall.licenses.schema import LicenseType
from servicehall.registries.datasets import DATASETS


def problems(items: Iterable[Item], types: Mapping[str, LicenseType]) -> list[str]:
    """Each mention of a license type, dataset, field or question that does not exist."""
    return [problem for item in items for problem in _of(item, types)]


def _of(item: Item, types: Mapping[str, LicenseType]) -> list[str]:
    found = []
    for need in item.needs:
        offered = DATASETS[need.dataset].fields if need.dataset in DATASETS else {}
        found += [
            f"{item.code}: {need.dataset}.{field} does not exist"
            for field in need.fields
            if field not in offered
        ]
    for material in item.materials:
        exempt = material.exempt
        if exempt and exempt.by == "license" and exempt.name not in types:
            found.append(f"{item.code}: unknown license type {exempt.name}")
    return found + _result(item, types)


def _result(item: Item, types: Mapping[str, LicenseType]) -> list[str]:
    result = item.result
    if result is None or not result.license_type:
        return []
    if result.license_type not in types:
        return [f"{item.code}: unknown license type {result.license_type}"]
    faces = {f.code for f in types[result.license_type].faces if f.required}
    sources = {f"registry:{n.dataset}.{f}" for n in item.needs for f in n.fields}
    sources |= {f"answer:{q.code}" for s in item.sections for q in s.questions}
    missing = [f"{item.code}: nothing fills face {face}" for face in faces - result.carries.keys()]
    unknown = [
        f"{item.code}: {source} is neither asked nor fetched"
        for source in result.carries.values()
        if not source.startswith("literal:") and source not in sources
    ]
    return missing + unknown
