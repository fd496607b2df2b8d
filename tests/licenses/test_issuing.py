"""One license for a case, whatever is cut off, repeated or done twice at once (D1, D2)."""

import threading
from datetime import date

import pytest
from sqlalchemy import select

from servicehall.kernel.audit import AuditEntry, broken
from servicehall.kernel.errors import Conflict, Forbidden, Invalid, StorageFull
from servicehall.kernel.work import Actor
from servicehall.licenses import issuing, library, record
from servicehall.licenses.identifiers import parse
from servicehall.licenses.models import License, State
from servicehall.licenses.record import Holder, verified
from servicehall.signing.jws import opened
from servicehall.signing.signer import Issuer, Signer
from servicehall.storage.store import FileStore
from tests.licenses.conftest import BUREAU, NUMBER, license_type, order


def acts(work):
    return [entry.act for entry in work.session.scalars(select(AuditEntry).order_by(AuditEntry.id))]


def test_a_license_is_planned_then_issued(hall, work):
    license = issuing.plan(work, order())
    work.commit()
    assert license.state is State.INTENT
    assert issuing.unfinished(work) == [license]
    assert list(hall.store.keys()) == []
    issuing.finish(work, license)
    work.commit()
    assert license.state is State.VALID
    assert issuing.unfinished(work) == []
    content, payload = verified(license.jws, hall.signer.anchors())
    assert payload == license.payload
    assert sorted(hall.store.keys()) == sorted([license.record_key, license.pdf_key])
    assert acts(work) == ["license.planned", "license.issued"]
    assert list(broken(work.session)) == []
    assert content.case == "C-1"
    assert content.faces[4].value == "123450"
    assert parse(content.identifier).issuer == BUREAU
    assert (license.valid_from, license.valid_to) == (date(2026, 3, 1), date(2031, 2, 28))


def test_the_same_key_is_the_same_license(hall):
    first = hall.issue(order())
    again = hall.issue(order())
    assert first.id == again.id
    assert again.state is State.VALID


def test_numbers_have_no_gap_when_a_plan_is_dropped(hall):
    with hall.work() as work:
        issuing.plan(work, order("C-1"))
    other = Holder(kind="person", code="99010119850101001X", name="李四")
    assert hall.issue(order("C-2")).serial == "2026000000000001"
    assert hall.issue(order("C-3", holder=other)).serial == "2026000000000002"


class Crash(BaseException):
    """The process ends here."""


class Dying:
    """An engine that does *after* calls of *name* and then ends the process."""

    def __init__(self, engine, name, after):
        self._engine, self._name, self._left = engine, name, after

    def __getattr__(self, name):
        found = getattr(self._engine, name)
        if name != self._name:
            return found

        def call(*given):
            if self._left == 0:
                raise Crash
            self._left -= 1
            return found(*given)

        return call


CRASHES = [
    (FileStore, "has", 0),
    (Signer, "pen", 0),
    (FileStore, "keep", 0),
    (FileStore, "has", 1),
    (Signer, "pen", 1),
    (FileStore, "keep", 1),
]


@pytest.mark.parametrize(("port", "name", "after"), CRASHES)
def test_cut_off_anywhere_it_is_finished_later(hall, port, name, after):
    with hall.work() as work:
        license = issuing.plan(work, order())
        work.commit()
        intent = license.intent
        hall.adapters[port] = Dying(hall.adapters[port], name, after)
        with pytest.raises(Crash):
            issuing.finish(work, license)
    _swept(hall, intent)


def test_cut_off_before_the_last_commit_the_stored_files_win(hall):
    with hall.work() as work:
        license = issuing.plan(work, order())
        work.commit()
        issuing.finish(work, license)
        intent, digest = license.intent, license.pdf_sha256
        pdf = hall.store.get(license.pdf_key)
    hall.clock.pass_days(3)
    swept = _swept(hall, intent)
    assert swept.pdf_sha256 == digest
    assert hall.store.get(swept.pdf_key) == pdf


def test_cut_off_between_the_files_across_a_new_key(hall):
    """The department's key may change between signing the record and sealing the PDF."""
    with hall.work() as work:
        license = issuing.plan(work, order())
        work.commit()
        hall.adapters[FileStore] = Dying(hall.store, "keep", 1)
        with pytest.raises(Crash):
            issuing.finish(work, license)
    hall.clock.pass_days(1000)
    _swept(hall, license.intent)


def _swept(hall, intent):
    """A new process finds the license, finishes it once, and everything agrees."""
    hall.restart()
    with hall.work() as work:
        (waiting,) = issuing.unfinished(work)
        issuing.finish(work, waiting)
        work.commit()
    with hall.work() as work:
        (license,) = work.session.scalars(select(License)).all()
        assert license.state is State.VALID
        assert license.intent == intent
        _, payload = verified(license.jws, hall.signer.anchors())
        assert payload.decode() == intent
        assert hall.store.get(license.record_key).decode() == license.jws
        assert sorted(hall.store.keys()) == sorted([license.record_key, license.pdf_key])
        assert acts(work) == ["license.planned", "license.issued"]
        return license


def test_two_workers_finish_at_once(hall):
    with hall.work() as work:
        license = issuing.plan(work, order())
        work.commit()
    gate, problems = threading.Barrier(2), []

    def worker():
        try:
            with hall.work() as work:
                (waiting,) = issuing.unfinished(work)
                gate.wait()
                issuing.finish(work, waiting)
                if work.unfinished:
                    work.commit()
        except Exception as error:
            problems.append(error)

    threads = [threading.Thread(target=worker) for _ in range(2)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    assert problems == []
    with hall.work() as work:
        assert acts(work) == ["license.planned", "license.issued"]
        assert library.by_key(work, "C-1").state is State.VALID
    assert license.state is State.INTENT


def test_a_full_disk_leaves_it_waiting(hall, work, monkeypatch):
    license = issuing.plan(work, order())
    work.commit()

    def full(*_):
        raise StorageFull("full")

    with monkeypatch.context() as patch:
        patch.setattr(type(hall.store), "keep", full)
        with pytest.raises(StorageFull):
            issuing.finish(work, license)
    work.rollback()
    issuing.finish(work, license)
    work.commit()
    assert license.state is State.VALID


def test_a_number_forgotten_by_a_restored_database_is_not_used_again(hall, work):
    license = issuing.plan(work, order())
    hall.signer.pen(_issuer(license)).sign(b"")
    other = license.payload.replace("示渔 0001".encode(), "示渔 0002".encode())
    hall.store.keep(
        license.record_key, record.sign(hall.signer, other, now=hall.clock.now()).encode()
    )
    with pytest.raises(Conflict, match="fsck"):
        issuing.finish(work, license)


def _issuer(license):
    return Issuer(license.record.issuer.code, license.record.issuer.name)


def test_one_valid_license_where_the_type_says_so(hall):
    hall.issue(order("C-1"))
    with hall.work() as work, pytest.raises(Conflict):
        issuing.plan(work, order("C-2"))
    hall.issue(order("C-3", type=license_type(slug="many", single=False)))
    hall.issue(order("C-4", type=license_type(slug="many", single=False)))
    hall.clock.pass_days(365 * 6)
    assert hall.issue(order("C-5")).version == 1


def test_a_character_the_font_lacks_is_refused_in_time(work):
    strange = Holder(kind="person", code=NUMBER, name="王\U00030edd")
    with pytest.raises(Invalid, match="\U00030edd"):
        issuing.plan(work, order(holder=strange))


def test_only_those_who_may(hall):
    clerk = Actor("u2", "窗口", frozenset({"clerk"}), department=BUREAU)
    with hall.work(clerk) as work, pytest.raises(Forbidden):
        issuing.plan(work, order())


def test_nothing_personal_is_in_the_clear(hall, tmp_path):
    hall.issue(order())
    hall.close()
    seen = b"".join(p.read_bytes() for p in tmp_path.glob("hall.db*"))
    for secret in (NUMBER, "欧阳", "示渔"):
        assert secret.encode() not in seen


def test_codes_are_unguessable_and_distinct(hall):
    other = license_type(slug="many", single=False)
    with hall.work() as work:
        codes = [issuing.plan(work, order(f"C-{n}", type=other)).code for n in range(20)]
    assert len(set(codes)) == 20
    assert {len(code) for code in codes} == {12}
    assert set("".join(codes)) <= set(issuing.ALPHABET)


def test_the_record_stays_what_was_planned(hall, work):
    """The type may change between plan and finish; the stored bytes are signed (D2)."""
    license = issuing.plan(work, order())
    work.commit()
    intent = license.intent
    hall.clock.pass_days(2)
    issuing.finish(work, license)
    assert opened(license.jws, typ="license+jwt").payload == intent.encode()
