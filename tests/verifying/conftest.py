"""The small hall of tests/licenses, with a license to verify."""

import pytest
from msgspec.structs import replace

from servicehall.licenses import identifiers, record
from tests.licenses.conftest import hall, in_process, license, pdf, work

__all__ = ["hall", "in_process", "license", "pdf", "work"]


@pytest.fixture
def stolen(hall, license):
    """A record that the department's own key signed, of a license that nobody granted."""
    told = license.record
    name = identifiers.build(told.type.code, told.issuer.code, "2026999999999999", 1)
    forged = replace(told, identifier=name, number="2026999999999999")
    return record.sign(hall.signer, forged.canonical(), now=hall.clock.now())
