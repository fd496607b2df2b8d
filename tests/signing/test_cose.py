"""COSE_Sign1: signed by whom it names, in one form, and nothing else is believed."""

import cbor2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from servicehall.kernel.errors import Invalid
from servicehall.signing import cose
from servicehall.signing.certificates import UnknownIssuer
from servicehall.signing.signer import Issuer
from tests.licenses.conftest import hall

__all__ = ["hall"]
QR, OTHER = Issuer("QR", "离线码"), Issuer("X", "别的")


def test_signed_and_proven(hall):
    payload = cbor2.dumps({0: "证照"})
    content = cose.seal(hall.signer, QR, payload)
    sealed = cose.opened(content)
    signers, anchors, at = hall.signer.pen(QR).chain[:1], hall.signer.anchors(), hall.clock.now()
    assert sealed.verify(signers, anchors, at=at) == QR
    assert cose.fields(sealed.payload) == {0: "证照"}
    with pytest.raises(UnknownIssuer):
        sealed.verify(hall.signer.pen(OTHER).chain[:1], anchors, at=at)
    with pytest.raises(UnknownIssuer):
        sealed.verify(signers, (), at=at)
    for place in range(0, len(content), 3):
        bent = content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :]
        with pytest.raises((Invalid, UnknownIssuer)):
            cose.opened(bent).verify(signers, anchors, at=at)


@given(st.binary(max_size=80))
def test_noise_is_refused(content):
    with pytest.raises(Invalid):
        cose.opened(content)


@pytest.mark.parametrize("payload", [b"", b"\xff", cbor2.dumps([1])])
def test_fields_are_a_map(payload):
    with pytest.raises(Invalid):
        cose.fields(payload)
