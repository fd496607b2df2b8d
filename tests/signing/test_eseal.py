"""Electronic seals: the maker's signature, the user's, the digest, the time; each is held to."""

from datetime import timedelta

import pytest

from servicehall.kernel.errors import Invalid
from servicehall.signing import eseal
from servicehall.signing.certificates import UnknownIssuer
from servicehall.signing.eseal import Picture
from servicehall.signing.signer import Issuer
from tests.licenses.conftest import BUREAU, hall

__all__ = ["hall"]
USER = Issuer(BUREAU, "示范市农业农村局", "sealing")
PICTURE = Picture("ofd", b"PK", 40, 40)


@pytest.fixture
def made(hall):
    return eseal.make(hall.second, USER, PICTURE, name="专用章", now=hall.clock.now())


def sealed(hall, made, issuer=USER, content=b"list"):
    return eseal.seal(
        hall.second, issuer, made, content, place="/Signature.xml", now=hall.clock.now()
    )


def test_sealed_and_proven(hall, made):
    mark, anchors = sealed(hall, made), hall.second.anchors()
    assert eseal.verified(mark, b"list", anchors) == USER
    with pytest.raises(Invalid, match="改动"):
        eseal.verified(mark, b"another", anchors)
    with pytest.raises(UnknownIssuer):
        eseal.verified(mark, b"list", ())
    for place in range(0, len(mark), 7):
        bent = mark[:place] + bytes([mark[place] ^ 1]) + mark[place + 1 :]
        with pytest.raises(Invalid):
            eseal.verified(bent, b"list", anchors)
    for bad in (b"", mark[:-1], mark + b"\0"):
        with pytest.raises(Invalid):
            eseal.verified(bad, b"list", anchors)


def test_a_seal_is_its_departments_alone(hall, made):
    other = Issuer("X", "别的部门", "sealing")
    with pytest.raises(UnknownIssuer, match="印章"):
        eseal.verified(sealed(hall, made, other), b"list", hall.second.anchors())
    signing = Issuer(BUREAU, "示范市农业农村局")
    with pytest.raises(UnknownIssuer, match="用途"):
        eseal.verified(sealed(hall, made, signing), b"list", hall.second.anchors())


def test_a_seal_that_nobody_but_the_maker_may_make(hall, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(eseal, "MAKER", Issuer("Y", "私刻"))
        forged = eseal.make(hall.second, USER, PICTURE, name="专用章", now=hall.clock.now())
    with pytest.raises(UnknownIssuer, match="印章"):
        eseal.verified(sealed(hall, forged), b"list", hall.second.anchors())


def test_a_seal_ends(hall, made):
    hall.clock.moment += eseal.LIFE + timedelta(days=1)
    with pytest.raises(UnknownIssuer, match="有效期"):
        eseal.verified(sealed(hall, made), b"list", hall.second.anchors())
