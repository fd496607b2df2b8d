"""Crosscheck: the declared files agree with each other; what does not is named with its mend."""

from pathlib import Path

from servicehall.kernel.settings import HOME
from servicehall.licenses import schema
from servicehall.revising import crosscheck
from servicehall.standard import loading

ITEMS = loading.read_named(Path(HOME) / "items")
TYPES = schema.read(Path(HOME) / "licenses")
NURSE = "nurse-registration"


def test_the_declared_files_are_in_order() -> None:
    assert not list(crosscheck.problems(ITEMS, TYPES))


def test_a_face_that_nobody_fills_is_named() -> None:
    file, item = next((f, i) for f, i in ITEMS.items() if NURSE in f)
    assert item.result is not None
    bare = item.model_copy(update={"result": item.result.model_copy(update={"carries": {}})})
    found = list(crosscheck.problems({file: bare}, TYPES))
    required = [f.name for f in TYPES[item.result.license_type].faces if f.required]
    assert required
    assert all(any(name in line and line.startswith(file) for line in found) for name in required)


def test_an_unknown_license_type_is_named() -> None:
    file, item = next((f, i) for f, i in ITEMS.items() if NURSE in f)
    assert any("license_type" in line for line in crosscheck.problems({file: item}, {}))
