"""Elements (要素表单): a form for any declared model, made from its types; works without script.

Names in the form are paths such as ``materials.0.exempt.by``. A list sends its length as
``materials.#``, an optional group whether it is there as ``fee.?`` and was as ``fee.was``.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from types import NoneType
from typing import Annotated, Any, Literal, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from servicehall.portals.console import labels

Sent = Callable[[str], Sequence[str]]
"""The values that a form sent under a name."""
MOST_MEMBERS = 200


@dataclass
class Element:
    """One thing to fill in (要素). ``kind``: text, long, number, date, bool, choice, choices, lines,
    pairs, many, group, optional, list; the last three have ``parts`` (of a list: one a member)."""

    kind: str
    path: str
    label: str
    value: Any
    hint: str = ""
    options: Sequence[tuple[str, str]] = ()
    parts: Sequence["Element"] = ()
    faults: list[Any] = field(default_factory=list)
    required: bool = False
    laid: str = ""  # what the directory says of it
    listed: str = ""  # which list of references its text may come from
    rare: bool = False  # seldom filled in, and not here

    @property
    def folded(self) -> bool:
        """Whether it is folded away: nobody wrote it, nothing is wrong with it."""
        return self.rare and not self.wrong and not self.laid

    @property
    def wrong(self) -> int:
        """How many faults there are here and below."""
        return len(self.faults) + sum(part.wrong for part in self.parts)


def shape(annotation: Any) -> tuple[str, Any]:
    """The kind of control for *annotation* and what it is made of."""
    if get_origin(annotation) is Annotated:
        return shape(get_args(annotation)[0])
    inner = [one for one in get_args(annotation) if one is not NoneType]
    if NoneType in get_args(annotation):
        kind, of = shape(inner[0])
        return ("optional", of) if kind == "group" else (kind, of)
    if get_origin(annotation) is Literal:
        return "choice", inner
    if get_origin(annotation) is tuple:
        return _of_tuple(inner[0])
    if get_origin(annotation) is dict:
        return ("pairs", dict) if inner[1] is str else ("many", dict)
    return _plain(annotation)


def _of_tuple(member: Any) -> tuple[str, Any]:
    kind, of = shape(member)
    listed = {"choice": "choices", "group": "list", "text": "lines"}
    if get_origin(member) is tuple or kind == "lines":
        return "pairs", list
    return listed[kind], of


def _plain(annotation: Any) -> tuple[str, Any]:
    if issubclass(annotation, BaseModel):
        return "group", annotation
    if issubclass(annotation, Enum):
        return "choice", [one.value for one in annotation]
    kinds = {bool: "bool", int: "number", float: "number", date: "date", str: "text"}
    return kinds[annotation], annotation


def elements(
    model: type[BaseModel], names: Sequence[str], body: Mapping[str, Any], under: str = ""
) -> list[Element]:
    """The elements *names* of *model*, filled with *body* (JSON, whole or not)."""
    return [_element(model, name, body, under) for name in names]


def _element(model: type[BaseModel], name: str, body: Mapping[str, Any], under: str) -> Element:
    info, path = model.model_fields[name], f"{under}{name}"
    kind, of = shape(info.annotation)
    value = body.get(name, default(info))
    made = Element(
        "long" if kind == "text" and name in labels.LONG else kind, path,
        labels.element(model.__name__, name), value, _hint(model.__name__, name, kind),
        required=info.is_required(),
        rare=f"{model.__name__}.{name}" in labels.RARE and value == default(info),
        listed=labels.LISTS.get(f"{model.__name__}.{name}", labels.LISTS.get(name, "")),
    )  # fmt: skip
    if kind in ("choice", "choices"):
        made.options = [(str(one), labels.choice(name, one)) for one in of]
        made.value = [str(v) for v in value or ()] if kind == "choices" else _text(value)
    elif kind in ("lines", "pairs", "many"):
        made.value = written(kind, value)
    elif kind in ("group", "optional"):
        held = value if isinstance(value, dict) else {}
        made.parts = elements(of, [*of.model_fields], held, f"{path}.")
    elif kind == "list":
        made.parts = [_member(of, path, n, one) for n, one in enumerate(value or ())]
    return made


def flat(body: Any, names: Sequence[str] = (), under: str = "") -> dict[str, str]:
    """*body* as path → text, only *names* of it if there are any."""
    if isinstance(body, dict):
        pairs: list[tuple[Any, Any]] = [(k, v) for k, v in body.items() if not names or k in names]
    elif isinstance(body, list):
        pairs = list(enumerate(body))
    else:
        return {under.rstrip("."): str(body)}
    found: dict[str, str] = {}
    for key, value in pairs:
        found |= flat(value, (), f"{under}{key}.")
    return found


def _text(value: Any) -> str:
    return "" if value is None else str(value)


def _member(model: type[BaseModel], path: str, number: int, value: Any) -> Element:
    held = value if isinstance(value, dict) else {}
    title = next(
        (held[k] for k in ("name", "title", "label", "law", "question", "dataset") if held.get(k)),
        "",
    )
    inside = elements(model, [*model.model_fields], held, f"{path}.{number}.")
    return Element("group", f"{path}.{number}", str(title), held, parts=inside)


def _hint(model: str, name: str, kind: str) -> str:
    if name == "when" and kind != "text":
        return labels.HINTS.get(kind, "")
    known = labels.HINTS.get(f"{model}.{name}", labels.HINTS.get(name))
    return labels.HINTS.get(kind, "") if known is None else known


def default(info: FieldInfo) -> Any:
    """The default of an element as JSON has it; None for one that must be said."""
    if info.is_required():
        return None
    return _json(info.get_default(call_default_factory=True))


def _json(value: Any) -> Any:
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json", exclude_defaults=True)
    if isinstance(value, tuple):
        return [_json(one) for one in value]
    return value.value if isinstance(value, Enum) else value


def written(kind: str, value: Any) -> str:
    """A list or a map as lines of a text field."""
    if kind == "lines":
        return "\n".join(map(str, value or ()))
    pairs = value.items() if isinstance(value, dict) else (value or ())
    rows = ((key, "，".join(map(str, v)) if isinstance(v, list) else v) for key, v in pairs)
    return "\n".join(f"{key}={said}" for key, said in rows)


def read(
    model: type[BaseModel], names: Sequence[str], sent: Sent, under: str = ""
) -> dict[str, Any]:
    """The body that the form says for *names* of *model*; what equals its default is left out."""
    body = {}
    for name in names:
        info, path = model.model_fields[name], f"{under}{name}"
        value = _read(info, path, sent)
        if info.is_required() or value != default(info):
            body[name] = value
    return body


def _read(info: FieldInfo, path: str, sent: Sent) -> Any:
    kind, of = shape(info.annotation)
    text = next(iter(sent(path)), "").replace("\r\n", "\n").strip()
    if kind in _INSIDE:
        return _INSIDE[kind](of, path, sent)
    if kind == "bool":
        return text == "yes"
    if kind == "choices":
        return [_chosen(of, one) for one in sent(path)]
    if kind == "lines":
        return _lines(text)
    if kind in ("pairs", "many"):
        return _map(kind, of, text)
    if kind == "choice":
        return _chosen(of, text)
    if not text and not info.is_required():
        return default(info)
    return _number(text, of) if kind == "number" else text


def _group(of: Any, path: str, sent: Sent) -> dict[str, Any]:
    return read(of, [*of.model_fields], sent, f"{path}.")


def _optional(of: Any, path: str, sent: Sent) -> dict[str, Any] | None:
    """What is ticked, and what was filled in where there was nothing before: the tick was forgotten."""
    group = _group(of, path, sent)
    forgotten = "no" in sent(f"{path}.was") and _says_something(group)
    return group if "yes" in sent(f"{path}.?") or forgotten else None


def _says_something(value: Any) -> bool:
    """Whether anything was filled in, however deep."""
    if isinstance(value, dict):
        return any(map(_says_something, value.values()))
    return any(map(_says_something, value)) if isinstance(value, list) else bool(value)


def _list(of: Any, path: str, sent: Sent) -> list[Any]:
    length = next(iter(sent(f"{path}.#")), "0")
    count = min(int(length), MOST_MEMBERS) if length.isascii() and length.isdigit() else 0
    return [_group(of, f"{path}.{number}", sent) for number in range(count)]


_INSIDE: dict[str, Callable[[Any, str, Sent], Any]] = {
    "group": _group, "optional": _optional, "list": _list,
}  # fmt: skip


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _map(kind: str, of: Any, text: str) -> Any:
    rows = [[part.strip() for part in line.partition("=")[::2]] for line in _lines(text)]
    if of is list:
        return rows
    if kind == "pairs":
        return dict(rows)
    return {key: [one.strip() for one in said.replace("，", ",").split(",")] for key, said in rows}


def _chosen(options: Sequence[Any], text: str) -> Any:
    """The option as it is declared: some are numbers."""
    return next((one for one in options if str(one) == text), text)


def _number(text: str, of: Any) -> Any:
    try:
        return int(text) if of is int else float(text)
    except ValueError:
        return text  # the check says what is wrong with it
