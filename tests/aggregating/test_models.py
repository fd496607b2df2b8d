"""A gathered license holds as long as its source says so; nobody reads it in the database."""

from datetime import date

import pytest
from sqlalchemy import text

from servicehall.aggregating.models import GatheredLicense
from servicehall.licenses.models import State


@pytest.mark.parametrize(
    ("changes", "holds"),
    [
        ({}, True),
        ({"valid_to": None}, True),
        ({"valid_to": date(2026, 3, 1)}, False),
        ({"valid_from": date(2026, 3, 3)}, False),
        ({"state": State.SUSPENDED}, False),
    ],
)
def test_in_force(changes, holds):
    given = {"valid_from": date(2021, 1, 1), "valid_to": date(2026, 3, 2), "state": State.VALID}
    assert GatheredLicense(**{**given, **changes}).in_force(date(2026, 3, 2)) is holds


def test_who_and_what_is_sealed(gathered):
    stage, made = gathered
    with stage.work("wang") as work:
        stored = work.session.execute(text("SELECT * FROM gathered_license")).mappings().one()
        kept = " ".join(str(bytes(v) if isinstance(v, memoryview) else v) for v in stored.values())
    for secret in (made["CZZTDM"], made["CZZT"], made["ZZBH"]):
        assert secret not in kept
