"""Rows: each value in its form, or the field that is wrong named."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from servicehall.aggregating import rows
from servicehall.kernel.errors import Invalid
from servicehall.kernel.settings import HOME
from servicehall.licenses import schema
from servicehall.licenses.models import State
from tests.aggregating import feed

TODAY = date(2026, 3, 2)
KINDS = {kind.code: kind for kind in schema.read(HOME / "licenses").values()}
DRIVER = next(kind for kind in KINDS.values() if kind.slug == feed.DRIVER)


def read(**changes):
    return rows.read(feed.row(DRIVER, **changes), KINDS, TODAY)


def test_a_whole_row():
    made = read(ZZBS=feed.identifier(DRIVER), XZQHDM="990102", ZZZT="暂扣", WJ="a.pdf")
    assert (made.kind, made.number, made.issuer) == (DRIVER, "990102198506", DRIVER.issuer)
    assert (made.issued_on, made.valid_to) == (date(2021, 5, 1), date(2031, 5, 1))
    assert (made.state, made.region, made.file) == (State.SUSPENDED, "990102", "a.pdf")
    assert made.key == feed.identifier(DRIVER)
    assert made.faces["name"] == "王雨桐"


def test_what_is_not_said_follows_from_the_rest():
    made = read(ZZYXQQSRQ=None, CZZTDMLXDM=None)
    assert made.valid_from == made.issued_on
    assert made.holder_type == "111"
    assert made.region == DRIVER.issuer[2:8]
    assert made.key == "|".join((DRIVER.code, DRIVER.issuer, "990102198506"))
    assert made.state is State.VALID


@pytest.mark.parametrize("told", ["长期", "9999-12-31", "", None])
def test_without_end(told):
    assert read(ZZYXQJZRQ=told).valid_to is None


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("ZZLXDM", {"ZZLXDM": "11990101000000318U999"}),
        ("ZZBFJGDM", {"ZZBFJGDM": "11990101000000318X"}),
        ("ZZBFJG", {"ZZBFJG": " "}),
        ("ZZBH", {"ZZBH": None}),
        ("ZZBH", {"ZZBH": "1" * 129}),
        ("CZZT", {"CZZT": "王\u202e雨桐"}),
        ("CZZTDM", {"CZZTDM": "990102198506150018"}),
        ("CZZTDM", {"CZZTDM": None}),
        ("CZZTDMLXDM", {"CZZTDMLXDM": "001"}),
        ("ZZBFRQ", {"ZZBFRQ": "2021/05/01"}),
        ("ZZBFRQ", {"ZZBFRQ": None}),
        ("ZZYXQJZRQ", {"ZZYXQJZRQ": "2020-01-01"}),
        ("ZZBS", {"ZZBS": "1.2.156.3005.2.x"}),
        ("ZZZT", {"ZZZT": "有效？"}),
        ("KZ_", {"KZ_\ud800": "半个字"}),
        ("KZ_x", {"KZ_x": "\ud800"}),
    ],
)
def test_what_does_not_hold_is_named(field, changes):
    with pytest.raises(Invalid) as refused:
        read(**changes)
    assert refused.value.field == field


def test_an_identifier_of_another_type_is_no_identifier_of_this_row():
    other = next(kind for kind in KINDS.values() if kind.slug == feed.FOOD)
    with pytest.raises(Invalid, match="与本行不符"):
        read(ZZBS=feed.identifier(other))


@given(st.dictionaries(st.sampled_from(sorted(feed.row(DRIVER))), st.one_of(
    st.none(), st.text(max_size=30), st.integers(), st.lists(st.text(), max_size=2)), max_size=5))  # fmt: skip
def test_whatever_is_said_it_is_read_or_refused_with_a_field(changes):
    field, made = "", None
    try:
        made = read(**changes)
    except Invalid as refused:
        field = refused.field
    assert (made is None) == bool(field)
