"""The declared license types: all of licenses/ holds, faults have their place."""

from pathlib import Path

import pytest

from servicehall.kernel import codes
from servicehall.kernel.declarations import Misdeclared, parse
from servicehall.licenses import schema

FOLDER = Path(__file__).parents[2] / "licenses"


def test_the_types_are_read_by_slug():
    types = schema.read(FOLDER)
    assert set(types) == {path.stem for path in FOLDER.glob("*.yaml")}
    assert types["nurse-certificate"].name == "护士执业证书"
    assert types["nurse-certificate"].valid_months == 60
    assert types["project-filing"].kind == "decision"
    assert types["business-license"].holders == "organization"


def test_a_type_code_begins_with_the_code_of_its_department():
    for kind in schema.read(FOLDER).values():
        assert codes.uscc(kind.issuer) == kind.code[:18]
        assert kind.name_en
        assert kind.issuer_name_en
        assert all(face.name_en for face in kind.faces)


def test_the_json_schema_for_editors_is_current():
    held = (FOLDER / "schema.json").read_text("utf8")
    assert held == schema.schema_text(), "write schema_text() to licenses/schema.json"


def test_the_slug_is_the_name_of_the_file_and_codes_are_used_once(tmp_path):
    text = (FOLDER / "food-business.yaml").read_text("utf8")
    (tmp_path / "food-business.yaml").write_text(text, "utf8")
    (tmp_path / "other.yaml").write_text(text, "utf8")
    with pytest.raises(Misdeclared) as raised:
        schema.read(tmp_path)
    found = {(fault.file, fault.field) for fault in raised.value.faults}
    assert found == {("other.yaml", "slug"), ("other.yaml", "code")}


def test_a_fault_names_file_and_line(tmp_path):
    text = (FOLDER / "id-card.yaml").read_text("utf8").replace("holders: person", "holders: dog")
    (tmp_path / "id-card.yaml").write_text(text, "utf8")
    line = next(n for n, row in enumerate(text.splitlines(), 1) if "holders" in row)
    with pytest.raises(Misdeclared) as raised:
        schema.read(tmp_path)
    assert str(raised.value.faults[0]).startswith(f"id-card.yaml:{line}: holders: 只能是")


def placed(old, new):
    text = (FOLDER / "id-card.yaml").read_text("utf8").replace(old, new)
    return parse(text.encode(), schema.LicenseType, name="id-card.yaml").template


def test_where_fields_have_boxes_every_field_has_one():
    assert placed("size: 12", "size: 13").fields[-1].size == 13
    for old, new in (("code: sex, x", "code: gender, x"), ("code: validity,", "code: sex,"),
                     ("layout: card", "layout: letter"), ("width: 70", "width: 30")):  # fmt: skip
        with pytest.raises(Misdeclared, match=r"字段框|标签"):
            placed(old, new)


def test_the_seal_stands_in_whole_millimetres():
    seal = "  version: 2\n  seal: {x: 150, y: 200}"
    assert placed("  version: 2", seal).seal == schema.Seal(x=150, y=200, diameter=38)
    with pytest.raises(Misdeclared, match="seal"):
        placed("  version: 2", seal.replace("150", "150.5"))


def test_what_a_template_leaves_out_is_not_signed():
    assert set(schema.Template().model_dump(mode="json")) == {"page", "layout", "colour", "version"}
