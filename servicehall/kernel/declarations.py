"""Declarations (声明文件): YAML 1.2 files into strict models, every fault with file and line."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as field_
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar, cast

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails
from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, SequenceNode

from servicehall.kernel.errors import Invalid
from servicehall.kernel.words import N_

M = TypeVar("M", bound=BaseModel)
_REMEMBERED = 256  # files: a reading by the YAML parser in Python takes some 30 ms each

MESSAGES = {
    "missing": N_("缺少这一项"),
    "extra_forbidden": N_("不认识这一项，请核对名称"),
    "string_type": N_("应为文字；数字和日期请加引号"),
    "string_too_short": N_("不能为空"),
    "string_too_long": N_("最多 %(max_length)s 个字"),
    "string_pattern_mismatch": N_("格式不符合 %(pattern)s"),
    "literal_error": N_("只能是 %(expected)s"),
    "enum": N_("只能是 %(expected)s"),
    "int_type": N_("应为整数"),
    "int_from_float": N_("应为整数"),
    "int_parsing": N_("应为整数"),
    "date_type": N_("应为日期，例如 2026-01-31"),
    "date_parsing": N_("应为日期，例如 2026-01-31"),
    "date_from_datetime_parsing": N_("应为日期，例如 2026-01-31"),
    "dict_type": N_("应为一组键和值"),
    "less_than_equal": N_("不能大于 %(le)s"),
    "float_type": N_("应为数字"),
    "bool_type": N_("应为 true 或 false"),
    "too_short": N_("至少要有 %(min_length)s 项"),
    "greater_than": N_("应大于 %(gt)s"),
    "greater_than_equal": N_("不能小于 %(ge)s"),
    "tuple_type": N_("应为列表"),
    "model_type": N_("应为一组键和值"),
    "boxes_here": N_("只有 certificate 和 card 版式可以给字段框"),
    "boxes_of_all": N_("每个照面字段要有一个字段框，多出或缺少：%(codes)s"),
    "box_width": N_("字段框的宽度至少要比标签宽 10 毫米"),
}


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault of a declared file; ``line`` counts from 1, ``field`` is its path.

    ``message`` is a Chinese sentence with places that ``params`` fill once it is translated.
    """

    file: str
    line: int
    field: str
    message: str
    params: Mapping[str, object] = field_(default_factory=dict)

    @property
    def told(self) -> str:
        """What is wrong, in Chinese."""
        return self.message % self.params if self.params else self.message

    def __str__(self) -> str:
        place = f" {self.field}:" if self.field else ""
        return f"{self.file}:{self.line}:{place} {self.told}"


class Misdeclared(Invalid):
    """Declared files that do not hold; ``faults`` has every one of them, of every file.

    ``field`` names the input by which they came, if any.
    """

    def __init__(self, faults: Sequence[Fault], *, field: str = "") -> None:
        self.faults = tuple(faults)
        listed = "\n".join(map(str, faults))
        super().__init__(
            N_("声明文件有 %(count)s 处错误：%(listed)s"), field=field, count=len(faults),
            listed=listed,
        )  # fmt: skip


def read_folder(folder: Path, model: type[M]) -> dict[str, M]:
    """Every ``*.yaml`` file of *folder*, by its name without suffix, in the order of names.

    Raises Misdeclared with all the faults of all the files.
    """
    read: dict[str, M] = {}
    faults: list[Fault] = []
    for path in sorted(folder.glob("*.yaml")):
        try:
            read[path.stem] = parse(path.read_bytes(), model, name=path.name)
        except Misdeclared as error:
            faults += error.faults
    if faults:
        raise Misdeclared(faults)
    return read


def parse(content: bytes, model: type[M], *, name: str) -> M:
    """One file. YAML 1.2 (``no`` is a text, ``011440`` too when quoted); no tags, no repeated key.

    Raises Misdeclared with every fault; *name* is what the faults call the file. The same content is
    read once: what it declares is frozen.
    """
    return cast("M", _parsed(content, model, name))


@lru_cache(maxsize=_REMEMBERED)
def _parsed(content: bytes, model: type[BaseModel], name: str) -> BaseModel:
    try:
        text = content.decode("utf-8-sig")
        data = _yaml().load(text)
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise Misdeclared([Fault(name, line, "", N_("文件不是 UTF-8 编码"))]) from None
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        raise Misdeclared([Fault(name, line, "", *_problem(error))]) from None
    except (YAMLError, ValueError, RecursionError) as error:
        raise Misdeclared([Fault(name, 1, "", str(error).splitlines()[0])]) from None
    try:
        return model.model_validate_json(json.dumps(data, default=str))
    except ValidationError as error:
        root = _yaml().compose(text)
        faults = [_fault(name, root, found) for found in error.errors(include_url=False)]
        raise Misdeclared(sorted(faults, key=lambda fault: fault.line)) from None
    except (TypeError, ValueError):  # a key that is no text, a reference that holds itself
        raise Misdeclared([Fault(name, 1, "", N_("文件结构不正确"))]) from None


def examine(body: Mapping[str, Any], model: type[M], *, name: str) -> M:
    """What a file with *body* would declare. Raises Misdeclared with every fault, all on line 1."""
    try:
        return model.model_validate_json(json.dumps(body))
    except ValidationError as error:
        faults = [_fault(name, None, found) for found in error.errors(include_url=False)]
        raise Misdeclared(faults) from None


def json_schema(model: type[BaseModel]) -> str:
    """The JSON Schema of *model* for editors, as it stands in ``schema.json``."""
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **model.model_json_schema(),
    }
    return json.dumps(schema, ensure_ascii=False, indent=1) + "\n"


def _yaml() -> YAML:
    return YAML(typ="safe", pure=True)  # the C parser knows YAML 1.1 only


def _problem(error: MarkedYAMLError) -> tuple[str, dict[str, str]]:
    reason = str(error.problem or error.context or error).splitlines()[0]
    if reason.startswith("found duplicate key"):
        return N_("同一个键写了两次：%(key)s"), {"key": reason.split('"')[1]}
    if "could not determine a constructor" in reason:
        return N_("不允许使用标签：%(tag)s"), {"tag": reason.rsplit(" ", 1)[-1]}
    return N_("不是正确的 YAML：%(reason)s"), {"reason": reason}


def _fault(name: str, root: Node | None, found: ErrorDetails) -> Fault:
    context = {key: str(value) for key, value in found.get("ctx", {}).items()}
    known = MESSAGES.get(found["type"])
    location = found["loc"]
    where = ".".join(map(str, location))
    message, params = (known, context) if known else (found["msg"], {})
    return Fault(name, _line(root, location), where, message, params)


def _line(node: Node | None, location: Sequence[str | int]) -> int:
    """The line of the deepest part of *location* that the file has."""
    line = node.start_mark.line if node else 0
    for step in location:
        if isinstance(node, MappingNode):
            found = [(key, value) for key, value in node.value if key.value == step]
            if not found:
                break
            line, node = found[0][0].start_mark.line, found[0][1]
        elif isinstance(node, SequenceNode) and isinstance(step, int) and step < len(node.value):
            node = node.value[step]
            line = node.start_mark.line
        else:
            break
    return line + 1
