"""Loading (读取): items/*.yaml into items, every fault with its file and line."""

from pathlib import Path

from servicehall.kernel.declarations import Fault, Misdeclared, json_schema, read_folder
from servicehall.kernel.words import N_
from servicehall.standard.schema import Item


def read(folder: Path) -> list[Item]:
    """Every item of *folder*, in the order of file names. Raises Misdeclared with all faults."""
    return list(read_named(folder).values())


def read_named(folder: Path) -> dict[str, Item]:
    """Every item of *folder* by its file's name without suffix; one code stands in one file only.

    Raises Misdeclared with all the faults of all the files.
    """
    items = read_folder(folder, Item)
    first: dict[str, str] = {}
    faults = []
    for name, item in items.items():
        other = first.setdefault(item.code, name)
        if other != name:
            message = N_("实施编码与 %(other)s 重复") % {"other": f"{other}.yaml"}
            faults.append(Fault(f"{name}.yaml", 1, "code", message))
    if faults:
        raise Misdeclared(faults)
    return items


def schema_text() -> str:
    """What items/schema.json has to say (editors check and complete item files with it)."""
    return json_schema(Item)
