"""Canonical JSON: what C writes fast is what the reference writes, to the byte."""

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from servicehall.kernel import jcs

texts = st.text(st.characters(exclude_categories=("Cs",)))
names = st.text(st.characters(max_codepoint=127))
numbers = st.integers(-(2**53) + 1, 2**53 - 1)
leaves = st.none() | st.booleans() | numbers | texts


def things(keys, values):
    return st.dictionaries(
        keys,
        st.recursive(values, lambda one: st.lists(one) | st.dictionaries(keys, one), max_leaves=12),
    )


@given(things(names, leaves))
def test_plain_things_are_written_as_the_reference_writes_them(told):
    assert jcs.plain(told) == jcs.canonical(told) == rfc8785.dumps(told)


@given(things(texts, leaves | st.floats(allow_nan=False, allow_infinity=False)))
def test_fractions_and_names_beyond_ascii_too(told):
    assert jcs.canonical(told) == rfc8785.dumps(told)


def test_names_are_sorted_by_utf_16():
    told = {"\ue000": 1, "\U00020000": 2, "": 3}
    assert jcs.canonical(told) == rfc8785.dumps(told)
    assert jcs.canonical(told).startswith('{"":3,"\U00020000"'.encode())


@pytest.mark.parametrize("wrong", ["\ud800", 2**53, -(2**53), 10**30, float("nan")])
def test_what_has_no_canonical_form_is_refused(wrong):
    for told in ({"a": wrong}, {"a": ["b", {"c": wrong}]}):
        with pytest.raises(ValueError, match=r"."):
            jcs.canonical(told)


@pytest.mark.parametrize("wrong", ["\ud800", 2**53])
def test_so_it_is_where_nobody_looks_first(wrong):
    with pytest.raises(ValueError, match=r"."):
        jcs.plain({"a": wrong})
