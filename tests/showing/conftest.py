"""The small hall of tests/licenses, and the holder of its license."""

import pytest

from tests.credentials.conftest import HOLDER
from tests.licenses.conftest import hall, in_process, license

__all__ = ["hall", "in_process", "license"]


@pytest.fixture
def holder(hall):
    with hall.work(HOLDER) as work:
        yield work
