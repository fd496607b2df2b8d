"""A renewal keeps the serial, takes the next version, and happens once."""

import pytest
from sqlalchemy.exc import IntegrityError

from servicehall.kernel.errors import Conflict, Invalid
from servicehall.licenses import issuing, library
from servicehall.licenses.identifiers import parse
from servicehall.licenses.models import State
from tests.licenses.conftest import license_type, order


def test_a_renewal_keeps_the_serial_and_supersedes(hall):
    old = hall.issue(order("C-1"))
    hall.clock.pass_days(100)
    with hall.work() as work:
        held = library.by_key(work, "C-1")
        new = issuing.plan(work, order("C-2", renews=held))
        work.commit()
        assert (new.serial, new.version) == (old.serial, 2)
        assert library.by_key(work, "C-1").state is State.VALID
        issuing.finish(work, new)
        work.commit()
        assert library.by_key(work, "C-1").state is State.SUPERSEDED
        assert library.successor(work, held) is new
        assert new.record.supersedes == old.identifier
        assert parse(new.identifier).version == 2
        with pytest.raises(Conflict):
            issuing.plan(work, order("C-3", renews=held))


def test_two_renewals_of_one_license_collide_in_the_schema(hall):
    hall.issue(order("C-1"))
    with hall.work() as work:
        held = library.by_key(work, "C-1")
        issuing.plan(work, order("C-2", renews=held))
        with pytest.raises(IntegrityError):
            issuing.plan(work, order("C-3", renews=held))


def test_what_was_revoked_meanwhile_stays_revoked(hall):
    hall.issue(order("C-1"))
    with hall.work() as work:
        held = library.by_key(work, "C-1")
        new = issuing.plan(work, order("C-2", renews=held))
        library.revoke(work, held, reason="以欺骗手段取得", law="行政许可法 第六十九条")
        issuing.finish(work, new)
        work.commit()
        assert held.state is State.REVOKED


def test_a_renewal_is_of_the_same_type(hall):
    hall.issue(order("C-1"))
    with hall.work() as work:
        held = library.by_key(work, "C-1")
        with pytest.raises(Invalid):
            issuing.plan(work, order("C-2", renews=held, type=license_type(slug="other")))
