"""Electronic seals (电子印章, GB/T 38540-2020): a seal made once, and a document sealed with it.

Version 4, SM2 and SM3: the seal's maker signs DER(eSealInfo), which names the certificates that may
use the seal; whoever seals signs the digest of the document's list of digests.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from asn1crypto import core
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

from servicehall.kernel.errors import Invalid
from servicehall.kernel.words import N_
from servicehall.signing import certificates, libcrypto
from servicehall.signing.certificates import UnknownIssuer
from servicehall.signing.signer import Issuer, Pen, Signer

ALGORITHM = "1.2.156.10197.1.501"  # SM2 with SM3 (GM/T 0006)
DIGEST = "1.2.156.10197.1.401"  # SM3
MAKER = Issuer("SEAL", "政务服务大厅电子印章制作")
LIFE = timedelta(days=365)  # of a seal; a new one is made for every document
_VERSION, _UNIT_SEAL, _CERTIFICATES = 4, 1, 1
_BROKEN = (ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError)


class _Header(core.Sequence):  # type: ignore[misc]
    _fields = [("id", core.IA5String), ("version", core.Integer), ("vid", core.IA5String)]


class _Certificates(core.SequenceOf):  # type: ignore[misc]
    _child_spec = core.OctetString


class _Property(core.Sequence):  # type: ignore[misc]
    _fields = [
        ("type", core.Integer), ("name", core.UTF8String), ("list_type", core.Integer),
        ("certificates", _Certificates), ("created", core.GeneralizedTime),
        ("valid_from", core.GeneralizedTime), ("valid_to", core.GeneralizedTime),
    ]  # fmt: skip


class _Picture(core.Sequence):  # type: ignore[misc]
    _fields = [
        ("type", core.IA5String), ("data", core.OctetString), ("width", core.Integer),
        ("height", core.Integer),
    ]  # fmt: skip


class _SealInfo(core.Sequence):  # type: ignore[misc]
    _fields = [
        ("header", _Header), ("seal_id", core.IA5String), ("property", _Property),
        ("picture", _Picture),
    ]  # fmt: skip


class Seal(core.Sequence):  # type: ignore[misc]
    """SESeal: the seal itself and its maker's signature."""

    _fields = [
        ("info", _SealInfo), ("certificate", core.OctetString),
        ("algorithm", core.ObjectIdentifier), ("signature", core.BitString),
    ]  # fmt: skip


class _ToSign(core.Sequence):  # type: ignore[misc]
    _fields = [
        ("version", core.Integer), ("seal", Seal), ("time", core.GeneralizedTime),
        ("digest", core.BitString), ("property", core.IA5String),
    ]  # fmt: skip


class _Sealed(core.Sequence):  # type: ignore[misc]
    _fields = [
        ("to_sign", _ToSign), ("certificate", core.OctetString),
        ("algorithm", core.ObjectIdentifier), ("signature", core.BitString),
    ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Picture:
    """How the seal looks: its file (``ofd``) and its size in millimetres."""

    kind: str
    content: bytes
    width: int
    height: int


def make(signer: Signer, issuer: Issuer, picture: Picture, *, name: str, now: datetime) -> Seal:
    """A seal of *issuer*, who alone may use it, signed by the hall's seal maker.

    Raises Unavailable outside the dates of either certificate.
    """
    certificate, maker = signer.pen(issuer).chain[0], signer.pen(MAKER)
    for one in (certificate, maker.chain[0]):
        certificates.refuse_outside(one, now)
    info = _SealInfo(
        {
            "header": {"id": "ES", "version": _VERSION, "vid": "servicehall"},
            "seal_id": f"{issuer.code}{int(now.timestamp())}",
            "property": {
                "type": _UNIT_SEAL, "name": name, "list_type": _CERTIFICATES,
                "certificates": [certificate], "created": _second(now), "valid_from": _second(now),
                "valid_to": _second(now + LIFE),
            },
            "picture": {
                "type": picture.kind, "data": picture.content, "width": picture.width,
                "height": picture.height,
            },
        }
    )  # fmt: skip
    return Seal({"info": info, **_signed(maker, info.dump())})


def seal(
    signer: Signer, issuer: Issuer, made: Seal, content: bytes, *, place: str, now: datetime
) -> bytes:
    """SES_Signature (DER) over *content*, which lies at *place* in the document. Raises Unavailable
    outside the dates of the certificate."""
    pen = signer.pen(issuer)
    certificates.refuse_outside(pen.chain[0], now)
    to_sign = _ToSign(
        {
            "version": _VERSION, "seal": made, "time": _second(now),
            "digest": _bits(libcrypto.sm3(content)), "property": place,
        }
    )  # fmt: skip
    return bytes(_Sealed({"to_sign": to_sign, **_signed(pen, to_sign.dump())}).dump())


def verified(sealed: bytes, content: bytes, anchors: tuple[bytes, ...]) -> Issuer:
    """Who sealed *content* (SES_Signature *sealed*). Raises UnknownIssuer for a signer or a maker
    that is not believed, for one whose seal it is not, or a seal past its time; Invalid where
    anything was altered. Raises Unavailable where there is no SM2."""
    try:
        found = _Sealed.load(sealed, strict=True)
        to_sign, made = found["to_sign"], found["to_sign"]["seal"]
        at, info = to_sign["time"].native, made["info"]
        versions = (to_sign["version"].native, info["header"]["version"].native)
        dates = [info["property"][name].native for name in ("valid_from", "valid_to")]
        users = [one.native for one in info["property"]["certificates"]]
        maker = _proven(made, info.dump(), anchors, dates[0], use="signing")
        user = _proven(found, to_sign.dump(), anchors, at, use="sealing")
        if versions != (_VERSION, _VERSION) or to_sign["digest"].native != _native(content):
            raise ValueError("another content")
    except _BROKEN:
        raise Invalid(N_("签名与文件内容不符，文件被改动过")) from None
    if maker.code != MAKER.code or found["certificate"].native not in users:
        raise UnknownIssuer(N_("印章不是本大厅制作的，或不是签章部门的"))
    if not dates[0] <= at <= dates[1]:
        raise UnknownIssuer(N_("盖章时印章不在有效期内"))
    return user


def _proven(
    part: Any, content: bytes, anchors: tuple[bytes, ...], at: datetime, *, use: Any
) -> Issuer:
    """Whose signature over *content* stands in *part*. Raises ValueError where it does not hold."""
    leaf = certificates.trusted(part["certificate"].native, anchors, at=at, use=use)
    mark = part["signature"]
    whole = bytes(mark.contents[1:]) if mark.contents[:1] == b"\0" else b""
    known = part["algorithm"].dotted == ALGORITHM and isinstance(leaf.key, libcrypto.Key)
    if not known or not libcrypto.holds(leaf.key, whole, content):  # type: ignore[arg-type]
        raise ValueError("another signature")
    return leaf.issuer


def _signed(pen: Pen, content: bytes) -> dict[str, Any]:
    raw = pen.sign(content)
    der = encode_dss_signature(int.from_bytes(raw[:32]), int.from_bytes(raw[32:]))
    return {
        "certificate": pen.chain[0], "algorithm": ALGORITHM, "signature": _bits(der),
    }  # fmt: skip


def _bits(content: bytes) -> core.BitString:
    return core.BitString(contents=b"\0" + content)


def _native(content: bytes) -> Any:
    return _bits(libcrypto.sm3(content)).native


def _second(moment: datetime) -> datetime:
    return moment.replace(microsecond=0)
