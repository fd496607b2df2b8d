"""Loading (读取): items/*.yaml into items, every fault with its file and line."""

from pathlib import Path

from servicehall.kernel.declarations import Fault, Misdeclared, json_schema, parse
from servicehall.kernel.words import N_
from servicehall.standard import levels
from servicehall.standard.schema import Item
from servicehall.standard.whereabouts import Whereabouts


def read(folder: Path) -> list[Item]:
    """Every item of *folder*, in the order of file names. Raises Misdeclared with all faults."""
    return list(read_named(folder).values())


def read_named(folder: Path) -> dict[str, Item]:
    """Every item of *folder* by its file's name without suffix; one code stands in one file only.

    Raises Misdeclared with all the faults of all the files.
    """
    items, faults = read_each(folder)
    if faults:
        raise Misdeclared(faults)
    return items


def read_each(folder: Path) -> tuple[dict[str, Item], list[Fault]]:
    """The items of the files that hold, and the faults of those that do not.

    What an item extends stands in ``directory/`` below *folder* (基本目录).
    """
    directory, faults = levels.read(folder / "directory")
    items: dict[str, Item] = {}
    first: dict[str, str] = {}
    for path in sorted(folder.glob("*.yaml")):
        content = path.read_bytes()
        try:
            item = parse(content, Item, name=path.name)
        except Misdeclared as error:
            faults += error.faults
            continue
        other = first.setdefault(item.code, path.name)
        if other == path.name:
            items[path.stem] = inherited = directory.inherited(item)
            if wrong := directory.faults(inherited):
                places = Whereabouts(content)
                faults += [
                    Fault(path.name, places.line(one.where), one.where, one.message, one.params)
                    for one in wrong
                ]
        else:
            message, line = N_("实施编码与 %(other)s 重复"), Whereabouts(content).line("code")
            faults.append(Fault(path.name, line, "code", message, {"other": other}))
    return items, faults


def schema_text() -> str:
    """What items/schema.json has to say (editors check and complete item files with it)."""
    return json_schema(Item)
