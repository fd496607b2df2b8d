"""National identifiers: the vectors of the standards, and every single wrong character refused."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.iso7064 import mod_11_2, mod_37_36

from servicehall.kernel import codes
from servicehall.kernel.errors import Invalid

TODAY = date(2026, 3, 2)
PEOPLE = (
    "110101199003071233", "810000199003071237", "820000199003071247", "830000199003071257",
    "990102198506150019",
)  # fmt: skip
ORGANIZATIONS = (
    "11990100000001011X", "11990100MB000102XT", "91990102MA0000015T", "N2330109MF1234565R",
    "11450721MB15580811", "11450721348531435D", "11370800MB28559184", "12441500196720244T",
    "11100000000013127D", "11100000000013338W", "11100000MB03271699", "11430000006122244L",
    "11330105002500287C",
)  # fmt: skip
ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"


@pytest.mark.parametrize("number", PEOPLE)
def test_citizens_hong_kong_macao_taiwan_and_the_reserved_area_are_accepted(number):
    assert codes.citizen_number(number, today=TODAY) == number
    assert codes.citizen_check(number[:17]) == number[17]


def test_a_permanent_resident_abroad_born_is_accepted():
    first17 = "911156" + "19800229" + "001"
    number = first17 + codes.citizen_check(first17)
    assert codes.citizen_number(number, today=TODAY) == number


def test_the_normal_form_has_no_blanks_and_a_capital_x():
    first17 = next(f"99010119900307{n:03}" for n in range(1000)
                   if codes.citizen_check(f"99010119900307{n:03}") == "X")  # fmt: skip
    assert codes.citizen_number(f" {first17}x\n", today=TODAY) == first17 + "X"


def refused(number, words, today=TODAY):
    with pytest.raises(Invalid, match=words):
        codes.citizen_number(number, today=today)


@pytest.mark.parametrize(
    "text", ["", "1", "11010119900307123", "1101011990030712333", "11010119900307123Y",
             "110101900307123", "X10101199003071233", "110101 19900307 1233"]
)  # fmt: skip
def test_another_form_is_refused(text):
    refused(text, "18 位")


@pytest.mark.parametrize("birth", ["19900230", "19901301", "19900100", "00000101", "20250229"])
def test_a_birth_date_that_never_was_is_refused(birth):
    first17 = f"110101{birth}123"
    refused(first17 + codes.citizen_check(first17), "出生日期")


def test_a_birth_in_the_future_is_refused_and_today_is_not():
    first17 = f"110101{TODAY:%Y%m%d}123"
    number = first17 + codes.citizen_check(first17)
    assert codes.citizen_number(number, today=TODAY) == number
    refused(number, "出生日期", today=date(2026, 3, 1))


numbers = st.builds(
    lambda area, birth, serial: f"{area:06}{birth:%Y%m%d}{serial:03}",
    st.integers(110000, 999999), st.dates(date(1900, 1, 1), TODAY), st.integers(0, 999),
).map(lambda first17: first17 + codes.citizen_check(first17))  # fmt: skip


@given(numbers)
def test_every_number_with_a_real_birth_and_check_is_accepted(number):
    assert codes.citizen_number(number, today=TODAY) == number
    assert codes.birth_date(number) == date(
        int(number[6:10]), int(number[10:12]), int(number[12:14])
    )


@given(numbers, st.integers(0, 17), st.sampled_from("0123456789X"))
def test_any_single_wrong_character_is_refused(number, place, character):
    wrong = number[:place] + character + number[place + 1 :]
    if wrong != number:
        refused(wrong, ".")


@given(numbers, st.integers(0, 16))
def test_two_exchanged_neighbours_are_refused(number, place):
    wrong = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
    if wrong != number:
        refused(wrong, ".")


@pytest.mark.parametrize("code", ORGANIZATIONS)
def test_credit_codes_of_every_prefix_are_accepted(code):
    assert codes.uscc(code) == code
    assert codes.uscc_check(code[:17]) == code[17]


@pytest.mark.parametrize("code", [c for c in ORGANIZATIONS if c[0] != "N"])
def test_the_inner_organization_code_has_its_own_check(code):
    assert codes.organization_check(code[8:16]) == code[16]


@given(
    st.sampled_from("123456789ANY"), st.sampled_from("1239"), st.integers(0, 999999),
    st.text(ALPHABET, min_size=9, max_size=9),
)  # fmt: skip
def test_a_computed_check_is_accepted_and_no_other(first, second, region, inner):
    first17 = f"{first}{second}{region:06}{inner}"
    right = codes.uscc_check(first17)
    assert codes.uscc((first17 + right).lower()) == first17 + right
    for wrong in set(ALPHABET) - {right}:
        with pytest.raises(Invalid, match="校验"):
            codes.uscc(first17 + wrong)


@given(st.sampled_from(ORGANIZATIONS), st.integers(0, 16), st.sampled_from(ALPHABET))
def test_any_single_wrong_character_of_a_credit_code_is_refused(code, place, character):
    wrong = code[:place] + character + code[place + 1 :]
    if wrong != code:
        with pytest.raises(Invalid):
            codes.uscc(wrong)


@pytest.mark.parametrize(
    "text", ["", "91990102MA0000015", "91990102MA0000015TT", "91990102MA000001IT",
             "91990102MA00000OST", "01990102MA0000015T", "9199010XMA0000015T"]
)  # fmt: skip
def test_another_form_of_credit_code_is_refused(text):
    with pytest.raises(Invalid, match="18 位"):
        codes.uscc(text)


@pytest.mark.parametrize("text", ["19900000001", " 199 0000 0001", "199-0000-0001"])
def test_a_mobile_number_comes_back_without_blanks(text):
    assert codes.mobile(text) == "19900000001"


@pytest.mark.parametrize(
    "text", ["", "1990000000", "199000000011", "12900000001", "+8619900000001"]
)
def test_other_numbers_are_no_mobile(text):
    with pytest.raises(Invalid, match="11 位"):
        codes.mobile(text)


def test_the_license_identifiers_of_the_standard_check():
    worked = "11990100000001011X00111990100000001011X2026000000000001001"
    assert codes.check37(worked) == "6"
    for parts in (
        ("11100000000013338W011", "11430000006122244L", "20230000403", "001", "U"),
        ("11100000MB03271699022", "340100", "000000016", "001", "9"),
        ("11100000000013338W009", "11330105002500287C", "2025052201", "002", "0"),
    ):
        assert codes.is_check37("".join(parts))


CAPITALS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@pytest.mark.parametrize("text", ["", "x", "1x", "é6", "1 6", "１6"])
def test_what_has_other_characters_does_not_check(text):
    assert not codes.is_check37(text)


@given(st.text(CAPITALS, min_size=1, max_size=60), st.data())
def test_one_wrong_character_breaks_the_37_36_check(text, data):
    whole = text + codes.check37(text)
    assert codes.is_check37(whole)
    place = data.draw(st.integers(0, len(whole) - 1))
    other = data.draw(st.sampled_from(sorted(set(CAPITALS) - {whole[place]})))
    assert not codes.is_check37(whole[:place] + other + whole[place + 1 :])


@pytest.mark.parametrize("digit", "٣३๓")
def test_digits_of_other_scripts_are_no_digits(digit):
    refused(PEOPLE[0][:-1] + digit, "18 位")
    with pytest.raises(Invalid):
        codes.mobile("1990000000" + digit)


@given(st.text("0123456789", min_size=17, max_size=17))
def test_another_makers_mod_11_2_finds_the_same(first17):
    assert codes.citizen_check(first17) == mod_11_2.calc_check_digit(first17)


@given(st.text(CAPITALS, max_size=60), st.text(CAPITALS, min_size=1, max_size=30))
def test_another_makers_mod_37_36_finds_the_same(first, rest):
    assert codes.check37(rest, behind=first) == mod_37_36.calc_check_digit(first + rest)
