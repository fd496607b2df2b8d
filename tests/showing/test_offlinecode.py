"""离线码: what the license says, masked, signed, in a QR code of at most version 12."""

from datetime import date

import cbor2
import pytest
import segno

from servicehall.kernel import base45
from servicehall.kernel.errors import Conflict, Invalid, NotFound
from servicehall.kernel.work import Actor
from servicehall.licenses import library, statuslist
from servicehall.licenses.record import Holder
from servicehall.showing import offlinecode
from servicehall.signing import cose
from tests.licenses.conftest import NUMBER, license_type, order
from tests.showing.conftest import HOLDER


def test_it_says_what_the_license_says(hall, holder, license):
    code = offlinecode.text(holder, license)
    sealed, carried = offlinecode.opened(code)
    assert sealed.kid == cose.kid(hall.signer.pen(statuslist.QR).chain[0])
    assert str(carried.identifier) == license.identifier
    assert (carried.holder, carried.holder_code[1:-1]) == ("欧阳𬱖婳祎", "*" * 16)
    assert (carried.valid_from, carried.valid_to) == (date(2026, 3, 1), date(2031, 2, 28))
    assert carried.place == license.status_index
    assert offlinecode.agrees(carried, license.record)
    assert NUMBER.encode() not in base45.decoded(code.removeprefix("LC1:"))
    assert len(code) < 420
    assert segno.make(code, error="l", micro=False).version <= 12


def test_long_names_are_cut_so_that_the_code_stays_small(hall, holder):
    kind = license_type(name="证" * 30, issuer_name="部" * 30, valid_months=None)
    long = Holder(kind="person", code=NUMBER, name="名" * 50)
    license = hall.issue(order("C-2", type=kind, holder=long))
    code = offlinecode.text(holder, license)
    _, carried = offlinecode.opened(code)
    assert carried.holder == "名" * 15 + "…"
    assert carried.valid_to is None
    assert segno.make(code, error="l", micro=False).version <= 12
    assert offlinecode.agrees(carried, license.record)


def test_only_ones_own_and_in_force(hall, license):
    with (
        hall.work(Actor("a2", "李", frozenset({"citizen"}), person="p2")) as stranger,
        pytest.raises(NotFound),
    ):
        offlinecode.text(stranger, license)
    with hall.work() as office:
        library.cancel(office, library.by_code(office, license.code), reason="申请", law="示范法")
        office.commit()
    with hall.work(HOLDER) as later, pytest.raises(Conflict):
        offlinecode.text(later, library.by_code(later, license.code))


def test_other_contents_are_refused(hall):
    for payload in ({}, {8: "x"}, dict.fromkeys(range(9), "x"), dict.fromkeys(range(9), 10**30)):
        sealed = cose.seal(hall.signer, statuslist.QR, cbor2.dumps(payload))
        with pytest.raises(Invalid):
            offlinecode.opened("LC1:" + base45.encoded(sealed))
