"""Item files (事项文件): each read and crosschecked, every fault with file, line, rule and mend."""

from operator import itemgetter
from pathlib import Path

from servicehall.licenses import schema
from servicehall.revising import crosscheck
from servicehall.standard import bundles, loading
from servicehall.standard.schema import Item
from servicehall.standard.whereabouts import Whereabouts


def examined(home: Path) -> tuple[dict[str, Item], list[str]]:
    """The items of ``items/`` under *home* that can be read, and one line for each fault,
    of the bundles (一件事) too.

    Raises Misdeclared for license types and bundles that cannot be read.
    """
    types = schema.read(home / "licenses")
    items, faults = loading.read_each(home / "items")
    found = [str(fault) for fault in faults]
    for name, item in items.items():
        if found_here := crosscheck.broken(item, types):
            path = home / "items" / f"{name}.yaml"
            places = Whereabouts(path.read_bytes())
            lines = ((places.line(problem.where), problem) for problem in found_here)
            found += [
                f"{path.name}:{line}: {crosscheck.said(problem)}"
                for line, problem in sorted(lines, key=itemgetter(0))
            ]
    found += bundles.faults(bundles.read(home / "items" / "bundles"), items)
    return items, found
