"""A whole hall for what the rooms above make open."""

import pytest

from servicehall.wiring import Hall
from tests.cases.halls import Scene


@pytest.fixture
def stage(hall: Hall) -> Scene:
    return Scene(hall)
