"""亮证码: 45 characters in a QR code of version 3, for minutes, for one purpose."""

from datetime import timedelta

import pytest
import segno
from sqlalchemy import select

from servicehall.kernel.audit import AuditEntry
from servicehall.kernel.errors import Conflict, Invalid, NotFound
from servicehall.kernel.work import Actor
from servicehall.licenses import library
from servicehall.showing import showcode
from tests.showing.conftest import HOLDER


def test_shown_and_read_for_three_minutes(hall, holder, license):
    code = showcode.text(holder, license, "check")
    assert len(code) == showcode.LENGTH == 45
    assert showcode.looks_like(code)
    assert segno.make(code, error="q", micro=False).version == 3
    found, purpose = showcode.read(holder, code)
    assert (found.id, purpose) == (license.id, "check")
    assert showcode.text(holder, license, "check") != code
    hall.clock.moment += showcode.LASTS + timedelta(seconds=1)
    with pytest.raises(Invalid, match="过期"):
        showcode.read(holder, code)


def test_the_purpose_is_bound_in(holder, license):
    codes = {showcode.text(holder, license, purpose) for purpose in showcode.PURPOSES}
    assert {showcode.read(holder, code)[1] for code in codes} == set(showcode.PURPOSES)
    for bad in ("0" * 45, showcode.text(holder, license, "bank")[:-1] + ":", "A" * 44):
        with pytest.raises(Invalid):
            showcode.read(holder, bad)


def test_showing_is_on_record_with_its_purpose(holder, license):
    showcode.shown(holder, license, "lodging")
    holder.commit()
    entry = holder.session.scalars(select(AuditEntry).filter_by(act="license.shown")).one()
    assert (entry.subject, entry.person, entry.detail) == (
        license.identifier, license.party, {"purpose": "lodging"},
    )  # fmt: skip


def test_only_ones_own_for_a_purpose_and_in_force(hall, holder, license):
    with pytest.raises(Invalid) as refusal:
        showcode.shown(holder, license, "")
    assert refusal.value.field == "purpose"
    with (
        hall.work(Actor("a2", "李", frozenset({"citizen"}), person="p2")) as stranger,
        pytest.raises(NotFound),
    ):
        showcode.shown(stranger, license, "check")
    with hall.work() as office:
        library.suspend(office, library.by_code(office, license.code), reason="检查", law="示范法")
        office.commit()
    with hall.work(HOLDER) as later, pytest.raises(Conflict):
        showcode.text(later, library.by_code(later, license.code), "check")
