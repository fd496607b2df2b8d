"""A clock that stands still, and signers in a folder of the test's own."""

from datetime import UTC, datetime, timedelta

import pytest

from servicehall.signing.adapters.software import SoftwareSigner
from servicehall.signing.signer import Issuer

SECRET = b"s" * 32


class StillClock:
    def __init__(self):
        self.moment = datetime(2026, 3, 1, 8, tzinfo=UTC)

    def now(self):
        return self.moment

    def pass_days(self, days):
        self.moment += timedelta(days=days)


@pytest.fixture
def clock():
    return StillClock()


@pytest.fixture
def keys(tmp_path):
    return tmp_path / "keys"


@pytest.fixture
def signer(keys, clock):
    return SoftwareSigner(keys, SECRET, clock)


@pytest.fixture
def issuer():
    return Issuer("11990100000001011X", "示范市农业农村局")
