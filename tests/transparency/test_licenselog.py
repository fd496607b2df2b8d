"""The license log: what is in it can be proven, what was changed in it is named."""

import hashlib

import pytest
from sqlalchemy import delete, update

from servicehall.kernel import merkle, trees
from servicehall.kernel.audit import Head
from servicehall.transparency import licenselog
from servicehall.transparency.models import LicenseLeaf, LicenseLog, LicenseNode

SEVEN = [(f"id-{n}", f"jws.{n}") for n in range(7)]


@pytest.fixture
def logged(work):
    licenselog.append(work, SEVEN[:4])
    licenselog.append(work, SEVEN[4:])
    return work


def test_places_go_on_from_one(work):
    assert licenselog.append(work, SEVEN[:2]) == [1, 2]
    assert licenselog.append(work, SEVEN[2:3]) == [3]
    assert licenselog.head(work.session).length == 3


def test_a_leaf_is_the_hash_of_salt_and_license(logged):
    """RFC 6962 2.1: a leaf is hashed with a zero byte before it."""
    one = licenselog.found(logged, "id-3", "jws.3")
    plain = b"\0" + bytes.fromhex(one.salt) + b"jws.3"
    assert one.hash == hashlib.sha256(plain).hexdigest()
    assert len({row.salt for row in logged.session.query(LicenseLeaf)}) == 7


def test_what_was_not_signed_here_is_not_found(logged):
    assert licenselog.found(logged, "id-3", "jws.4") is None
    assert licenselog.found(logged, "id-9", "jws.3") is None
    assert not licenselog.missing(logged, "id-9", "jws.9")  # the log has not begun
    licenselog.begin(logged)
    assert licenselog.missing(logged, "id-9", "jws.9")
    assert not licenselog.missing(logged, "id-3", "jws.3")


@pytest.mark.parametrize(
    "sizes", [[1], [2], [1, 1, 1], [3, 4], [5, 8, 3], [16], [1, 15, 1], [9, 9]]
)
def test_the_tree_is_that_of_the_rfc_however_it_grew(work, sizes):
    for number, size in enumerate(sizes):
        licenselog.append(work, [(f"{number}", f"jws {number} {n}") for n in range(size)])
    hashes = [bytes.fromhex(one.hash) for one in work.session.query(LicenseLeaf).order_by("id")]
    assert licenselog.head(work.session) == Head(len(hashes), naive(hashes).hex())
    assert list(licenselog.broken(work.session)) == []
    for index, hash_ in enumerate(hashes):
        path = trees.inclusion(work.session, LicenseNode, index, len(hashes))
        assert merkle.is_in(hash_, index, len(hashes), path, naive(hashes))


def naive(hashes):
    """The root as RFC 9162 2.1.1 defines it, by the definition."""
    if len(hashes) == 1:
        return hashes[0]
    split = 1 << (len(hashes) - 1).bit_length() - 1
    pair = naive(hashes[:split]) + naive(hashes[split:])
    return hashlib.sha256(b"\1" + pair).digest()


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (update(LicenseLeaf).where(LicenseLeaf.id == 3).values(hash="00" * 32), "entry 3 or"),
        (delete(LicenseLeaf).where(LicenseLeaf.id == 5), "entry 5 is missing"),
        (update(LicenseNode).where(LicenseNode.id == 4).values(hash=b"0" * 32), "entry 3 or"),
        (update(LicenseNode).where(LicenseNode.id == 1).values(hash=b"0" * 32), "entry 2 or"),
        (update(LicenseLog).values(length=6), "stands behind the end"),
        (update(LicenseLog).values(length=6), "ends otherwise"),
        (update(LicenseLog).values(hash="00" * 32), "ends otherwise"),
    ],
)
def test_what_was_changed_is_named(logged, change, named):
    logged.session.execute(change.execution_options(synchronize_session=False))
    assert any(named in told for told in licenselog.broken(logged.session))


def test_heads_outside_are_held_to_it(logged):
    whole = licenselog.head(logged.session)
    assert list(licenselog.broken(logged.session, [whole])) == []
    (told,) = licenselog.broken(logged.session, [Head(3, "00" * 32)])
    assert "other entries than the first 3" in told
    (told,) = licenselog.broken(logged.session, [Head(9, "00" * 32)])
    assert "after 7 are gone" in told
