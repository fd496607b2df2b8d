"""Envelopes (签名封装): JWS (RFC 7515) in one form: compact with ES256, or with SM2 beside it."""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, NamedTuple

import orjson
import pybase64

from servicehall.kernel import jcs
from servicehall.kernel.errors import Invalid
from servicehall.kernel.words import N_
from servicehall.signing import certificates
from servicehall.signing.certificates import Leaf
from servicehall.signing.signer import Issuer, Signer

ALGORITHM = "ES256"  # of our keys; what a document says about itself is only compared with it
SECOND = "SM2"  # beside it where the issuer has such a key (the name draft-dang-webauthn-sm2 uses)
_URL_SAFE = b"-_"
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
_LAST = {2: _LETTERS[::16], 3: _LETTERS[::4]}  # of so many letters over whole fours
_END = 253_402_300_800  # the year 10000, in seconds
LIMIT = 256 * 1024  # characters; a license has about 3,000


class Signature(NamedTuple):
    """One signature taken apart, nothing in it believed yet."""

    algorithm: str
    leaf: bytes
    at: datetime
    signed: bytes
    value: bytes

    def verify(self, anchors: Iterable[bytes]) -> Leaf:
        """Who made it. Raises UnknownIssuer, or Invalid where it does not hold."""
        leaf = certificates.trusted(self.leaf, anchors, at=self.at)
        if leaf.algorithm != self.algorithm or not leaf.holds(self.value, self.signed):
            raise Invalid(N_("签名与内容不符，内容被改动过"))
        return leaf


class Envelope(NamedTuple):
    """A JWS taken apart, nothing in it believed yet."""

    payload: bytes
    signatures: tuple[Signature, ...]

    @property
    def at(self) -> datetime:
        """When it says that it was signed."""
        return self.signatures[0].at

    @property
    def leaf(self) -> bytes:
        """The certificate (DER) of the first signature."""
        return self.signatures[0].leaf

    def verify(self, anchors: Iterable[bytes]) -> Leaf:
        """Who signed it: every signature holds, and all are of one issuer.

        Raises UnknownIssuer, Invalid where it was altered, Unavailable for SM2 that this computer
        cannot check.
        """
        roots = tuple(anchors)
        first = self.signatures[0].verify(roots)
        for other in self.signatures[1:]:
            if other.verify(roots).issuer != first.issuer:
                raise Invalid(N_("两个签名不是同一个机构的"))
        return first


def seal(
    signer: Signer,
    issuer: Issuer,
    payload: bytes,
    *,
    typ: str,
    now: datetime,
    second: Signer | None = None,
) -> str:
    """The JWS over exactly *payload*: each signer's certificate in ``x5c``, *now* in ``iat``.

    Compact, and with keys in files the same text for the same payload at the same second; with a
    *second* signer in the general JSON form (RFC 7515 7.2.1), its signature after the first.
    Raises Unavailable outside the dates of a certificate.
    """
    return sealer(signer, issuer, typ=typ, now=now, second=second)(payload)


def sealer(
    signer: Signer, issuer: Issuer, *, typ: str, now: datetime, second: Signer | None = None
) -> Callable[[bytes], str]:
    """What seals many payloads as ``seal`` does one: keys and headers are looked up once."""
    hands = [_hand(one, issuer, typ, now) for one in (signer, second) if one is not None]
    if second is None:
        ((protected, sign),) = hands

        def compact(payload: bytes) -> str:
            signed = f"{protected}.{_encoded(payload)}"
            return f"{signed}.{_encoded(sign(signed.encode()))}"

        return compact

    def general(payload: bytes) -> str:
        content = _encoded(payload)
        signatures = [
            {"protected": head, "signature": _encoded(sign(f"{head}.{content}".encode()))}
            for head, sign in hands
        ]
        return jcs.plain({"payload": content, "signatures": signatures}).decode()

    return general


def opened(text: str, *, typ: str, most: int = LIMIT) -> Envelope:
    """*text*, of at most so many characters, taken apart.

    Raises Invalid unless it has one of the two forms that ``seal`` makes: other algorithms
    (``none``, HS256), other or repeated members, and any second spelling of the same bytes are
    refused before a key is looked at.
    """
    if len(text) > most:
        raise Invalid(N_("这不是一份签名的电子记录"))
    if text.startswith("{"):
        payload, parts = _several(text)
    else:
        pieces = text.split(".")
        if len(pieces) != 3:
            raise Invalid(N_("这不是一份签名的电子记录"))
        payload, parts = pieces[1], [(pieces[0], pieces[2])]
    content = _decoded(payload)
    wanted = (ALGORITHM, SECOND)[: len(parts)]
    found = [_opened(*part, payload, typ, wants) for part, wants in zip(parts, wanted, strict=True)]
    return Envelope(content, tuple(found))


def _hand(
    signer: Signer, issuer: Issuer, typ: str, now: datetime
) -> tuple[str, Callable[[bytes], bytes]]:
    """The protected header of what *issuer* signs now, encoded, and what signs it."""
    pen = signer.pen(issuer)
    certificates.refuse_outside(pen.chain[0], now)
    return _protected(signer.algorithm, int(now.timestamp()), typ, pen.chain[0]), pen.sign


@lru_cache(maxsize=64)
def _protected(algorithm: str, at: int, typ: str, leaf: bytes) -> str:
    """The header, encoded: the same for all that one issuer signs in one second."""
    held = [pybase64.b64encode_as_string(leaf)]
    return _encoded(jcs.plain({"alg": algorithm, "iat": at, "typ": typ, "x5c": held}))


def _several(text: str) -> tuple[str, list[tuple[str, str]]]:
    """The payload and the two signatures of the general JSON form, in its one spelling."""
    match _header(text.encode()):
        case {
            "payload": str(payload),
            "signatures": [
                {"protected": str(first), "signature": str(one), **rest},
                {"protected": str(second), "signature": str(two), **more},
            ],
            **others,
        } if not (rest or more or others):
            return payload, [(first, one), (second, two)]
    raise Invalid(N_("签名记录的头部不正确"))


def _opened(protected: str, signature: str, payload: str, typ: str, algorithm: str) -> Signature:
    leaf, at = _headed(protected, typ, algorithm)
    return Signature(algorithm, leaf, at, f"{protected}.{payload}".encode(), _decoded(signature))


@lru_cache(maxsize=64)
def _headed(protected: str, typ: str, algorithm: str) -> tuple[bytes, datetime]:
    """Certificate (DER) and time of signing in a header: the same for all that is signed in one
    second. What it says is taken apart here; whether it is believed is not kept."""
    fields = _header(_decoded(protected))
    if fields.get("alg") != algorithm or fields.get("typ") != typ:
        raise Invalid(N_("签名算法或记录类型不是本大厅使用的"))
    match fields:
        case {"iat": int(at), "x5c": [str(leaf)]} if len(fields) == 4 and 0 <= at < _END:
            return _plain(leaf), datetime.fromtimestamp(at, UTC)
    raise Invalid(N_("签名记录的头部不正确"))


def _header(content: bytes) -> dict[str, Any]:
    try:
        fields = orjson.loads(content)
        if isinstance(fields, dict) and jcs.plain(fields) == content:
            return fields  # in canonical form: a repeated member would differ
    except ValueError:  # whatever else ``plain`` is not for is refused by its kind
        pass
    raise Invalid(N_("签名记录的头部不正确"))


def _encoded(content: bytes) -> str:
    return pybase64.b64encode_as_string(content, altchars=_URL_SAFE).rstrip("=")


def _decoded(text: str) -> bytes:
    """Base64url in its one spelling: no padding, no loose bits."""
    if "+" in text or "/" in text or text.endswith("="):  # the other alphabet, or filled up already
        raise Invalid(N_("签名记录的编码不正确"))
    return _spelled(text, text + "=" * (-len(text) % 4), _URL_SAFE)


def _plain(text: str) -> bytes:
    """Base64 in its one spelling."""
    return _spelled(text.rstrip("="), text, b"+/")


def _spelled(text: str, padded: str, last: bytes) -> bytes:
    """What *padded*, which is *text* with what fills it up, says with the *last* two letters of its
    alphabet. Raises Invalid where bits of its last letter say nothing (RFC 4648 3.5)."""
    try:
        content = pybase64.b64decode(padded, altchars=last, validate=True)
    except ValueError:
        content = None
    ends = _LAST.get(len(text) % 4)
    if content is None or (ends and text[-1] not in ends):
        raise Invalid(N_("签名记录的编码不正确"))
    return content
