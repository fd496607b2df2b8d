"""GB/T 36904 identifiers: the worked vector, real ones, and every slip of the pen."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from servicehall.kernel.errors import Invalid
from servicehall.licenses.identifiers import Identifier, build, parse

VECTOR = "1.2.156.3005.2.11990100000001011X001.11990100000001011X.2026000000000001.001.6"
ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def test_the_worked_vector():
    parts = ("11990100000001011X001", "11990100000001011X", "2026000000000001", 1)
    assert build(*parts) == VECTOR
    assert parse(VECTOR) == Identifier(*parts)


@pytest.mark.parametrize(
    "real",
    [
        "1.2.156.3005.2.11100000000013338W011.11430000006122244L.20230000403.001.U",
        "1.2.156.3005.2.11100000MB03271699022.340100.000000016.001.9",
        "1.2.156.3005.2.11100000000013338W009.11330105002500287C.2025052201.002.0",
    ],
)
def test_identifiers_seen_in_the_wild(real):
    assert str(parse(real)) == real


@given(st.data())
def test_one_wrong_character_is_found(data):
    places = [n for n in range(15, len(VECTOR)) if VECTOR[n] != "."]
    place = data.draw(st.sampled_from(places))
    other = data.draw(st.sampled_from(ALPHABET.replace(VECTOR[place], "")))
    with pytest.raises(Invalid):
        parse(VECTOR[:place] + other + VECTOR[place + 1 :])


@given(
    st.text(ALPHABET, min_size=21, max_size=21),
    st.text(ALPHABET, min_size=18, max_size=18),
    st.text(ALPHABET, min_size=9, max_size=32),
    st.integers(1, 999),
    st.integers(0, 100),
)
def test_two_neighbours_swapped_are_found(kind, issuer, serial, version, where):
    """MOD 37,36 catches every neighbouring swap that changes its check character."""
    text = build(kind, issuer, serial, version)
    assert parse(text) == Identifier(kind, issuer, serial, version)
    places = [
        n for n in range(15, len(text) - 1) if "." not in text[n : n + 2] and text[n] != text[n + 1]
    ]
    if places:
        n = places[where % len(places)]
        swapped = text[:n] + text[n + 1] + text[n] + text[n + 2 :]
        if by_the_book(swapped) == swapped[-1]:
            assert parse(swapped)  # one of the few swaps that the standard's check cannot see
        else:
            with pytest.raises(Invalid):
                parse(swapped)


def by_the_book(text: str) -> str:
    """The check character as ISO 7064 MOD 37,36 describes it, step by step."""
    left = 36
    for character in "".join(text.split(".")[5:-1]):
        left = (left + ALPHABET.index(character)) % 36 or 36
        left = left * 2 % 37
    return ALPHABET[(37 - left) % 36]


@pytest.mark.parametrize("version", [0, 1000, -1])
def test_versions_have_three_digits(version):
    with pytest.raises(Invalid):
        build("11990100000001011X001", "11990100000001011X", "1", version)


@pytest.mark.parametrize(
    "text",
    ["", VECTOR[2:], VECTOR.lower(), VECTOR + "6", VECTOR.replace("2026", "20_6"), "x" * 9999],
)
def test_other_forms_are_refused(text):
    with pytest.raises(Invalid):
        parse(text)
