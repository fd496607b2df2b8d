"""Certificates (数字证书): how roots and leaves are made, and who a leaf proves to be."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from servicehall.kernel.errors import Invalid
from servicehall.kernel.words import N_
from servicehall.signing.signer import Issuer, Use

ROOT_LIFE = timedelta(days=3652)
LEAF_LIFE = timedelta(days=1096)
DEMO = "DEMO"  # organizational unit of a root that production refuses
_UNREADABLE = (ValueError, TypeError, x509.InvalidVersion, x509.DuplicateExtension, Warning)
_SKEW = timedelta(hours=1)  # two computers of one hall need not agree to the second


class UnknownIssuer(Invalid):
    """The certificate was not given by a root that is believed, or not for this use or time."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """A certificate whose path was checked: whose it is, and the key it speaks for."""

    issuer: Issuer
    key: ec.EllipticCurvePublicKey


def make_root(key: ec.EllipticCurvePrivateKey, name: str, *, now: datetime) -> x509.Certificate:
    """A self-signed demonstration root, marked as such in its subject."""
    subject = _name(
        (NameOID.ORGANIZATION_NAME, "示范(演示)"),
        (NameOID.ORGANIZATIONAL_UNIT_NAME, DEMO),
        (NameOID.COMMON_NAME, name),
    )
    public = key.public_key()
    builder = (
        _builder(subject, subject, public, now, ROOT_LIFE)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(authority=True), critical=True)
        .add_extension(_authority(public), critical=False)
    )
    return builder.sign(key, SHA256())


def make_leaf(
    root: x509.Certificate,
    root_key: ec.EllipticCurvePrivateKey,
    key: ec.EllipticCurvePublicKey,
    issuer: Issuer,
    *,
    now: datetime,
) -> x509.Certificate:
    """A signing certificate of *issuer*: its code is the subject's serialNumber, X.520 2.5.4.5.

    The whole name stands in O; CN is cut at 64 bytes, which is all that X.509 readers allow it.
    """
    common = issuer.name.encode()[:64].decode(errors="ignore")
    subject = _name(
        (NameOID.ORGANIZATION_NAME, issuer.name),
        (NameOID.COMMON_NAME, common),
        (NameOID.SERIAL_NUMBER, issuer.code),
    )
    builder = (
        _builder(subject, root.subject, key, now, LEAF_LIFE)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(authority=False), critical=True)
        .add_extension(_authority(root_key.public_key()), critical=False)
    )
    if issuer.use == "timestamping":  # RFC 3161 2.3: critical, and the only purpose
        purpose = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
        builder = builder.add_extension(purpose, critical=True)
    return builder.sign(root_key, SHA256())


def read_roots(path: Path) -> tuple[bytes, ...]:
    """The root certificates (DER) in the PEM file at *path*. Raises ValueError naming the file."""
    try:
        found = x509.load_pem_x509_certificates(path.read_bytes())
    except ValueError:
        raise ValueError(f"{path}: no certificate in PEM form") from None
    return tuple(root.public_bytes(Encoding.DER) for root in found)


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
    certificate, found, issuers = _checked(leaf, tuple(anchors))
    if not any(_in_force(anchor, at) for anchor in issuers):
        raise UnknownIssuer(N_("签名证书不是本大厅信任的根证书签发的"))
    if not _in_force(certificate, at):
        raise UnknownIssuer(N_("签名时间不在签名证书的有效期内"))
    if found.issuer.use != use:
        raise UnknownIssuer(N_("签名证书的用途不是电子签名"))
    return found


@lru_cache(maxsize=256)
def _checked(
    leaf: bytes, anchors: tuple[bytes, ...]
) -> tuple[x509.Certificate, Leaf, list[x509.Certificate]]:
    """What does not depend on the time: the certificate, who it is of, which anchors issued it."""
    certificate = _parsed(leaf)
    issuers = [a for a in map(x509.load_der_x509_certificate, anchors) if issued(certificate, a)]
    if not issuers:
        raise UnknownIssuer(N_("签名证书不是本大厅信任的根证书签发的"))
    key = certificate.public_key()
    if not (
        _for_signing(certificate)
        and isinstance(key, ec.EllipticCurvePublicKey)
        and isinstance(key.curve, ec.SECP256R1)
    ):
        raise UnknownIssuer(N_("签名证书的用途不是电子签名"))
    return certificate, Leaf(issuer_of(certificate), key), issuers


def holds(key: ec.EllipticCurvePublicKey, signature: bytes, content: bytes) -> bool:
    """Whether *signature* (r||s) over *content* was made with the private half of *key*."""
    if len(signature) != 64:
        return False
    r, s = int.from_bytes(signature[:32]), int.from_bytes(signature[32:])
    try:
        key.verify(encode_dss_signature(r, s), content, ec.ECDSA(SHA256()))
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
    """Whether *anchor* itself signed *leaf*."""
    try:
        leaf.verify_directly_issued_by(anchor)
    except (ValueError, TypeError, InvalidSignature):
        return False
    return True


def _in_force(certificate: x509.Certificate, at: datetime) -> bool:
    return certificate.not_valid_before_utc <= at <= certificate.not_valid_after_utc


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
        return "signing"
    if purposes.critical and list(purposes.value) == [ExtendedKeyUsageOID.TIME_STAMPING]:
        return "timestamping"
    raise UnknownIssuer(N_("签名证书的用途不是电子签名"))


def _name(*parts: tuple[x509.ObjectIdentifier, str]) -> x509.Name:
    country = x509.NameAttribute(NameOID.COUNTRY_NAME, "CN")
    return x509.Name([country, *(x509.NameAttribute(oid, value) for oid, value in parts)])


def _builder(
    subject: x509.Name,
    issuer: x509.Name,
    key: ec.EllipticCurvePublicKey,
    now: datetime,
    life: timedelta,
) -> x509.CertificateBuilder:
    start = now.replace(microsecond=0) - _SKEW
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(start + life)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
    )


def _authority(key: ec.EllipticCurvePublicKey) -> x509.AuthorityKeyIdentifier:
    return x509.AuthorityKeyIdentifier.from_issuer_public_key(key)


def _usage(*, authority: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not authority,
        content_commitment=not authority,  # non-repudiation
        key_cert_sign=authority,
        crl_sign=authority,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )
