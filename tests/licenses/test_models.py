"""The schema itself refuses doubles; a license knows its days."""

from datetime import date, timedelta

import pytest
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from servicehall.licenses.models import License, State, normal_code
from tests.licenses.conftest import license_type, order


@pytest.mark.parametrize("column", ["identifier", "issue_key", "code", "status_index"])
def test_unique_in_the_schema(hall, work, column):
    many = license_type(single=False)
    first, second = (hall.issue(order(f"C-{n}", type=many)) for n in range(2))
    twin = update(License).where(License.id == second.id)
    with pytest.raises(IntegrityError):
        work.session.execute(twin.values({column: getattr(first, column)}))


def test_serial_and_version_are_unique_together(hall, work):
    many = license_type(single=False)
    first, second = (hall.issue(order(f"C-{n}", type=many)) for n in range(2))
    twin = update(License).where(License.id == second.id)
    with pytest.raises(IntegrityError):
        work.session.execute(twin.values(serial=first.serial))


def test_its_last_day_is_a_valid_day():
    license = License(state=State.VALID, valid_from=date(2026, 3, 1), valid_to=date(2031, 2, 28))
    assert not license.in_force(date(2026, 2, 28))
    assert license.in_force(date(2026, 3, 1))
    assert license.in_force(license.valid_to)
    assert license.expired(license.valid_to + timedelta(days=1))
    license.valid_to = None
    assert license.in_force(date(2999, 1, 1))
    license.state = State.SUSPENDED
    assert not license.in_force(date(2026, 3, 1))


def test_codes_have_one_spelling():
    assert normal_code(" 9901 0119900307123x ") == "99010119900307123X"
