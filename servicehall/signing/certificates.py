"""Certificates (数字证书): who a leaf proves to be, under which root, for what use and when."""

from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from servicehall.kernel.clock import local
from servicehall.kernel.errors import Invalid, Unavailable
from servicehall.kernel.words import N_
from servicehall.signing import libcrypto, sm2
from servicehall.signing.signer import Issuer, Use

DEMO = "DEMO"  # organizational unit of a root that production refuses
SEAL = "电子印章"  # organizational unit of a certificate that is for seals only
Term = tuple[datetime, datetime]  # first and last moment in force
_ES256 = ec.ECDSA(SHA256())
_UNREADABLE = (ValueError, TypeError, x509.InvalidVersion, x509.DuplicateExtension, Warning)


class UnknownIssuer(Invalid):
    """The certificate was not given by a root that is believed, or not for this use or time."""


class Leaf(NamedTuple):
    """A certificate whose path was checked: whose it is, and the key it speaks for."""

    issuer: Issuer
    key: ec.EllipticCurvePublicKey | libcrypto.Key
    algorithm: str  # what this one's signatures are: ``SM2`` or ``ES256``

    def holds(self, signature: bytes, content: bytes) -> bool:
        """Whether *signature* (r||s) over *content* is this one's."""
        return holds(self.key, signature, content)


def read_roots(path: Path) -> tuple[bytes, ...]:
    """The root certificates (DER) in the PEM file at *path*. Raises ValueError naming the file."""
    try:
        found = x509.load_pem_x509_certificates(path.read_bytes())
    except ValueError:
        raise ValueError(f"{path}: no certificate in PEM form") from None
    return tuple(root.public_bytes(Encoding.DER) for root in found)


def es256_roots(roots: Iterable[bytes]) -> list[bytes]:
    """Those of *roots* (DER) whose signatures a program without SM2 can check."""
    return [one for one in roots if not sm2.is_sm2(x509.load_der_x509_certificate(one))]


def pem(root: bytes) -> str:
    """The certificate *root* (DER) in PEM form."""
    return x509.load_der_x509_certificate(root).public_bytes(Encoding.PEM).decode()


def is_demo(root: x509.Certificate) -> bool:
    """Whether *root* is a demonstration root."""
    units = root.subject.get_attributes_for_oid(NameOID.ORGANIZATIONAL_UNIT_NAME)
    return any(unit.value == DEMO for unit in units)


def issuer_of(certificate: x509.Certificate) -> Issuer:
    """Whose *certificate* says it is; UnknownIssuer where it says nothing."""
    found = [
        certificate.subject.get_attributes_for_oid(oid)
        for oid in (NameOID.SERIAL_NUMBER, NameOID.ORGANIZATION_NAME)
    ]
    if not all(found):
        raise UnknownIssuer(N_("签名证书里没有签发机构的代码和名称"))
    code, name = (str(attributes[0].value) for attributes in found)
    return Issuer(code, name, _use(certificate))


def trusted(leaf: bytes, anchors: Iterable[bytes], *, at: datetime, use: Use = "signing") -> Leaf:
    """Who *leaf* (DER) proves to be at the time of signing *at*.

    A leaf must be issued by one of *anchors* itself, both in force at *at*, not be an authority,
    and be meant for signatures of this *use* with a P-256 key (RFC 5280 6.1). Raises UnknownIssuer.
    """
    return _trusted(leaf, tuple(anchors), at, use)


@lru_cache(maxsize=256)
def _trusted(leaf: bytes, anchors: tuple[bytes, ...], at: datetime, use: Use) -> Leaf:
    """The same for all that is signed in one second."""
    found, (first, last), issuers = _checked(leaf, anchors)
    if not any(start <= at <= end for start, end in issuers):
        raise UnknownIssuer(N_("签名证书不是本大厅信任的根证书签发的"))
    if not first <= at <= last:
        raise UnknownIssuer(N_("签名时间不在签名证书的有效期内"))
    if found.issuer.use != use:
        raise UnknownIssuer(N_("签名证书的用途不是电子签名"))
    return found


def refuse_outside(leaf: bytes, at: datetime) -> None:
    """Nothing is signed under *leaf* (DER) but in its dates. Raises Unavailable.

    A clock that jumped and a certificate that ran out look alike: the words name both.
    """
    code, first, last = _dates(leaf)
    if not first <= at <= last:
        raise Unavailable(
            N_("%(code)s 的签名证书只在 %(first)s 至 %(last)s 有效，什么都没有签发；"
               "请核对服务器时钟，证书到期的用 keys rotate 更换"),
            code=code, first=f"{local(first):%Y-%m-%d %H:%M}", last=f"{local(last):%Y-%m-%d %H:%M}",
        )  # fmt: skip


@lru_cache(maxsize=256)
def _dates(leaf: bytes) -> tuple[str, datetime, datetime]:
    certificate = x509.load_der_x509_certificate(leaf)
    code = issuer_of(certificate).code
    return code, certificate.not_valid_before_utc, certificate.not_valid_after_utc


@lru_cache(maxsize=256)
def _checked(leaf: bytes, anchors: tuple[bytes, ...]) -> tuple[Leaf, Term, tuple[Term, ...]]:
    """What does not depend on the time: whose *leaf* is, when it is in force, and when those of
    *anchors* are that issued it."""
    certificate = _parsed(leaf)
    issuers = [a for a in map(x509.load_der_x509_certificate, anchors) if issued(certificate, a)]
    if not issuers:
        raise UnknownIssuer(N_("签名证书不是本大厅信任的根证书签发的"))
    key = _key(certificate)
    if not _for_signing(certificate) or key is None:
        raise UnknownIssuer(N_("签名证书的用途不是电子签名"))
    algorithm = "SM2" if isinstance(key, libcrypto.Key) else "ES256"
    found = Leaf(issuer_of(certificate), key, algorithm)
    return found, _term(certificate), tuple(map(_term, issuers))


def _key(certificate: x509.Certificate) -> ec.EllipticCurvePublicKey | libcrypto.Key | None:
    """The key, where it is one that we know: P-256, or SM2 in a certificate signed with SM2."""
    if sm2.is_sm2(certificate):
        try:
            return sm2.key_of(certificate)
        except ValueError:
            return None
    try:
        key = certificate.public_key()
    except UnsupportedAlgorithm:
        return None
    if isinstance(key, ec.EllipticCurvePublicKey) and isinstance(key.curve, ec.SECP256R1):
        return key
    return None


def holds(key: ec.EllipticCurvePublicKey | libcrypto.Key, signature: bytes, content: bytes) -> bool:
    """Whether *signature* (r||s) over *content* was made with the private half of *key*."""
    if len(signature) != 64:
        return False
    der = encode_dss_signature(int.from_bytes(signature[:32]), int.from_bytes(signature[32:]))
    if isinstance(key, libcrypto.Key):
        return libcrypto.holds(key, der, content)
    try:
        key.verify(der, content, _ES256)
    except InvalidSignature:
        return False
    return True


def _parsed(leaf: bytes) -> x509.Certificate:
    try:
        certificate = x509.load_der_x509_certificate(leaf)
        _ = certificate.extensions, certificate.subject  # parsed lazily: let it fail here
    except _UNREADABLE:
        raise UnknownIssuer(N_("签名证书不能读取")) from None
    return certificate


def issued(leaf: x509.Certificate, anchor: x509.Certificate) -> bool:
    """Whether *anchor* itself signed *leaf*. Raises Unavailable for SM2 where libcrypto has none."""
    if sm2.is_sm2(leaf) or sm2.is_sm2(anchor):
        return sm2.issued(leaf, anchor)
    try:
        leaf.verify_directly_issued_by(anchor)
    except (ValueError, TypeError, InvalidSignature, UnsupportedAlgorithm):
        return False
    return True


def _term(certificate: x509.Certificate) -> Term:
    return certificate.not_valid_before_utc, certificate.not_valid_after_utc


def _for_signing(certificate: x509.Certificate) -> bool:
    try:
        usage = certificate.extensions.get_extension_for_class(x509.KeyUsage).value
        limits = certificate.extensions.get_extension_for_class(x509.BasicConstraints).value
    except x509.ExtensionNotFound:
        return False
    return usage.digital_signature and usage.content_commitment and not limits.ca


def _use(certificate: x509.Certificate) -> Use:
    """What the certificate is for. Raises UnknownIssuer for a purpose that is none of ours."""
    try:
        purposes = certificate.extensions.get_extension_for_class(x509.ExtendedKeyUsage)
    except x509.ExtensionNotFound:
        units = certificate.subject.get_attributes_for_oid(NameOID.ORGANIZATIONAL_UNIT_NAME)
        return "sealing" if any(unit.value == SEAL for unit in units) else "signing"
    if purposes.critical and list(purposes.value) == [ExtendedKeyUsageOID.TIME_STAMPING]:
        return "timestamping"
    raise UnknownIssuer(N_("签名证书的用途不是电子签名"))
