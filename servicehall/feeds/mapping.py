"""Mappings (字段对照): which column of a source is which element, declared in mappings/*.yaml."""

from functools import cache
from pathlib import Path
from typing import Literal

from servicehall.kernel.declarations import parse
from servicehall.kernel.errors import Invalid
from servicehall.kernel.words import N_
from servicehall.standard.codetables import NATIONAL
from servicehall.standard.parts import Declared, Origin, Text

FOLDER = Path(__file__).with_name("mappings")

Clean = Literal[
    "text", "line", "list", "sentences", "code", "region", "limit", "phones", "number", "decimal",
    "flag", "date", "type", "one", "many", "themes", "materials",
]  # fmt: skip


class Column(Declared):
    """One column of a source (列): the element it fills and how it is cleaned.

    ``element`` is a path such as ``contact.place``; nothing is kept of a column without one.
    ``required`` is the reason a row without it is refused for. ``add`` puts that word into the
    list at ``element`` when the column says one of ``when``, or anything at all.
    """

    column: Text
    element: str = ""
    clean: Clean = "text"
    table: str = ""  # the code table of ``one`` and ``many``
    by: Literal["code", "name"] = "code"
    called: str = ""  # in notes
    required: str = ""
    empty: tuple[Text, ...] = ()  # what else stands for nothing here
    prefix: str = ""  # taken away
    add: str = ""
    when: tuple[Text, ...] = ()


class Table(Declared):
    """One table of a source (表). ``element`` is the list that its rows fill; "" one row an item."""

    name: Text
    element: str = ""
    order: str = ""  # the column that says their order
    columns: tuple[Column, ...]


class Mapping(Declared):
    """One source (数据来源): its columns, or its tables joined by ``key``."""

    origin: Origin | None = None
    encoding: Literal["utf-8", "gb18030"] = "utf-8"
    delimiter: Literal[",", "\t", ";", "|"] = ","
    codes: str = NATIONAL
    columns: tuple[Column, ...] = ()
    tables: tuple[Table, ...] = ()
    key: str = ""
    themes: dict[Literal["natural", "legal"], dict[str, str]] = {}


def schemes() -> list[str]:
    """The names of the sources that have a mapping."""
    return sorted(path.stem for path in FOLDER.glob("*.yaml"))


@cache
def mapping(scheme: str) -> Mapping:
    """The mapping of the source *scheme*. Raises Invalid for one there is none of."""
    if scheme not in schemes():
        raise Invalid(N_("不认识的数据格式 %(scheme)s"), field="scheme", scheme=scheme)
    path = FOLDER / f"{scheme}.yaml"
    return parse(path.read_bytes(), Mapping, name=path.name)
