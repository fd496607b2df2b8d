"""Evidence: a proof file convinces whoever has the root, and no changed one does."""

import base64
import json

import pytest
from cryptography.x509 import load_der_x509_certificate
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from servicehall.kernel.audit import AuditEntry
from servicehall.kernel.errors import HallError, Invalid, NotFound
from servicehall.kernel.work import SYSTEM, UnitOfWork
from servicehall.signing.adapters.software import SoftwareSigner
from servicehall.signing.signer import Signer
from servicehall.transparency import evidence
from servicehall.transparency.checkpoints import Checkpoints
from tests.builders import MASTER, StillClock

ENTRIES = 37


@pytest.fixture
def clock():
    return StillClock()


@pytest.fixture
def adapters(tmp_path, clock):
    signer = SoftwareSigner(tmp_path / "keys", MASTER, clock)
    return {Signer: signer, Checkpoints: Checkpoints(tmp_path / "log.jws", signer, clock)}


@pytest.fixture
def logged(database, clock, adapters):
    """A unit of work over a record of 37 acts; a checkpoint was signed after each ten."""
    kept = adapters[Checkpoints]
    with UnitOfWork(database, SYSTEM, clock, adapters, kept) as work:
        for number in range(ENTRIES):
            work.record("test.done", f"s-{number}", person="person:x", number=number)
            work.commit()
            if number % 10 == 0:
                clock.forward(minutes=2)
        yield work


def proof(work, number, **options):
    entry = work.session.get_one(AuditEntry, number)
    return evidence.inclusion(work, entry, **{"named": True, **options}).model_dump_json()


def test_every_entry_is_proven_by_its_file_alone(logged):
    anchors = logged.use(Signer).anchors()
    for number in range(1, ENTRIES + 1):
        proven = evidence.verified(proof(logged, number), anchors)
        assert proven.entry["subject"] == f"s-{number - 1}"
        assert proven.actor == "system"
        assert proven.checkpoint.head.length >= number


def test_the_file_holds_the_chain_of_certificates_to_look_at(logged):
    told = json.loads(proof(logged, 3))
    names = [
        load_der_x509_certificate(base64.b64decode(one)).subject.rfc4514_string()
        for one in told["certificates"]
    ]
    assert len(names) == 2
    assert "审计签名" in names[0]


def test_who_looked_may_stay_untold_and_cannot_be_mistold(logged):
    anchors = logged.use(Signer).anchors()
    text = proof(logged, 5, named=False)
    assert "system" not in text
    assert evidence.verified(text, anchors).actor is None
    lie = json.dumps({**json.loads(text), "actor": "somebody"})
    with pytest.raises(Invalid, match="操作人"):
        evidence.verified(lie, anchors)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(st.data())
def test_whatever_is_changed_no_longer_holds(logged, data):
    text, anchors = proof(logged, 12), logged.use(Signer).anchors()
    told = json.loads(text)
    part = data.draw(st.sampled_from(["entry", "salt", "path", "checkpoint"]))
    if part == "entry":
        field = data.draw(st.sampled_from(sorted(told["entry"])))
        told["entry"][field] = data.draw(st.just(99) | st.text(max_size=4) | st.none())
    elif part == "salt":
        told["salt"] = "0" * 32
    elif part == "path":
        at = data.draw(st.integers(0, len(told["path"]) - 1))
        told["path"][at] = data.draw(st.sampled_from(["00" * 32, "zz", ""]))
    else:
        at = data.draw(st.integers(0, len(told["checkpoint"]) - 1))
        told["checkpoint"] = told["checkpoint"][:at] + "A" + told["checkpoint"][at + 1 :]
    assume(told != json.loads(text))
    with pytest.raises(HallError):
        evidence.verified(json.dumps(told), anchors)


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", "null", '{"kind":"inclusion"}', '{"kind":"consistency"}', "[" * 9000,
             '{"kind":"else"}', " " * (evidence.LARGEST + 1)],
)  # fmt: skip
def test_what_is_no_proof_is_refused(logged, text):
    with pytest.raises(Invalid, match="证明文件"):
        evidence.verified(text, logged.use(Signer).anchors())


def test_numbers_that_no_entry_holds_are_refused(logged):
    told = json.loads(proof(logged, 2))
    told["entry"]["detail"] = {"number": 2**60}
    with pytest.raises(Invalid):
        evidence.verified(json.dumps(told), logged.use(Signer).anchors())


def test_another_root_believes_nothing(logged, tmp_path, clock):
    foreign = SoftwareSigner(tmp_path / "other", MASTER, clock).anchors()
    with pytest.raises(HallError):
        evidence.verified(proof(logged, 2), foreign)


def test_a_later_checkpoint_begins_with_an_earlier(logged):
    kept, anchors = logged.use(Checkpoints), logged.use(Signer).anchors()
    sizes = [one.head.length for one in kept.some(0, most=9)]
    assert len(sizes) >= 3
    for first in sizes:
        for second in (size for size in sizes if size >= first):
            told = evidence.consistency(logged, first, second).model_dump_json()
            proven = evidence.verified(told, anchors)
            assert proven.earlier is not None
            assert (proven.earlier.head.length, proven.checkpoint.head.length) == (first, second)
    other = json.loads(evidence.consistency(logged, sizes[0], sizes[2]).model_dump_json())
    other["earlier"] = kept.of(sizes[1]).jws
    with pytest.raises(Invalid, match="改写"):
        evidence.verified(json.dumps(other), anchors)


def test_what_others_signed_since_this_work_began_to_read_is_proven(
    database, clock, adapters, logged
):
    with UnitOfWork(database, SYSTEM, clock, adapters) as reader:
        entry = reader.session.get_one(AuditEntry, ENTRIES)  # from here on it sees the log as it is
        clock.forward(minutes=2)
        logged.record("test.done", "later")
        logged.commit()
        text = evidence.inclusion(reader, entry, named=True).model_dump_json()
    proven = evidence.verified(text, logged.use(Signer).anchors())
    assert proven.checkpoint.head.length == ENTRIES + 1


def test_only_between_sizes_that_were_signed(logged):
    last = logged.use(Checkpoints).last().head.length
    with pytest.raises(NotFound):
        evidence.consistency(logged, 3, last)
    for first in (0, last + 1):
        with pytest.raises(Invalid):
            evidence.consistency(logged, first, last)
