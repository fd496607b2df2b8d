"""Many licenses in one transaction: all or none, each as good as one that a case yielded."""

from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from servicehall.kernel import audit
from servicehall.kernel.audit import AuditEntry
from servicehall.kernel.codes import citizen_check
from servicehall.kernel.errors import Conflict, Forbidden, Invalid, NotFound, Unavailable
from servicehall.kernel.work import SYSTEM, Actor
from servicehall.licenses import enlisting, facing, library, mass, orderfile, proving
from servicehall.licenses.models import License, State
from servicehall.licenses.record import Holder
from servicehall.signing.signer import Issuer
from servicehall.transparency import licenselog
from servicehall.verifying.verdicts import Result
from servicehall.verifying.verification import by_code, by_file
from tests.licenses.conftest import license_type, order


def number(n):
    day = date(1990, 3, 7) + timedelta(days=n // 1000)
    plain = f"990101{day:%Y%m%d}{n % 1000:03}"
    return plain + citizen_check(plain)


def orders(count, first=1, **changes):
    return [
        order(
            f"batch:2026/{n}",
            holder=Holder(kind="person", code=number(n), name=f"张三{n}"),
            faces={"name": f"张三{n}", "number": number(n), "vessel": "示范渔001"},
            **changes,
        )
        for n in range(first, first + count)
    ]


def count(work):
    return work.session.scalar(select(func.count()).select_from(License))


def test_each_is_valid_logged_and_on_record(hall):
    with hall.work() as work:
        enlisting.begin(work)
        assert mass.issue(work, orders(30)) == 30
        work.commit()
        held = work.session.scalars(select(License).order_by(License.id)).all()
        assert [one.serial[-4:] for one in held] == [f"{n:04}" for n in range(1, 31)]
        places = [one.status_index for one in held]
        assert places != sorted(places)
        assert licenselog.head(work.session).length == 30
        acts = select(func.count()).where(AuditEntry.act == "license.issued")
        assert work.session.scalar(acts) == 30
        for one in held:
            assert by_code(work, one.code).result is Result.VALID
            assert one.intent == ""  # never planned: what is signed stands in the record once
            assert one.record.identifier == one.identifier
        assert list(proving.breaches(work)) == []
        assert list(audit.broken(work.session)) == []


def test_run_again_it_goes_on(hall):
    with hall.work() as work:
        mass.issue(work, orders(5))
        work.commit()
    with hall.work() as work:
        assert mass.issue(work, orders(8)) == 3
        work.commit()
        assert mass.issue(work, orders(8)) == 0
        assert count(work) == 8
        assert not work.unfinished


def test_one_that_does_not_hold_and_none_is_issued(hall):
    with hall.work() as work:
        hall.issue(orders(1)[0])
        wrong = [
            ([*orders(3)[1:], order("batch:x/1", holder=orders(1)[0].holder)], Conflict),
            ([orders(2)[1], order("batch:y/1", holder=orders(2)[1].holder)], Conflict),
            ([orders(2)[1], orders(2)[1]], Invalid),
            ([orders(2)[1], order("batch:z/1", type=license_type(name="另一种"))], Invalid),
            ([order("batch:z/2", faces={"name": "张三"})], Invalid),
            (
                [
                    order(
                        "batch:z/3", holder=Holder(kind="person", code=number(9), name="\U0002ffff")
                    )
                ],
                Invalid,
            ),
        ]
        for batch, refusal in wrong:
            with pytest.raises(refusal):
                mass.issue(work, batch)
            work.rollback()
        assert count(work) == 1


def test_only_by_the_department_itself(hall):
    stranger = Actor("u2", "别局", frozenset({"reviewer"}), department="12990100000001021A")
    citizen = Actor("u3", "王", frozenset({"citizen"}))
    for somebody in (stranger, citizen):
        with hall.work(somebody) as work, pytest.raises((Forbidden, NotFound)):
            mass.issue(work, orders(1))


def test_a_yearly_renewal_supersedes_what_it_renews(hall):
    with hall.work() as work:
        mass.issue(work, orders(4))
        work.commit()
        old = work.session.scalars(select(License).order_by(License.id)).all()
        again = [orderfile.again(one, license_type(), f"batch:2027/{one.serial}") for one in old]
        assert mass.issue(work, again) == 4
        work.commit()
        for one in old:
            work.session.refresh(one)
            assert one.state is State.SUPERSEDED
            assert library.successor(work, one).version == 2
        last = library.by_key(work, f"batch:2027/{old[0].serial}")
        with pytest.raises(Conflict):
            mass.issue(work, [orderfile.again(old[0], license_type(), "batch:2028/1")])
        assert last.record.faces == old[0].record.faces


def test_the_face_is_made_afterwards_and_is_the_very_file(hall, in_process):
    with hall.work() as work:
        mass.issue(work, orders(2))
        work.commit()
        license = library.by_key(work, "batch:2026/1")
        with pytest.raises(Unavailable):
            library.pdf(work, license)
    tried = set()
    for _ in range(2):
        with hall.work(SYSTEM) as work:
            assert facing.face_one(work, tried)
            work.commit()
    with hall.work(SYSTEM) as work:
        assert not facing.face_one(work, tried)
        told = by_file(work, library.pdf(work, library.by_key(work, "batch:2026/1")))
        assert (told.result, told.same_file) == (Result.VALID, True)
        assert list(proving.breaches(work)) == []


def test_with_an_sm2_key_each_is_signed_twice(hall):
    first = orders(1)[0]
    hall.second.pen(Issuer(first.type.issuer, first.type.issuer_name))
    with hall.work() as work:
        mass.issue(work, orders(2))
        work.commit()
        assert all(
            one.jws.startswith('{"payload"') for one in work.session.scalars(select(License))
        )
        assert by_code(work, library.by_key(work, "batch:2026/1").code).result is Result.VALID
