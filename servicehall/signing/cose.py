"""COSE (紧凑签名): COSE_Sign1 (RFC 9052) over CBOR, ES256, small enough for a QR code."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

import cbor2

from servicehall.kernel.errors import Invalid
from servicehall.kernel.words import N_
from servicehall.signing import certificates
from servicehall.signing.certificates import UnknownIssuer
from servicehall.signing.signer import Issuer, Signer

SIGN1 = 18  # the tag of COSE_Sign1
_ALG, _KID, _ES256 = 1, 4, -7
_BROKEN = (ValueError, TypeError, EOFError, OverflowError, RecursionError, KeyError)


@dataclass(frozen=True, slots=True)
class Sealed:
    """A COSE_Sign1 taken apart, nothing in it believed yet."""

    kid: bytes
    payload: bytes
    signed: bytes
    signature: bytes

    def verify(self, signers: Iterable[bytes], anchors: Iterable[bytes], *, at: datetime) -> Issuer:
        """Whose of *signers* (DER certificates) signed it at the time *at*, under *anchors*.

        Raises UnknownIssuer where none of them has its key, Invalid where it was altered.
        """
        named = [one for one in signers if kid(one) == self.kid]
        if not named:
            raise UnknownIssuer(N_("没有这个离线码的签名证书，请带上新的状态列表"))
        leaf = certificates.trusted(named[0], anchors, at=at)
        if not certificates.holds(leaf.key, self.signature, self.signed):
            raise Invalid(N_("签名与内容不符，内容被改动过"))
        return leaf.issuer


def kid(certificate: bytes) -> bytes:
    """How a certificate is named in few bytes: the beginning of its SHA-256."""
    return sha256(certificate).digest()[:8]


def seal(signer: Signer, issuer: Issuer, payload: bytes) -> bytes:
    """*payload* (CBOR) signed by *issuer*; the certificate itself is not in it."""
    pen = signer.pen(issuer)
    protected = cbor2.dumps({_ALG: _ES256, _KID: kid(pen.chain[0])}, canonical=True)
    signature = pen.sign(_structure(protected, payload))
    return cbor2.dumps(cbor2.CBORTag(SIGN1, [protected, {}, payload, signature]))


def opened(content: bytes) -> Sealed:
    """*content* taken apart. Raises Invalid unless it has the one form that ``seal`` makes."""
    try:
        tag = cbor2.loads(content)
        protected, loose, payload, signature = tag.value
        header = cbor2.loads(protected)
        again = cbor2.dumps(cbor2.CBORTag(SIGN1, [protected, {}, payload, signature]))
        if again != content or loose or header.keys() != {_ALG, _KID} or header[_ALG] != _ES256:
            raise ValueError("another form")
        return Sealed(
            bytes(header[_KID]), bytes(payload), _structure(protected, payload), bytes(signature)
        )
    except (*_BROKEN, AttributeError, cbor2.CBORDecodeError):
        raise Invalid(N_("二维码的内容不能读取")) from None


def fields(payload: bytes) -> dict[Any, Any]:
    """The CBOR map in *payload*. Raises Invalid."""
    try:
        found = cbor2.loads(payload)
    except (*_BROKEN, cbor2.CBORDecodeError):
        found = None
    if not isinstance(found, dict):
        raise Invalid(N_("二维码的内容不能读取"))
    return found


def _structure(protected: bytes, payload: bytes) -> bytes:
    """What is signed: Sig_structure (RFC 9052 4.4)."""
    return bytes(cbor2.dumps(["Signature1", protected, b"", payload]))
