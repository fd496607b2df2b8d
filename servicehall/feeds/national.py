"""National exchange (国家数据交换): items as the rows of its tables, and read back from them."""

import json
from collections.abc import Callable, Mapping
from typing import Any

from servicehall.feeds import own, shaping
from servicehall.feeds.cleaning import Notes, Refused
from servicehall.feeds.mapping import Column, Table
from servicehall.feeds.mapping import Mapping as Source
from servicehall.standard import codetables, itemcodes
from servicehall.standard.schema import Item

REST = "hall_elements"  # our column: what the national columns cannot hold
Rows = dict[str, list[dict[str, str]]]


def item(row: dict[str, Any], source: Source, notes: Notes) -> dict[str, Any]:
    """The fields of an item from its rows: the first table's, the others' under their names.

    Raises Refused. A row of another table that misses what it must have is left out with a note.
    """
    fields = _tables(row, source, notes)
    try:
        rest = json.loads(row.get(REST) or "{}")
    except (ValueError, RecursionError, TypeError):
        rest = None
    if not isinstance(rest, dict):
        raise Refused(f"bad-{REST}")
    if row.get(REST):
        notes.said.clear()  # our own export: what was mended comes back as it was
    kept = {name: value for name, value in {**fields, **rest}.items() if name in Item.model_fields}
    return {name: value for name, value in kept.items() if value is not None}


def rows(each: Item, source: Source) -> Rows:
    """The rows of one item, by table; what they cannot hold goes into the column ``REST``."""
    full = each.model_dump(mode="json")
    found: Rows = {}
    for table in source.tables:
        members = _members(full, table)
        found[table.name] = [
            {column.column: _cell(member, column, source) for column in table.columns}
            | ({"order_num": str(number)} if table.order else {})
            | {source.key: each.code}
            | _numbered(table, each, number)
            for number, member in enumerate(members, 1)
        ]
    basic = found[source.tables[0].name][0]
    basic |= _told(each)
    basic[REST] = _rest(each, found, source)
    return found


def _tables(row: Mapping[str, Any], source: Source, notes: Notes) -> dict[str, Any]:
    first, *others = source.tables
    fields = shaping.read(row, first.columns, source, notes)
    for table in others:
        members = row.get(table.name) or []
        if not table.element:
            for member in members[:1]:
                _merge(fields, shaping.read(member, table.columns, source, notes))
        else:
            _fill(fields, table, _read(members, table, source, notes))
    for name in ("statutory", "promised"):
        if "days" not in fields.get(name, {}):
            fields[name] = None
    fields["instant"] = fields.get("project_type") == "instant"
    return shaping.finished(fields, source, notes)


def _read(
    members: list[dict[str, Any]], table: Table, source: Source, notes: Notes
) -> list[dict[str, Any]]:
    found = []
    for member in members:
        try:
            found.append(shaping.read(member, table.columns, source, notes))
        except Refused as refusal:
            notes.add(f"{table.element}-{refusal.reason}", f"{table.name} 有一行缺项，未采用")
    return found


def _fill(fields: dict[str, Any], table: Table, members: list[dict[str, Any]]) -> None:
    *outer, last = table.element.split(".")
    for step in outer:
        fields = fields.setdefault(step, {})
    if last == "fee":  # several rows of fees in the exchange, one fee in the hall
        fields[last] = {"fen": 0, **members[0]} if members else None
        return
    for number, member in enumerate(members, 1):
        if last == "materials" and not member.get("code"):
            member["code"] = f"m{number:02d}"
    fields[last] = members


def _merge(fields: dict[str, Any], more: dict[str, Any]) -> None:
    for name, value in more.items():
        both = isinstance(value, list) and isinstance(fields.get(name), list)
        fields[name] = [*fields[name], *value] if both else value


def _members(full: dict[str, Any], table: Table) -> list[dict[str, Any]]:
    if not table.element:
        return [full]
    found: Any = full
    for step in table.element.split("."):
        found = found[step]
    return found if isinstance(found, list) else [found] if found else []


def _cell(member: dict[str, Any], column: Column, source: Source) -> str:
    value: Any = member
    for step in column.element.split(".") if column.element else ():
        value = value.get(step) if isinstance(value, dict) else None
    if not column.element or value is None:
        return ""
    if column.add:
        return "1" if column.add in value else "0"
    written = _WRITTEN.get(column.clean)
    return written(value, column, source) if written else str(value)


def _codes(value: Any, column: Column, source: Source) -> str:
    codes = (codetables.written(column.table, one, source.codes) for one in value)
    return ",".join(filter(None, codes))


_WRITTEN: dict[str, Callable[[Any, Column, Source], str]] = {
    "one": lambda value, column, source: codetables.written(column.table, value, source.codes),
    "type": lambda value, column, source: codetables.written("type", value, source.codes),
    "many": _codes,
    "themes": lambda value, column, source: ",".join(
        theme["code"] for theme in value if theme["kind"] == column.table
    ),
    "sentences": lambda value, column, source: "\n".join(value),
    "flag": lambda value, column, source: "1" if value else "0",
    "date": lambda value, column, source: str(value).replace("-", ""),
}


def _numbered(table: Table, each: Item, number: int) -> dict[str, str]:
    """The code of a material (材料编码, 34); there are 999 for an item."""
    if table.element != "materials" or number > 999:
        return {}
    return {"material_code": itemcodes.material_code(each.code, number)}


def _told(each: Item) -> dict[str, str]:
    """Columns that must not be empty and follow from others."""
    return {
        "by_law": "；".join(f"《{basis.law}》{basis.article}" for basis in each.bases),
        "project_type": codetables.written(
            "project_type", each.project_type or ("instant" if each.instant else "promised")
        ),
        "task_state": "1",
        "task_version": "1",
        "is_fee": "1" if each.fee else "0",
        "fee_basis": each.fee.basis if each.fee else "",
        "special_procedure": "；".join(special.name for special in each.specials) or "无",
        "app_is_single_login": "1" if each.single_sign_on else "0",
    }


def _rest(each: Item, found: Rows, source: Source) -> str:
    """The elements that come back otherwise than they are, as JSON; null where none should."""
    basic, *_ = (found[table.name][0] for table in source.tables[:1])
    joined = {**basic, **{t.name: found[t.name] for t in source.tables[1:]}}
    wanted = own.body(each)
    try:
        back = Item.model_validate(_known(_tables(joined, source, Notes())), strict=False)
        comes = own.body(back)
    except (Refused, ValueError):
        comes = {}
    rest = {name: value for name, value in wanted.items() if comes.get(name) != value}
    default = {name: None for name in comes if name not in wanted}
    gone = {
        name: Item.model_fields[name].get_default(call_default_factory=True) for name in default
    }
    more = {name: _plain(value) for name, value in gone.items()}
    return json.dumps({**rest, **more}, ensure_ascii=False, sort_keys=True)


def _known(fields: dict[str, Any]) -> dict[str, Any]:
    return {n: v for n, v in fields.items() if v is not None and n in Item.model_fields}


def _plain(value: Any) -> Any:
    return value.model_dump(mode="json") if hasattr(value, "model_dump") else value
