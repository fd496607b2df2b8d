"""A stage over the hall of each test."""

import pytest

from servicehall.wiring import Hall
from tests.cases.halls import Scene


@pytest.fixture
def stage(hall: Hall) -> Scene:
    return Scene(hall)
