"""Certifying (签发证书): how root and leaf certificates are made, P-256 and SM2 alike."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from servicehall.signing import libcrypto, sm2
from servicehall.signing.certificates import DEMO, SEAL
from servicehall.signing.signer import Issuer, Use

ROOT_LIFE = timedelta(days=3652)
LEAF_LIFE = timedelta(days=1096)
_SKEW = timedelta(hours=1)  # two computers of one hall need not agree to the second
PrivateKey = ec.EllipticCurvePrivateKey | libcrypto.Key
PublicKey = ec.EllipticCurvePublicKey | libcrypto.Key


def make_root(key: PrivateKey, name: str, *, now: datetime) -> x509.Certificate:
    """A self-signed demonstration root, marked as such in its subject."""
    subject = _name(
        (NameOID.ORGANIZATION_NAME, "示范(演示)"),
        (NameOID.ORGANIZATIONAL_UNIT_NAME, DEMO),
        (NameOID.COMMON_NAME, name),
    )
    return _made(_Plan(subject, subject, now, ROOT_LIFE), key, key)


def make_leaf(
    root: x509.Certificate,
    root_key: PrivateKey,
    key: PrivateKey | PublicKey,
    issuer: Issuer,
    *,
    now: datetime,
) -> x509.Certificate:
    """A signing certificate of *issuer*: its code is the subject's serialNumber, X.520 2.5.4.5.

    The whole name stands in O; CN is cut at 64 bytes, which is all that X.509 readers allow it.
    """
    common = issuer.name.encode()[:64].decode(errors="ignore")
    unit = [(NameOID.ORGANIZATIONAL_UNIT_NAME, SEAL)] if issuer.use == "sealing" else []
    subject = _name(
        (NameOID.ORGANIZATION_NAME, issuer.name),
        *unit,
        (NameOID.COMMON_NAME, common),
        (NameOID.SERIAL_NUMBER, issuer.code),
    )
    return _made(_Plan(subject, root.subject, now, LEAF_LIFE, issuer.use), key, root_key)


@dataclass(frozen=True, slots=True)
class _Plan:
    """What a certificate is to say, whatever its key."""

    subject: x509.Name
    issuer: x509.Name
    now: datetime
    life: timedelta
    use: Use | None = None  # None: an authority

    @property
    def dates(self) -> tuple[datetime, datetime]:
        start = self.now.replace(microsecond=0) - _SKEW
        return start, start + self.life

    def extensions(self, own: bytes, above: bytes) -> list[tuple[x509.ExtensionType, bool]]:
        """Each extension, and whether it is critical; for the identifiers of the two keys."""
        authority = self.use is None
        limits = x509.BasicConstraints(ca=authority, path_length=0 if authority else None)
        found: list[tuple[x509.ExtensionType, bool]] = [
            (x509.SubjectKeyIdentifier(own), False),
            (limits, True),
            (_usage(authority=authority), True),
            (x509.AuthorityKeyIdentifier(above, None, None), False),
        ]
        if self.use == "timestamping":  # RFC 3161 2.3: critical, and the only purpose
            found.append((x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), True))
        return found


def _made(plan: _Plan, key: PrivateKey | PublicKey, signer: PrivateKey) -> x509.Certificate:
    """The certificate of *key* by *signer*, both of one kind."""
    extensions = plan.extensions(_identifier(key), _identifier(signer))
    if isinstance(key, libcrypto.Key) and isinstance(signer, libcrypto.Key):
        return sm2.certified(
            signer,
            key,
            subject=plan.subject,
            issuer=plan.issuer,
            serial=x509.random_serial_number(),
            dates=plan.dates,
            extensions=[x509.Extension(one.oid, critical, one) for one, critical in extensions],
        )
    if isinstance(key, libcrypto.Key) or isinstance(signer, libcrypto.Key):
        raise ValueError("a key and the authority above it are of one kind")
    start, end = plan.dates
    builder = (
        x509.CertificateBuilder()
        .subject_name(plan.subject)
        .issuer_name(plan.issuer)
        .public_key(_public(key))
        .serial_number(x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(end)
    )
    for one, critical in extensions:
        builder = builder.add_extension(one, critical=critical)
    return builder.sign(signer, SHA256())


def _public(
    key: ec.EllipticCurvePrivateKey | ec.EllipticCurvePublicKey,
) -> ec.EllipticCurvePublicKey:
    return key.public_key() if isinstance(key, ec.EllipticCurvePrivateKey) else key


def _identifier(key: PrivateKey | PublicKey) -> bytes:
    """The key identifier of RFC 5280 4.2.1.2."""
    if isinstance(key, libcrypto.Key):
        return sm2.identifier(key)
    return x509.SubjectKeyIdentifier.from_public_key(_public(key)).digest


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


def _name(*parts: tuple[x509.ObjectIdentifier, str]) -> x509.Name:
    country = x509.NameAttribute(NameOID.COUNTRY_NAME, "CN")
    return x509.Name([country, *(x509.NameAttribute(oid, value) for oid, value in parts)])
