"""Resources (政务信息资源目录): what the registries hold, who answers for it, who needs it, what is open."""

from flask import Blueprint, render_template

from servicehall.catalogue import items
from servicehall.identity import directory
from servicehall.kernel.errors import NotFound
from servicehall.portals.citizen import cards
from servicehall.portals.guard import work
from servicehall.sharing import datasets, elements
from servicehall.sharing.datasets import DATASETS

pages = Blueprint("resources", __name__, url_prefix="/resources")


@pages.get("")
def index() -> str:
    """Every resource by its class: base libraries, themes, departments."""
    return render_template(
        "citizen/resources.html", resources=list(DATASETS.values()), terms=datasets,
        providers=_providers(),
    )  # fmt: skip


@pages.get("/<code>")
def resource(code: str) -> str:
    """One resource: who answers for it, what it holds, about whom, on what terms, which items use it."""
    found = DATASETS.get(code)
    if found is None:
        raise NotFound
    using = [  # read as they stand in the wordings: nothing else of them is needed
        (entry, need) for entry in items.applicable(work)
        for need in entry.current.body.get("needs", ()) if need["dataset"] == code
    ]  # fmt: skip
    return render_template(
        "citizen/resource.html", resource=found, terms=datasets, elements=elements,
        provider=_providers()[found.provider], using=using, named=cards.named,
    )  # fmt: skip


def _providers() -> dict[str, str]:
    return {department.code: department.name for department in directory.departments(work)}
