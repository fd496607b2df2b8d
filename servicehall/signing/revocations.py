"""Revocations (证书吊销列表): the CRL of our root (RFC 5280 5), made when it is asked for."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding

LASTS = timedelta(days=7)  # to its next update
_SKEW = timedelta(hours=1)


def listed(
    root: x509.Certificate,
    key: ec.EllipticCurvePrivateKey,
    revoked: Mapping[int, datetime],
    *,
    now: datetime,
) -> bytes:
    """The CRL (DER) of *root* signed with its *key*: the serial numbers *revoked*, their keys stolen
    at that time (keyCompromise, invalidityDate)."""
    start = now.replace(microsecond=0)
    builder = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(root.subject)
        .last_update(start - _SKEW)
        .next_update(start + LASTS)
        .add_extension(x509.CRLNumber(int(start.timestamp())), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(key.public_key()), critical=False
        )
    )
    for serial, since in sorted(revoked.items()):
        builder = builder.add_revoked_certificate(
            x509.RevokedCertificateBuilder()
            .serial_number(serial)
            .revocation_date(since)
            .add_extension(x509.CRLReason(x509.ReasonFlags.key_compromise), critical=False)
            .add_extension(x509.InvalidityDate(since.replace(tzinfo=None)), critical=False)
            .build()
        )
    return builder.sign(key, SHA256()).public_bytes(Encoding.DER)
