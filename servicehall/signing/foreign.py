"""Foreign tokens (外来令牌): compact JWTs signed by keys that are not the hall's, such as a wallet's."""

import base64
import hashlib
import json
from dataclasses import dataclass
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec

from servicehall.kernel.errors import Invalid
from servicehall.kernel.words import N_
from servicehall.signing import certificates

LIMIT = 64 * 1024  # characters


@dataclass(frozen=True, slots=True)
class Token:
    """A JWT taken apart; nothing in it is believed before ``signed_by`` says so."""

    header: dict[str, Any]
    claims: dict[str, Any]
    signed: bytes
    signature: bytes

    def signed_by(self, key: ec.EllipticCurvePublicKey) -> bool:
        """Whether the private half of *key* signed it, with ES256 and nothing else."""
        return self.header.get("alg") == "ES256" and certificates.holds(
            key, self.signature, self.signed
        )


def token(text: str, *, typ: str) -> Token:
    """The JWT *text* of media type *typ* (RFC 8725 3.11). Raises Invalid."""
    parts = text.split(".") if len(text) <= LIMIT else []
    if len(parts) != 3:
        raise Invalid(N_("这不是一份签名的令牌"))
    header, claims = fields(decoded(parts[0])), fields(decoded(parts[1]))
    if header.get("typ") != typ or "crit" in header:
        raise Invalid(N_("令牌的类型不正确"))
    return Token(header, claims, f"{parts[0]}.{parts[1]}".encode(), decoded(parts[2]))


def public_key(jwk: Any) -> ec.EllipticCurvePublicKey:
    """The P-256 key that *jwk* is (RFC 7518 6.2.1). Raises Invalid, also for a private one."""
    match jwk:
        case {"kty": "EC", "crv": "P-256", "x": str(x), "y": str(y)} if "d" not in jwk:
            numbers = ec.EllipticCurvePublicNumbers(
                int.from_bytes(decoded(x)), int.from_bytes(decoded(y)), ec.SECP256R1()
            )
            try:
                return numbers.public_key()
            except ValueError:  # not a point of the curve
                pass
    raise Invalid(N_("不是 P-256 公钥"))


def plain_jwk(jwk: Any) -> dict[str, str]:
    """The members of *jwk* that are the key, and no others."""
    return {name: str(jwk[name]) for name in ("kty", "crv", "x", "y")}


def fields(content: bytes) -> dict[str, Any]:
    """The JSON object in *content*. Raises Invalid, also where a member stands twice."""
    try:
        found = json.loads(content, object_pairs_hook=_once)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise Invalid(N_("令牌的内容不能读取"))
    return found


def decoded(text: str) -> bytes:
    """Base64url without padding (RFC 7515 2). Raises Invalid."""
    try:
        content = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except ValueError:
        content = b""
    if encoded(content) != text:
        raise Invalid(N_("令牌的编码不正确"))
    return content


def encoded(content: bytes) -> str:
    """Base64url without padding."""
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def digest(text: str) -> str:
    """The SHA-256 of ASCII *text* as base64url, as SD-JWT names disclosures (RFC 9901 4.2.3)."""
    return encoded(hashlib.sha256(text.encode("ascii", errors="replace")).digest())


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a member stands twice")
    return found
