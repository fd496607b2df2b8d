"""A batch is signed and timestamped once; a proof leads there; a forked log is not signed."""

import json
from datetime import timedelta

import pytest

from servicehall.kernel import merkle
from servicehall.kernel.errors import Conflict, Invalid, NotFound
from servicehall.signing.adapters.authority import LocalAuthority
from servicehall.signing.adapters.software import SoftwareSigner
from servicehall.signing.signer import Signer
from servicehall.signing.stamper import Stamper
from servicehall.transparency import checkpoints, licenselog, treeheads
from servicehall.transparency.checkpoints import LICENSES, Checkpoints, LicenseHeads

SECRET = b"s" * 32


@pytest.fixture
def adapters(tmp_path, clock):
    signer = SoftwareSigner(tmp_path / "keys", SECRET, clock)
    return {
        Signer: signer,
        Checkpoints: Checkpoints(tmp_path / "log.jws", signer, clock),
        LicenseHeads: LicenseHeads(tmp_path / "heads.jws", signer, clock),
        Stamper: LocalAuthority(signer, clock),
    }


def logged(work, *texts):
    licenselog.append(work, [(text, f"jws of {text}") for text in texts])


def headed(work):
    head = treeheads.due(work)
    return treeheads.signed(work, head, work.use(Stamper).stamp(treeheads.digest(head)))


def anchors(work):
    return work.use(Signer).anchors()


def proven(work, text, jws):
    return treeheads.verified(text, jws, anchors(work), work.use(Stamper).anchors())


def test_nothing_is_due_while_nothing_was_issued_or_the_last_is_a_minute_young(work, clock):
    assert treeheads.due(work) is None
    logged(work, "a")
    assert headed(work).size == 1
    assert treeheads.due(work) is None
    logged(work, "b")
    assert treeheads.due(work) is None
    clock.moment += timedelta(seconds=60)
    assert headed(work).size == 2
    logged(work, *(str(n) for n in range(treeheads.MANY)))
    assert treeheads.due(work).length == 2 + treeheads.MANY


def test_a_proof_leads_from_the_license_to_a_signed_and_stamped_root(work, clock):
    logged(work, "a", "b", "c")
    leaf = licenselog.found(work, "b", "jws of b")
    with pytest.raises(NotFound):
        treeheads.proof(work, leaf)
    headed(work)
    text = treeheads.proof(work, leaf).model_dump_json()
    told = proven(work, text, "jws of b")
    assert (told.index, told.checkpoint.head.length) == (1, 3)
    assert told.stamp.at == clock.now()
    with pytest.raises(Invalid):
        proven(work, text, "jws of a")
    for member, value in (("index", 2), ("salt", "00" * 16), ("path", []), ("token", "AAAA")):
        altered = json.dumps(json.loads(text) | {member: value})
        with pytest.raises(Invalid):
            proven(work, altered, "jws of b")
    for other in ("", "{}", "[" * 9999, json.dumps(json.loads(text) | {"path": ["zz"]})):
        with pytest.raises(Invalid):
            proven(work, other, "jws of b")


def test_a_checkpoint_of_the_record_is_none_of_the_license_log(work, clock):
    logged(work, "a")
    text = treeheads.proof(work, headed_leaf(work)).model_dump_json()
    work.record("probe", "x")
    work.commit()
    foreign = work.use(Checkpoints)
    foreign(licenselog.head(work.session))
    with pytest.raises(Invalid):
        proven(work, json.dumps(json.loads(text) | {"checkpoint": foreign.last().jws}), "jws of a")


def headed_leaf(work):
    headed(work)
    return licenselog.found(work, "a", "jws of a")


def test_a_later_root_begins_with_an_earlier(work, clock):
    logged(work, "a", "b", "c")
    first = headed(work)
    clock.moment += timedelta(seconds=60)
    logged(work, "d", "e")
    second = headed(work)
    path = [bytes.fromhex(one) for one in treeheads.consistency(work, 3, 5)]
    trees = [
        (one.head.length, bytes.fromhex(one.head.hash))
        for one in (checkpoints.parsed(h.checkpoint.encode(), LICENSES) for h in (first, second))
    ]
    assert merkle.is_begun_by(*trees, path)
    for sizes, refusal in (((0, 3), Invalid), ((5, 3), Invalid), ((3, 4), NotFound)):
        with pytest.raises(refusal):
            treeheads.consistency(work, *sizes)


def test_the_first_head_that_holds_a_license_dates_it(work, clock):
    logged(work, "a")
    first = headed(work)
    clock.moment += timedelta(days=1)
    logged(work, "b")
    headed(work)
    leaf = licenselog.found(work, "a", "jws of a")
    assert treeheads.covering(work, leaf) is first
    told = treeheads.stamped_at(first, work.use(Stamper).anchors())
    assert told == clock.now() - timedelta(days=1)


def test_after_an_old_backup_no_root_is_signed_that_denies_an_earlier(begin, clock):
    """The database forgets two licenses, the heads outside do not."""
    with begin() as work:
        logged(work, "a")
        work.record("probe", "x")
        work.commit()
        logged(work, "b", "c")
        headed(work)
        assert not treeheads.forgotten(work)
        work.rollback()
    clock.moment += timedelta(minutes=2)
    with begin() as work:
        assert treeheads.forgotten(work)
        with pytest.raises(Conflict, match="旧备份"):
            treeheads.due(work)
        logged(work, "x", "y", "z")
        assert not treeheads.forgotten(work)
        with pytest.raises(Conflict, match="旧备份"):
            treeheads.due(work)


def test_two_workers_stamp_a_batch_once(work):
    logged(work, "a")
    head = treeheads.due(work)
    headed(work)
    with pytest.raises(Conflict):
        treeheads.signed(work, head, b"token")
