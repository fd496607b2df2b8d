"""A drill: a department's key is stolen at noon; by evening every license is good, and no forgery is."""

import shutil
from datetime import timedelta

import pytest
from msgspec.structs import replace
from sqlalchemy import func, select

from servicehall.kernel.audit import AuditEntry
from servicehall.kernel.errors import Forbidden, NotFound
from servicehall.kernel.work import SYSTEM, Actor
from servicehall.licenses import (
    enlisting,
    facing,
    library,
    proving,
    record,
    rendering,
    resigning,
    statuslist,
)
from servicehall.licenses.models import License, PastSigning
from servicehall.printing.press import Press
from servicehall.signing import sealing
from servicehall.signing.adapters.software import SoftwareSigner
from servicehall.signing.signer import Issuer
from servicehall.transparency import distrust, licenselog
from servicehall.verifying import offline
from servicehall.verifying.verdicts import Result
from servicehall.verifying.verification import by_code, by_file, by_record
from tests.licenses.conftest import BUREAU, hall, in_process, license_type, order
from tests.licenses.test_mishaps import headed

__all__ = ["hall", "in_process"]
ISSUER = Issuer(BUREAU, "示范市农业农村局")
MANY = license_type(single=False)


class Drill:
    """One license a day before the theft, one a day after it; the thief has the key files."""

    def __init__(self, hall):
        self.hall = hall
        self.early = hall.issue(order("C-1", type=MANY))
        headed(hall)
        self.stolen_at = hall.clock.now() + timedelta(hours=12)
        hall.clock.pass_days(1)
        self.late = hall.issue(order("C-2", type=MANY))
        headed(hall)
        shutil.copytree(hall.folder / "keys", hall.folder / "thief")
        self.thief = SoftwareSigner(hall.folder / "thief", b"s" * 32, hall.clock)
        self.files = {one.code: hall.store.get(one.pdf_key) for one in (self.early, self.late)}
        self.records = {one.code: one.jws for one in (self.early, self.late)}

    def forged(self, *, days_ago=0):
        """A license nobody granted, under the stolen key, dated as the thief likes."""
        told = replace(self.early.record, code="0" * 12)
        at = self.hall.clock.now() - timedelta(days=days_ago, minutes=1)
        return record.sign(self.thief, told.canonical(), now=at)

    def repainted(self):
        """A true record in a PDF of the thief's own making, sealed with the stolen key."""
        face = rendering.to_pdf(self.hall.adapters[Press], self.late.record)
        attached = rendering.attached(self.early.jws)
        return sealing.seal(
            face, self.thief, ISSUER, now=self.hall.clock.now(), attachment=attached
        )

    def declared(self):
        with self.hall.work(SYSTEM) as work:
            held = self.hall.signer.certificates(ISSUER)
            assert distrust.declare(work, held, BUREAU, since=self.stolen_at) == 1
            self.hall.signer.renew(ISSUER)
            work.commit()

    def resigned(self):
        """Every chunk, each in a transaction of its own."""
        done = last = 0
        while True:
            with self.hall.work(SYSTEM) as work:
                if not (found := resigning.waiting(work, BUREAU, after=last)):
                    return done
                done, last = done + resigning.resign(work, found), found[-1].id
                work.commit()

    def faced(self):
        with self.hall.work(SYSTEM) as work:
            tried = set()
            while facing.face_one(work, tried):
                work.commit()


@pytest.fixture
def drill(hall, in_process):
    return Drill(hall)


def refused(verdict):
    return (
        verdict.result is Result.UNKNOWN_ISSUER and not verdict.genuine
        and distrust.STOLEN in verdict.reasons and verdict.next_step == distrust.REFRESH
    )  # fmt: skip


def test_before_it_is_declared_only_the_log_tells(drill):
    with drill.hall.work() as work:
        assert by_code(work, drill.late.code).result is Result.VALID
        assert by_file(work, drill.repainted()).genuine  # which is why it must be declared


def test_what_the_log_held_before_stays_and_nothing_else(drill):
    drill.declared()
    with drill.hall.work() as work:
        early = by_file(work, drill.files[drill.early.code])
        assert (early.result, early.genuine, early.same_file) == (Result.VALID, True, True)
        assert by_code(work, drill.early.code).result is Result.VALID
        assert by_record(work, drill.records[drill.early.code]).result is Result.VALID
        assert refused(by_code(work, drill.late.code))
        assert refused(by_file(work, drill.files[drill.late.code]))
        for days_ago in (0, 1):  # dated today, or back before the theft
            assert refused(by_record(work, drill.forged(days_ago=days_ago)))
        assert refused(by_file(work, drill.repainted()))


def test_every_license_is_signed_anew_and_the_log_shows_it(drill):
    drill.declared()
    assert drill.resigned() == 2
    drill.hall.clock.moment += timedelta(minutes=2)
    headed(drill.hall)
    drill.faced()
    hall = drill.hall
    with hall.work() as work:
        for old in (drill.early, drill.late):
            new = library.by_code(work, old.code)
            assert (new.identifier, new.version, new.payload) == (
                old.identifier, old.version, old.payload,
            )  # fmt: skip
            assert new.signing == 1
            assert licenselog.found(work, new.identifier, new.jws)
            assert licenselog.found(work, new.identifier, drill.records[old.code])
            assert by_code(work, old.code).result is Result.VALID
            told = by_file(work, library.pdf(work, new))
            assert (told.result, told.same_file) == (Result.VALID, True)
            assert enlisting.proof(work, new).index >= 2
        assert by_file(work, drill.files[drill.early.code]).same_file
        assert refused(by_file(work, drill.files[drill.late.code]))
        assert list(proving.breaches(work)) == []
        assert work.session.scalar(select(func.count()).select_from(PastSigning)) == 2
        acts = work.session.scalars(
            select(AuditEntry.act).where(
                AuditEntry.act.in_(("key.compromised", "license.resigned"))
            )
        ).all()
        assert acts == ["key.compromised", "license.resigned", "license.resigned"]
    assert drill.resigned() == 0


def test_a_cut_loses_one_chunk_and_the_next_run_goes_on(drill, monkeypatch):
    drill.declared()
    monkeypatch.setattr(resigning, "CHUNK", 1)
    with drill.hall.work(SYSTEM) as work:
        assert resigning.resign(work, resigning.waiting(work, BUREAU)) == 1
        work.commit()
        found = resigning.waiting(work, BUREAU)
        assert [one.id for one in found] == [drill.late.id]
        assert resigning.resign(work, found) == 1
        work.rollback()  # the power went
    drill.hall.restart()
    assert drill.resigned() == 1
    with drill.hall.work() as work:
        assert list(proving.breaches(work)) == []


def test_two_who_sign_at_once_sign_each_license_once(drill):
    drill.declared()
    with drill.hall.work(SYSTEM) as work:
        found = resigning.waiting(work, BUREAU)
    assert drill.resigned() == 2
    with drill.hall.work(SYSTEM) as work:
        assert resigning.resign(work, found) == 0


def test_whoever_verifies_offline_learns_of_it_from_the_list(drill):
    hall, at = drill.hall, drill.hall.clock.now()
    with hall.work() as work:
        leaf = licenselog.found(work, drill.early.identifier, drill.early.jws)
        proof = enlisting.proof(work, drill.early).model_dump_json()
        late_proof = enlisting.proof(work, drill.late).model_dump_json()
    assert leaf.id == 1
    drill.declared()
    drill.resigned()
    with hall.work() as work:
        token, roots = statuslist.signed(work), hall.signer.anchors()
        assert statuslist.distrusted(token, roots) == distrust.listed(work)
        fresh = library.by_code(work, drill.late.code).jws

    def told(text, proof=None):
        content = text if isinstance(text, bytes) else text.encode()
        return offline.by_file(content, roots, token=token, at=at, proof=proof)

    old = drill.records
    assert told(old[drill.early.code], proof).result is Result.VALID
    assert refused(told(old[drill.early.code]))
    assert refused(told(old[drill.late.code], late_proof))
    assert refused(told(drill.files[drill.late.code]))
    assert told(fresh).result is Result.VALID


def test_nobody_but_those_who_issue_sign_anew(drill):
    drill.declared()
    with drill.hall.work(Actor("u9", "窗口", frozenset({"clerk"}))) as work:
        with pytest.raises(Forbidden):
            resigning.resign(work, resigning.waiting(work, BUREAU))
        with pytest.raises(NotFound):
            library.by_code(work, "0" * 12)
        assert work.session.scalar(select(func.max(License.signing))) == 0
