"""One hall for each module, its stage with groups."""

import pytest

from servicehall.wiring import Hall
from tests.bundling.halls import Together
from tests.cases.halls import app, hall, sign_in

__all__ = ["app", "hall", "sign_in"]


@pytest.fixture(scope="module")
def stage(hall: Hall) -> Together:
    return Together(hall)
