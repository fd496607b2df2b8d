"""What a credential can say without the rest: grown up without the birthday, region without address."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from servicehall.city.offices import PLACES
from servicehall.credentials import claims
from servicehall.identity.models import Region
from servicehall.licenses.schema import Face
from tests.licenses.conftest import NUMBER, license_type, order

REGIONS = [Region(code=p.code, name=p.name, level=p.level, parent=p.parent) for p in PLACES]


def test_every_line_of_the_license_is_a_claim(license):
    told = claims.of(license.record, REGIONS, today=date(2026, 3, 1))
    assert told["holder_name"] == "欧阳𬱖婳祎"
    assert (told["birth_date"], told["age_over_18"]) == ("1990-03-07", True)
    assert told["face_vessel"] == "示渔 0001 号"
    assert told["valid_to"] == "2031-02-28"
    assert "region" not in told
    assert NUMBER in told.values()


def test_the_region_is_the_county_of_the_address(hall):
    county = next(p for p in PLACES if p.level == 4)
    faces = (*license_type().faces, Face(code="home", name="住址"))
    whole = claims._whole(
        REGIONS[[p.code for p in PLACES].index(county.code)], {r.code: r for r in REGIONS}
    )
    given_ = {**order().faces, "home": whole + "示范街道春和路7号"}
    record = hall.issue(order(type=license_type(faces=faces), faces=given_)).record
    told = claims.of(record, REGIONS, today=date(2026, 3, 1))
    assert told["region"] == {"code": county.code, "name": county.name}


@given(st.dates(date(1950, 1, 1), date(2020, 1, 1)), st.integers(17, 19), st.integers(-3, 3))
def test_grown_up_from_the_eighteenth_birthday_on(born, years, days):
    day = date(born.year + years, born.month, min(born.day, 28))
    told = claims.grown(born, day)
    if years == 17:
        assert not told
    elif years == 19:
        assert told or born.day > 28
    else:
        assert told == (day.day >= born.day)
