"""Every mapping names elements, code tables and themes that exist."""

import pytest

from servicehall.feeds.mapping import mapping, schemes
from servicehall.kernel.errors import Invalid
from servicehall.standard import codetables, parts
from servicehall.standard.schema import Item, Material
from servicehall.standard.themes import BY_NAME

MEMBERS = {
    "materials": Material, "fee": parts.Fee, "faqs": parts.Faq, "bases": parts.Basis,
    "contact.windows": parts.Window, "statutory": parts.Limit, "promised": parts.Limit,
    "contact": parts.Contact, "": Item,
}  # fmt: skip


def columns():
    for scheme in schemes():
        source = mapping(scheme)
        yield from ((scheme, source, "", column) for column in source.columns)
        for table in source.tables:
            yield from ((scheme, source, table.element, column) for column in table.columns)


@pytest.mark.parametrize(("scheme", "source", "inside", "column"), list(columns()))
def test_a_column_fills_an_element_there_is(scheme, source, inside, column):
    if not column.element:
        return
    outer, _, last = column.element.rpartition(".")
    assert last in MEMBERS[inside or outer].model_fields
    if column.clean in {"one", "many"}:
        assert codetables.codes(column.table, source.codes)


def test_the_themes_of_a_source_stand_for_national_ones():
    for scheme in schemes():
        for kind, names in mapping(scheme).themes.items():
            assert {(kind, name) for name in names.values()} <= BY_NAME.keys()


def test_a_scheme_without_mapping_is_refused():
    assert {"guangdong", "hall", "national"} <= set(schemes())
    with pytest.raises(Invalid, match="mars"):
        mapping("mars")
    with pytest.raises(Invalid):
        mapping("../mappings/hall")
