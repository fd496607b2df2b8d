"""Resources (政务信息资源目录): who answers for the data, who needs them, who may, what, about whom (五清)."""

from flask import Blueprint, render_template

from servicehall.catalogue import items
from servicehall.identity import directory
from servicehall.lending import resourcing
from servicehall.licenses.schema import LicenseTypes
from servicehall.portals.guard import work
from servicehall.quality import conflicts
from servicehall.sharing import elements, granting, resources, terms
from servicehall.sharing.datasets import DATASETS

pages = Blueprint("resources", __name__, url_prefix="/resources")


@pages.get("")
def index() -> str:
    """Every resource by its class: base libraries, themes, departments; license types by themselves."""
    kinds = {resourcing.code(kind) for kind in work.use(LicenseTypes).values()}
    found = resources.published(work)
    return render_template(
        "citizen/resources.html", shared=[one for one in found if one.code not in kinds],
        licenses=[one for one in found if one.code in kinds], terms=terms, providers=_providers(),
    )  # fmt: skip


@pages.get("/<code>")
def resource(code: str) -> str:
    """One resource in the five respects of the catalogue, on what terms, and for which items."""
    found = resources.one(work, code).dataset
    using = [  # read as they stand in the wordings: nothing else of them is needed
        (entry, need) for entry in items.applicable(work)
        for need in entry.current.body.get("needs", ()) if need["dataset"] == code
    ]  # fmt: skip
    return render_template(
        "citizen/resource.html", resource=found, terms=terms, elements=elements,
        providers=_providers(), using=using,
        grants=granting.of_resource(work, code), measures=conflicts.history(work, code, most=1),
        standing=conflicts.standing(work), datasets=DATASETS,
    )  # fmt: skip


def _providers() -> dict[str, str]:
    return {department.code: department.name for department in directory.departments(work)}
