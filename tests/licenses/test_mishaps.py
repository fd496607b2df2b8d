"""Errors that must not make a wrong license: a clock that jumps, certificates and keys that fail.

Each is refused with words that say what to do, and leaves nothing half-written.
"""

import re

import pytest
from msgspec.structs import replace
from sqlalchemy import func, select

from servicehall.kernel.errors import Invalid, Unavailable
from servicehall.licenses import issuing, mass, proving, rendering
from servicehall.licenses.models import License, State
from servicehall.licenses.record import FaceValue, Holder
from servicehall.printing.press import Press
from servicehall.signing import eseal
from servicehall.signing.adapters.authority import LocalAuthority
from servicehall.signing.adapters.software import SoftwareSigner
from servicehall.signing.signer import Issuer, Signer
from servicehall.signing.stamper import Stamper
from servicehall.transparency import treeheads
from servicehall.transparency.models import LicenseLeaf
from tests.licenses.conftest import BUREAU, NUMBER, hall, license_type, order
from tests.licenses.test_mass import orders

__all__ = ["hall"]
MANY = license_type(single=False)


def headed(hall):
    """The worker's round: the log's root is signed and timestamped."""
    with hall.work() as work:
        head = treeheads.due(work)
        treeheads.signed(work, head, work.use(Stamper).stamp(treeheads.digest(head)))
        work.commit()


def nothing_half_done(hall):
    """Not one license more is valid, logged or in a file than there are whole ones."""
    with hall.work() as work:
        assert list(proving.breaches(work)) == []
        out = select(func.count()).where(License.state != State.INTENT)
        logged = select(func.count()).select_from(LicenseLeaf)
        assert work.session.scalar(out) == work.session.scalar(logged)


class Frozen:
    """A signer (of another maker) that goes on handing out the certificate it once had."""

    algorithm = "ES256"

    def __init__(self, signer, *issuers):
        self._signer, self._pens = signer, {one: signer.pen(one) for one in issuers}

    def __getattr__(self, name):
        return getattr(self._signer, name)

    def pen(self, issuer):
        return self._pens.get(issuer) or self._signer.pen(issuer)


class TestAClockThatJumpedBack:
    def test_nothing_is_planned_finished_or_issued_in_a_batch(self, hall):
        hall.issue(order("C-1", type=MANY))
        headed(hall)
        with hall.work() as work:
            waiting = issuing.plan(work, order("C-2", type=MANY))
            work.commit()
        hall.clock.pass_days(-1)
        acts = (
            lambda work: issuing.plan(work, order("C-3", type=MANY)),
            lambda work: issuing.finish(work, work.session.get(License, waiting.id)),
            lambda work: mass.issue(work, orders(2)),
            treeheads.due,
        )
        for act in acts:
            with hall.work() as work, pytest.raises(Unavailable, match="请先校准时钟") as refused:
                act(work)
            assert "2026-02-28 16:00:00" in str(refused.value)  # what the clock says
            assert "2026-03-01 16:00:00" in str(refused.value)  # and the last head
        assert not hall.store.has(waiting.record_key)
        nothing_half_done(hall)
        hall.clock.pass_days(1)
        with hall.work() as work:  # the clock is right again: what waited is finished
            assert issuing.finish(work, work.session.get(License, waiting.id)).state == "valid"
            work.commit()
        nothing_half_done(hall)

    def test_no_license_is_older_than_its_signers_certificate(self, hall):
        bureau = Issuer(BUREAU, "示范市农业农村局")
        hall.adapters[Signer] = Frozen(hall.signer, bureau)
        hall.clock.pass_days(-1)
        with pytest.raises(Unavailable, match="签名证书只在 2026-03-01"):
            hall.issue(order("C-1"))
        nothing_half_done(hall)


class TestACertificateThatRanOut:
    def test_a_department_signs_nothing_and_is_told_to_rotate(self, hall):
        hall.adapters[Signer] = Frozen(hall.signer, Issuer(BUREAU, "示范市农业农村局"))
        hall.clock.pass_days(1100)
        with pytest.raises(Unavailable, match=f"{BUREAU} 的签名证书.*keys rotate"):
            hall.issue(order("C-1"))
        with hall.work() as work, pytest.raises(Unavailable, match="keys rotate"):
            mass.issue(work, orders(2))
        assert not list(hall.store.keys())
        nothing_half_done(hall)

    def test_no_timestamp_is_given(self, hall):
        tsa = Issuer("TSA", "政务服务大厅时间戳服务", "timestamping")
        frozen = Frozen(hall.signer, tsa)
        hall.clock.pass_days(1100)
        with pytest.raises(Unavailable, match="TSA 的签名证书"):
            LocalAuthority(frozen, hall.clock).stamp(bytes(32))

    @pytest.mark.parametrize("late", [eseal.MAKER, Issuer(BUREAU, "示范市农业农村局", "sealing")])
    def test_no_electronic_seal_is_made_or_used(self, hall, late):
        bureau = Issuer(BUREAU, "示范市农业农村局", "sealing")
        picture = eseal.Picture("ofd", b"picture", 40, 40)
        good = eseal.make(hall.second, bureau, picture, name="章", now=hall.clock.now())
        frozen = Frozen(hall.second, late)
        hall.clock.pass_days(1100)
        now = hall.clock.now()
        with pytest.raises(Unavailable, match=f"{late.code} 的签名证书"):
            eseal.make(frozen, bureau, picture, name="章", now=now)
        if late == bureau:
            with pytest.raises(Unavailable, match="签名证书"):
                eseal.seal(frozen, bureau, good, b"content", place="/Doc_0", now=now)


def test_a_wrong_passphrase_opens_no_key_and_issues_nothing(hall):
    hall.signer.pen(Issuer(BUREAU, "示范市农业农村局"))
    hall.adapters[Signer] = SoftwareSigner(hall.folder / "keys", b"w" * 32, hall.clock)
    with pytest.raises(RuntimeError, match=r"\.key was not encrypted with this hall's master key"):
        hall.issue(order("C-1"))
    assert not list(hall.store.keys())
    nothing_half_done(hall)
    hall.adapters[Signer] = hall.signer  # the right one: what was planned is finished
    assert hall.issue(order("C-1")).state == "valid"


class TestACharacterTheFontLacks:
    @pytest.mark.parametrize(
        ("changes", "field", "name"),
        [({"holder": Holder(kind="person", code=NUMBER, name="王\U00030edd")}, "name", "持证主体"),
         ({"faces": {"name": "欧阳", "number": NUMBER, "vessel": "示渔\U00030edd号"}}, "vessel", "船名"),
         ({"type": license_type(issuer_name="\U00030edd局")}, "issuer", "\U00030edd局"),
         ({"type": license_type(statement="准予\U00030edd。")}, "statement", "证照说明")],
    )  # fmt: skip
    def test_issuing_names_the_field_and_the_character(self, hall, changes, field, name):
        with hall.work() as work, pytest.raises(Invalid, match="\U00030edd") as refused:
            issuing.plan(work, order("C-1", **changes))
        assert refused.value.field == field
        assert re.search(f"“{name}”", str(refused.value))
        nothing_half_done(hall)

    def test_a_face_is_not_drawn_with_a_box_in_it(self, hall):
        told = hall.issue(order("C-1")).record
        faces = (
            *told.faces,
            FaceValue(code="port", name="船籍港", kind="text", value="\U00030edd"),
        )
        with pytest.raises(Invalid, match="“船籍港”里有字库没有的字") as refused:
            rendering.to_pdf(hall.adapters[Press], replace(told, faces=faces))
        assert refused.value.field == "port"
