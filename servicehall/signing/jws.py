"""Envelopes (签名封装): compact JWS (RFC 7515), one algorithm, one form, nothing optional."""

import base64
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from servicehall.kernel.errors import Invalid
from servicehall.kernel.words import N_
from servicehall.signing import certificates
from servicehall.signing.certificates import Leaf
from servicehall.signing.signer import Issuer, Signer

ALGORITHM = "ES256"  # of our keys; what a document says about itself is only compared with it
_END = 253_402_300_800  # the year 10000, in seconds
LIMIT = 256 * 1024  # characters; a license has about 3,000


@dataclass(frozen=True, slots=True)
class Envelope:
    """A JWS taken apart, nothing in it believed yet."""

    payload: bytes
    leaf: bytes
    at: datetime
    signed: bytes
    signature: bytes

    def verify(self, anchors: Iterable[bytes]) -> Leaf:
        """Who signed it. Raises UnknownIssuer, or Invalid where it was altered."""
        leaf = certificates.trusted(self.leaf, anchors, at=self.at)
        if not certificates.holds(leaf.key, self.signature, self.signed):
            raise Invalid(N_("签名与内容不符，内容被改动过"))
        return leaf


def seal(signer: Signer, issuer: Issuer, payload: bytes, *, typ: str, now: datetime) -> str:
    """The compact JWS over exactly *payload*: the signer's certificate in ``x5c``, *now* in ``iat``.

    The same payload at the same second gives the same text.
    """
    leaf = base64.b64encode(signer.chain(issuer)[0]).decode()
    header = _canonical(
        {"alg": signer.algorithm, "iat": int(now.timestamp()), "typ": typ, "x5c": [leaf]}
    )
    signed = f"{_encoded(header)}.{_encoded(payload)}"
    return f"{signed}.{_encoded(signer.sign(issuer, signed.encode()))}"


def opened(text: str, *, typ: str, most: int = LIMIT) -> Envelope:
    """*text*, of at most so many characters, taken apart.

    Raises Invalid unless it has the one form that ``seal`` makes: other algorithms (``none``,
    HS256), other or repeated header members, and any second spelling of the same bytes are refused
    before a key is looked at.
    """
    parts = text.split(".") if len(text) <= most else []
    if len(parts) != 3:
        raise Invalid(N_("这不是一份签名的电子记录"))
    header, payload, signature = (_decoded(part) for part in parts)
    fields = _header(header)
    if fields.get("alg") != ALGORITHM or fields.get("typ") != typ:
        raise Invalid(N_("签名算法或记录类型不是本大厅使用的"))
    match fields:
        case {"iat": int(at), "x5c": [str(leaf)]} if len(fields) == 4 and 0 <= at < _END:
            certificate = _plain(leaf, b"+/")
            signed = f"{parts[0]}.{parts[1]}".encode()
            return Envelope(
                payload, certificate, datetime.fromtimestamp(at, UTC), signed, signature
            )
    raise Invalid(N_("签名记录的头部不正确"))


def _header(content: bytes) -> dict[str, Any]:
    try:
        fields = json.loads(content)
        if isinstance(fields, dict) and _canonical(fields) == content:
            return fields  # in canonical form: a repeated member would differ
    except (ValueError, RecursionError):
        pass
    raise Invalid(N_("签名记录的头部不正确"))


def _canonical(fields: dict[str, Any]) -> bytes:
    """A header in the one form of RFC 8785: it holds texts and a whole number, which JSON in C
    writes the same way. Whatever else is in it is refused by its kind."""
    return json.dumps(fields, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _encoded(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def _decoded(text: str) -> bytes:
    """Base64url in its one spelling: no padding, no loose bits, no other characters."""
    return _plain(text.replace("=", "!") + "=" * (-len(text) % 4), b"-_")


def _plain(text: str, alphabet: bytes) -> bytes:
    """Base64 that is what encoding its content gives again."""
    try:
        content = base64.b64decode(text, altchars=alphabet, validate=True)
    except ValueError:
        content = b""
    if base64.b64encode(content, altchars=alphabet).decode() != text:
        raise Invalid(N_("签名记录的编码不正确"))
    return content
