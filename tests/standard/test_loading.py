"""Reading items/: all of it holds, every fault has its place, the JSON Schema is current."""

import pytest

from servicehall.kernel.declarations import Misdeclared
from servicehall.standard import loading
from tests.catalogue.conftest import ROOT


def test_every_item_is_read_and_has_its_role(items_read):
    assert set(items_read) == {path.stem for path in (ROOT / "items").glob("*.yaml")}
    assert all(item.applicable for item in items_read.values())
    kinds = {item.result.kind for item in items_read.values()}
    assert kinds == {"license", "decision", "benefit"}
    assert items_read["project-filing"].instant
    assert not items_read["nurse-registration"].instant
    assert items_read["food-business-renewal"].result.renews
    assert items_read["food-business-new"].specials[0].kind == "inspection"
    assert items_read["id-card-reissue"].fee.fen == 4000


def test_every_code_is_in_the_fictional_province(items_read):
    for item in items_read.values():
        assert item.base_code.startswith("99")
        assert item.region.startswith("9901")


def test_the_json_schema_for_editors_is_current():
    held = (ROOT / "items" / "schema.json").read_text("utf8")
    assert held == loading.schema_text(), "write loading.schema_text() to items/schema.json"


def test_every_file_names_the_schema():
    for path in (ROOT / "items").glob("*.yaml"):
        first = path.read_text("utf8").splitlines()[0]
        assert first == "# yaml-language-server: $schema=schema.json"


def test_one_code_stands_in_one_file_only(tmp_path):
    text = (ROOT / "items" / "project-filing.yaml").read_text("utf8")
    (tmp_path / "a.yaml").write_text(text, "utf8")
    (tmp_path / "b.yaml").write_text(text, "utf8")
    with pytest.raises(Misdeclared) as raised:
        loading.read(tmp_path)
    found = [(fault.file, fault.line, fault.field) for fault in raised.value.faults]
    assert found == [("b.yaml", 2, "code")]
