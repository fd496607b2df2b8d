"""Publishing (发布): the item files, checked against license types and datasets, become wordings in force."""

from pathlib import Path

from servicehall.catalogue import publishing as catalogue
from servicehall.identity import policy
from servicehall.kernel.errors import HallError, Invalid
from servicehall.kernel.words import N_
from servicehall.kernel.work import UnitOfWork
from servicehall.revising import itemfiles
from servicehall.standard.schema import Item


def read(home: Path) -> list[Item]:
    """The items of ``items/`` under *home*, in order in every rule. Raises Invalid, all faults."""
    items, found = itemfiles.examined(home)
    if found:
        raise Invalid(N_("事项文件有误：%(problems)s"), problems="\n".join(found))
    return list(items.values())


def problems(home: Path) -> str:
    """What is wrong with the files under *home*, a line each, empty if nothing is."""
    try:
        return "\n".join(itemfiles.examined(home)[1])
    except HallError as error:
        return str(error)


def publish(work: UnitOfWork, home: Path) -> int:
    """Publish every file whose wording was never in force (发布); open cases keep theirs.

    How many were made. What a draft replaced since stays replaced: see decision 0007.
    """
    policy.require(work.actor, "item.load")
    return catalogue.publish(work, read(home), again=False)
