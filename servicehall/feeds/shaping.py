"""Shaping (成形): a row of any source, by its mapping, as the fields of an item that guides only."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from servicehall.feeds import cleaning
from servicehall.feeds.cleaning import Notes, Refused, plain, plain_list
from servicehall.feeds.mapping import Column
from servicehall.feeds.mapping import Mapping as Source
from servicehall.kernel import codes
from servicehall.kernel.errors import Invalid
from servicehall.standard import codetables
from servicehall.standard.schema import ItemType, Limit
from servicehall.standard.themes import BY_KEY, BY_NAME, Kind

YES = {"是", "1", "true", "y", "yes"}
Row = Mapping[str, object]


def item(row: Row, source: Source, notes: Notes) -> dict[str, Any]:
    """What *row* says, as the fields of an item. Raises Refused; *notes* gets what was mended."""
    fields = read(row, source.columns, source, notes)
    return finished(fields, source, notes)


def read(row: Row, columns: Sequence[Column], source: Source, notes: Notes) -> dict[str, Any]:
    """What the *columns* of *row* say. Raises Refused where one that is required says nothing."""
    fields: dict[str, Any] = {}
    for column in columns:
        value = _CLEANED[column.clean](_bare(row.get(column.column), column), column, source, notes)
        if column.required and value in ("", None, []):
            raise Refused(column.required)
        if column.add:
            said = plain(value, notes)
            wanted = said in column.when if column.when else bool(said)
            _put(fields, column.element, _at(fields, column.element, []) + [column.add] * wanted)
        elif column.clean == "themes" and column.table:
            _put(fields, column.element, _at(fields, column.element, []) + value)
        elif column.element and value is not None:
            _put(fields, column.element, value)
    return fields


def finished(fields: dict[str, Any], source: Source, notes: Notes) -> dict[str, Any]:
    """What follows from the fields together: the code's parts, whom it serves, its themes."""
    _coded(fields, notes)
    if not fields.get("objects"):
        fields["objects"] = [row.value for row in codetables.codes("objects")]
        notes.add("objects-unknown", "原文没有写明服务对象")
        served: list[str] = []
    else:
        served = fields["objects"]
    raw = fields.get("themes") or []
    if raw and isinstance(raw[0], str):
        fields["themes"] = themes(raw, served, source, notes)
    fields["aliases"] = [a for a in fields.get("aliases", ()) if a not in fields["name"]]
    statutory, promised = fields.get("statutory"), fields.get("promised")
    if promised and statutory and _longer(promised, statutory):
        notes.add("promise-over-limit", f"承诺 {promised['days']} 天长于法定时限，未采用")
        fields["promised"] = None
    if source.origin:
        fields["origin"] = source.origin.model_dump()
    return fields


def themes(
    names: Sequence[str], objects: Sequence[str], source: Source, notes: Notes
) -> list[dict[str, str]]:
    """The national themes that the source's own *names* stand for, for whom the item serves."""
    kinds: list[Kind] = ["natural"] if "natural_person" in objects else []
    kinds += ["legal"] if set(objects) - {"natural_person"} else []
    natural = source.themes.get("natural", {})
    found = []
    for name in names:
        for kind in kinds:
            theme = BY_NAME.get((kind, source.themes.get(kind, {}).get(name, name)))
            if theme is None and name not in natural and ("natural", name) not in BY_NAME:
                notes.add("theme-unknown", f"主题“{name}”不在国家主题分类中，归入其他")
            found.append({"kind": kind, "code": theme.code if theme else "999"})
    return [theme for n, theme in enumerate(found) if theme not in found[:n]]


def _coded(fields: dict[str, Any], notes: Notes) -> None:
    code = fields.get("code", "")
    if len(code) not in {31, 33}:
        raise Refused("bad-code")
    try:
        codes.uscc(code[:18])
    except Invalid:
        notes.add("department-code", "实施主体的统一社会信用代码校验不通过，按原文保留")
    fields.setdefault("base_code", code[19:31])
    fields.setdefault("department", code[:18])
    fields.setdefault("level", int(code[18]) if code[18].isdigit() else 0)


def _longer(one: dict[str, Any], other: dict[str, Any]) -> bool:
    """Only limits in the same unit can be compared."""
    return one.get("unit") == other.get("unit") and one["days"] > other["days"]


def _bare(value: object, column: Column) -> object:
    if column.prefix and isinstance(value, str):
        value = value.strip().removeprefix(column.prefix)
    return "" if isinstance(value, str) and value.strip() in column.empty else value


def _at(fields: dict[str, Any], path: str, otherwise: Any) -> Any:
    found: Any = fields
    for step in path.split("."):
        found = found.get(step, otherwise) if isinstance(found, dict) else otherwise
    return found


def _put(fields: dict[str, Any], path: str, value: Any) -> None:
    *outer, last = path.split(".")
    for step in outer:
        fields = fields.setdefault(step, {})
    fields[last] = value


def _limit(value: object, column: Column, source: Source, notes: Notes) -> dict[str, Any] | None:
    found: Limit | None = cleaning.limit(plain(value, notes), notes, what=column.called)
    return found.model_dump() if found else None


def _number(value: object, column: Column, source: Source, notes: Notes) -> int | None:
    text = plain(value, notes)
    if text and not (text.isascii() and text.isdigit() and len(text) < 10):
        notes.add(f"{column.element.split('.')[0]}-unreadable", f"{column.called}原文为“{text}”")
        return None
    return int(text) if text else None


def _decimal(value: object, column: Column, source: Source, notes: Notes) -> float | None:
    try:
        return float(plain(value, notes) or "0")
    except ValueError:
        return None


def _date(value: object, column: Column, source: Source, notes: Notes) -> str | None:
    text = plain(value, notes)
    try:
        return date.fromisoformat(text[:10]).isoformat() if text else None
    except ValueError:
        notes.add("date-unreadable", f"{column.called}原文为“{text}”")
        return None


def _type(value: object, column: Column, source: Source, notes: Notes) -> str:
    code = plain(value, notes)
    found = codetables.read("type", code, source.codes)
    if found:
        return found
    if code.isdigit() and len(code) == 2 and code >= "11":
        basic = ItemType.PUBLIC if code > "20" else ItemType.OTHER
        notes.add("type-extended", f"事项类型 {code} 是地方扩展代码，归入 {basic.value}")
        return basic.value
    raise Refused("bad-type")


def _known(text: str, column: Column, source: Source, notes: Notes) -> str | None:
    reader = codetables.read_name if column.by == "name" else codetables.read
    found = reader(column.table, text, source.codes)
    if found is None and column.by == "code":
        notes.add("code-unknown", f"{column.called or column.column}的代码“{text}”不在代码表中")
    return found


def _one(value: object, column: Column, source: Source, notes: Notes) -> Any:
    text = plain(value, notes)
    found = _known(text, column, source, notes) if text else None
    return int(found) if found and column.element in {"level", "online_depth"} else found


def _many(value: object, column: Column, source: Source, notes: Notes) -> list[str]:
    raw = value if isinstance(value, list) else plain(value, notes).replace("，", ",").split(",")
    texts = plain_list(raw, notes)
    return [found for text in texts if (found := _known(text, column, source, notes))]


def _themes(value: object, column: Column, source: Source, notes: Notes) -> Any:
    """Names as the source calls them; or three-digit codes of one kind, which ``table`` names."""
    if not column.table:
        return plain_list(value, notes)
    return [
        {"kind": column.table, "code": code}
        for code in plain(value, notes).replace("，", ",").split(",")
        if f"{column.table}-{code}" in BY_KEY
    ]


def _materials(value: object, column: Column, source: Source, notes: Notes) -> list[dict[str, str]]:
    names = plain_list(value, notes)
    return [{"code": f"m{number:02d}", "name": name} for number, name in enumerate(names, 1)]


_Cleaner = Callable[[object, Column, Source, Notes], Any]
_CLEANED: dict[str, _Cleaner] = {
    "text": lambda value, column, source, notes: plain(value, notes),
    "line": lambda value, column, source, notes: plain(value, notes).replace("\n", " "),
    "list": lambda value, column, source, notes: plain_list(value, notes),
    "sentences": lambda value, column, source, notes: cleaning.sentences(plain(value, notes)),
    "code": lambda value, column, source, notes: cleaning.code(plain(value, notes), notes),
    "region": lambda value, column, source, notes: cleaning.code(
        plain(value, notes), notes
    ).ljust(12, "0"),
    "phones": lambda value, column, source, notes: cleaning.phones(plain(value, notes), notes),
    "flag": lambda value, column, source, notes: plain(value, notes).casefold() in YES,
    "limit": _limit, "number": _number, "decimal": _decimal, "date": _date, "type": _type,
    "one": _one, "many": _many, "themes": _themes, "materials": _materials,
}  # fmt: skip
