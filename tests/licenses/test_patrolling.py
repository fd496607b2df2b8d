"""Patrolling: at night every license is proven again; what is faulty is told until it is mended."""

from datetime import timedelta

import pytest

from servicehall.kernel.errors import Unavailable
from servicehall.licenses import patrolling
from servicehall.licenses.models import LicenseFault, Patrol
from tests.licenses.conftest import license_type
from tests.licenses.conftest import order as one

MANY = license_type(single=False)


def order(key="C-1"):
    return one(key, type=MANY)


@pytest.fixture
def few(monkeypatch):
    monkeypatch.setattr(patrolling, "BATCH", 2)


def walk(hall, times=1):
    for _ in range(times):
        with hall.work() as work:
            patrolling.patrol(work)
            if work.unfinished:
                work.commit()
    with hall.work() as work:
        return patrolling.latest(work), patrolling.faults(work)


def night(hall, days=0):
    """Two in the morning here: 18:00 UTC the day before."""
    hall.clock.moment = hall.clock.moment.replace(hour=18, minute=0) + timedelta(days=days)


def test_once_a_night_a_few_at_a_time(hall, few):
    for key in ("C-1", "C-2", "C-3"):
        hall.issue(order(key))
    hall.clock.moment = hall.clock.moment.replace(hour=4)  # noon here
    assert walk(hall) == (None, [])
    night(hall)
    (patrol, found) = walk(hall)
    assert (patrol.checked, patrol.ended_at, found) == (2, None, [])
    (patrol, found) = walk(hall, 3)
    assert (patrol.checked, patrol.faulty, found) == (3, 0, [])
    assert patrol.ended_at is not None
    with hall.work() as work:
        assert work.session.query(Patrol).count() == 1
    night(hall, days=1)
    walk(hall)
    with hall.work() as work:
        assert work.session.query(Patrol).count() == 2


def test_a_damaged_file_is_told_once_and_cleared_when_it_is_back(hall):
    hall.issue(order("C-1"))
    issued = hall.issue(order("C-2"))
    path = hall.folder / "files" / issued.pdf_key
    kept = path.read_bytes()
    path.chmod(0o600)
    path.write_bytes(kept + b"x")
    night(hall)
    patrol, found = walk(hall)
    assert patrol.faulty == 1
    assert [license.identifier for license, _ in found] == [issued.identifier]
    night(hall, days=1)
    assert len(walk(hall)[1]) == 1
    path.write_bytes(kept)
    night(hall, days=1)
    assert walk(hall)[1] == []
    with hall.work() as work:
        assert work.session.query(LicenseFault).one().cleared_at is not None


def test_a_store_that_is_away_is_no_fault(hall, monkeypatch):
    hall.issue(order())
    night(hall)

    def away(*_):
        raise Unavailable("away")

    monkeypatch.setattr(type(hall.store), "get", away)
    with hall.work() as work, pytest.raises(Unavailable):
        patrolling.patrol(work)
    monkeypatch.undo()
    patrol, found = walk(hall)
    assert (patrol.checked, found) == (1, [])
