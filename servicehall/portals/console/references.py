"""References (对照): the codes that a page of elements may use, with their names, from this draft."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from flask_babel import gettext

from servicehall.identity import directory
from servicehall.kernel.words import N_
from servicehall.licenses.schema import LicenseTypes
from servicehall.portals.console import labels
from servicehall.portals.guard import work
from servicehall.sharing.datasets import DATASETS
from servicehall.standard.themes import BY_KEY

Row = tuple[str, str]
"""What is written, and what it means."""


def lists() -> dict[str, list[Row]]:
    """What text fields suggest: departments, regions, datasets, license types, both together."""
    datasets = [(code, gettext(one.name)) for code, one in DATASETS.items()]
    licenses = [(slug, one.name) for slug, one in work.use(LicenseTypes).items()]
    return {
        "departments": [(one.code, one.name) for one in directory.departments(work)],
        "department_names": [(one.name, one.code) for one in directory.departments(work)],
        "regions": [(one.code, one.name) for one in directory.regions(work)],
        "themes": [
            (one.code, f"{gettext(labels.VALUES[one.kind])} {one.name}") for one in BY_KEY.values()
        ],
        "datasets": datasets, "licenses": licenses, "replacing": [*datasets, *licenses],
    }  # fmt: skip


def of(group: str, body: Mapping[str, Any]) -> list[tuple[str, Sequence[Row]]]:
    """The tables that help to fill page *group*: title and rows; only those that have any."""
    made = {
        "needs": [(N_("数据集和字段"), _datasets())],
        "materials": [(N_("条件可以用的填报项和共享数据"), _named(body, "", "facts."))],
        "questions": [(N_("条件可以用的填报项和共享数据"), _named(body, "", "facts."))],
        "result": [
            (N_("证照照面代号"), _faces(body)),
            (N_("照面信息可以用的来源"), _named(body, "answer:", "registry:")),
        ],
    }  # fmt: skip
    tables = [(title, list(rows)) for title, rows in made.get(group, [])]
    return [(title, rows) for title, rows in tables if rows]


def _datasets() -> Iterator[Row]:
    for code, one in DATASETS.items():
        yield code, gettext(one.name)
        for name, words in one.fields.items():
            yield name, f"　{gettext(words)}"


def _named(body: Mapping[str, Any], question: str, fact: str) -> Iterator[Row]:
    """The questions of the draft and the fields it needs, as conditions or sources write them."""
    for section in _members(body, "sections"):
        for one in _members(section, "questions"):
            yield f"{question}{one.get('code', '')}", str(one.get("label", ""))
    for need in _members(body, "needs"):
        dataset = DATASETS.get(str(need.get("dataset", "")))
        for name in need.get("fields", ()) if dataset else ():
            words = dataset.fields.get(name, "") if dataset else ""
            yield f"{fact}{need['dataset']}.{name}", gettext(words) if words else ""


def _faces(body: Mapping[str, Any]) -> Iterator[Row]:
    result = body.get("result")
    slug = result.get("license_type", "") if isinstance(result, dict) else ""
    found = work.use(LicenseTypes).get(slug)
    for face in found.faces if found else ():
        yield face.code, face.name + (gettext("（必填）") if face.required else "")


def _members(body: Mapping[str, Any], name: str) -> list[dict[str, Any]]:
    """The members of a list of a draft that need not hold yet."""
    held = body.get(name)
    return [one for one in held if isinstance(one, dict)] if isinstance(held, list) else []
