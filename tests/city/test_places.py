"""Addresses lie in the fictional province."""

from servicehall.city import places
from servicehall.city.town import chance


def test_homes_and_premises_lie_in_the_district():
    dice = chance(1)
    for _ in range(50):
        assert places.home(dice).startswith("示范省示范市示范区示范街道")
        assert places.premises(dice).startswith("示范省示范市示范区示范街道")


def test_who_is_registered_elsewhere_is_not_registered_in_this_city():
    address = places.far_home(chance(1))
    assert address.startswith("示范省")
    assert "示范市" not in address
