"""Identity numbers: reserved area, right check character, given out once."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from servicehall.city.people import AREA, AS_OF, Maternity
from servicehall.city.town import chance
from servicehall.kernel import codes


@given(st.integers(0, 99), st.sampled_from("男女"), st.integers())
def test_a_resident_has_a_right_number_for_age_and_sex(age, sex, seed):
    somebody = Maternity(chance(seed)).born(sex, age)
    assert codes.citizen_number(somebody.number, today=AS_OF) == somebody.number
    assert somebody.number.startswith(AREA)
    assert somebody.age == age
    assert codes.birth_date(somebody.number) == somebody.birth
    assert int(somebody.number[16]) % 2 == (sex == "男")


def test_those_born_on_the_same_day_have_different_numbers():
    maternity = Maternity(chance(1))
    day = date(1990, 2, 28)
    born = {maternity.born("男", 0, birth=day).number for _ in range(40)}
    assert len(born) == 40


def test_phones_are_fictional_and_in_order():
    maternity = Maternity(chance(1))
    first, second = maternity.born("女", 30), maternity.born("男", 30)
    assert (first.phone, second.phone) == ("19900000000", "19900000001")
    assert (first.serial, second.serial) == (0, 1)
    assert codes.mobile(first.phone) == first.phone


def test_a_name_and_a_surname_can_be_given():
    maternity = Maternity(chance(1))
    assert maternity.born("女", 30, name="林婳祎").name == "林婳祎"
    assert maternity.born("女", 30, surname="欧阳").name.startswith("欧阳")
