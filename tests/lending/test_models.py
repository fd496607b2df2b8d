"""A consent waits, or holds, until its last day."""

from datetime import date

import pytest

from servicehall.lending.models import LicenseConsent

DAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("state", "until", "waits", "holds"),
    [
        ("asked", DAY, True, False),
        ("asked", date(2026, 3, 1), False, False),
        ("given", DAY, False, True),
        ("given", date(2026, 3, 1), False, False),
        ("refused", DAY, False, False),
        ("withdrawn", DAY, False, False),
    ],
)
def test_where_it_stands(state, until, waits, holds):
    one = LicenseConsent(state=state, until=until)
    assert (one.waits(DAY), one.holds(DAY)) == (waits, holds)
