"""Declared files: strict, YAML 1.2, every fault with its file and line."""

import json
from contextlib import suppress
from pathlib import Path
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ConfigDict

from servicehall.kernel.declarations import Misdeclared, examine, json_schema, parse, read_folder


class Part(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    name: str
    kind: Literal["a", "b"] = "a"


class Thing(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    code: str
    parts: tuple[Part, ...] = ()


def faults(text, name="thing.yaml"):
    content = text if isinstance(text, bytes) else text.encode()
    with pytest.raises(Misdeclared) as raised:
        parse(content, Thing, name=name)
    return raised.value.faults


def test_a_good_file_is_read_the_yaml_12_way():
    thing = parse(
        '\ufeffcode: no\nparts:\n  - {name: "011440", kind: b}\n'.encode(), Thing, name="x"
    )
    assert thing.code == "no"  # YAML 1.1 would say False
    assert thing.parts == (Part(name="011440", kind="b"),)


def test_the_same_content_is_read_once_and_faults_are_found_each_time():
    content = b"code: once\n"
    assert parse(content, Thing, name="x") is parse(bytes(bytearray(content)), Thing, name="x")
    assert faults("code: 1\n") == faults("code: 1\n")


def test_every_fault_has_its_line_and_field():
    text = "code: 12\nparts:\n  - name: a\n    kind: c\n    colour: red\n  - kind: a\n"
    assert [(f.line, f.field) for f in faults(text)] == [
        (1, "code"), (4, "parts.0.kind"), (5, "parts.0.colour"), (6, "parts.1.name"),
    ]  # fmt: skip
    assert str(faults(text)[1]) == "thing.yaml:4: parts.0.kind: 只能是 'a' or 'b'"


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("code: a\n\ncode: b\n", 3, "写了两次：code"),
        ("code: a\nparts: !!python/object/apply:os.system [ls]\n", 2, "不允许使用标签"),
        ("code: !own a\n", 1, "不允许使用标签"),
        ("code: [\n", 2, "不是正确的 YAML"),
        (b"code: a\nparts: \xff", 2, "UTF-8"),
        ("code: &a [*a]\n", 1, "结构不正确"),
        ("code: 2026-99-01\n", 1, "month"),
        ("", 1, "一组键和值"),
        ("- a\n", 1, "一组键和值"),
    ],
)
def test_what_is_no_yaml_is_refused_with_its_line(text, line, words):
    (fault,) = faults(text)
    assert fault.line == line
    assert words in fault.told


def test_all_the_faults_of_a_folder_come_at_once(tmp_path: Path):
    (tmp_path / "a.yaml").write_text("code: 1\n")
    (tmp_path / "b.yaml").write_text("code: ok\n")
    (tmp_path / "c.yaml").write_text("cod: c\n")
    (tmp_path / "README.md").write_text("no yaml")
    with pytest.raises(Misdeclared) as raised:
        read_folder(tmp_path, Thing)
    assert [f.file for f in raised.value.faults] == ["a.yaml", "c.yaml", "c.yaml"]
    assert "3" in str(raised.value)
    (tmp_path / "a.yaml").unlink()
    (tmp_path / "c.yaml").unlink()
    assert read_folder(tmp_path, Thing) == {"b": Thing(code="ok")}


@given(st.one_of(st.binary(max_size=60), st.text("a:-[]{}&*!|>#'\"\n 1", max_size=40)))
def test_no_content_escapes_as_another_error(content):
    raw = content if isinstance(content, bytes) else content.encode()
    with suppress(Misdeclared):
        parse(raw, Thing, name="x.yaml")


def test_the_json_schema_forbids_what_the_model_forbids():
    schema = json.loads(json_schema(Thing))
    assert schema["additionalProperties"] is False
    assert schema["required"] == ["code"]


def test_a_body_without_a_file_is_examined_alike():
    assert examine({"code": "1"}, Thing, name="t").code == "1"
    with pytest.raises(Misdeclared) as raised:
        examine({"code": 1, "parts": [{"kind": "c"}]}, Thing, name="t")
    assert {f.field for f in raised.value.faults} == {"code", "parts.0.kind", "parts.0.name"}
