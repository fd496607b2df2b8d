"""SM2 certificates (国密证书): made and checked link by link with the system's libcrypto.

``cryptography`` reads such a certificate but knows neither its key nor its signature; OpenSSL's own
chain building applies the signer's identity to the leaf only, so each link is verified here.
"""

from collections.abc import Sequence
from datetime import datetime

from asn1crypto import core, keys
from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from servicehall.signing import libcrypto
from servicehall.signing.libcrypto import Key

ALGORITHM = "1.2.156.10197.1.501"  # SM2 with SM3 (GM/T 0006-2012)
_SPKI_HEAD = bytes.fromhex("06082a811ccf5501822d")  # the named curve, 1.2.156.10197.1.301


def is_sm2(certificate: x509.Certificate) -> bool:
    """Whether its signature says that it was made with SM2."""
    return certificate.signature_algorithm_oid.dotted_string == ALGORITHM


def key_of(certificate: x509.Certificate) -> Key:
    """The public key that *certificate* is for. Raises ValueError where that is not SM2."""
    spki = asn1.Certificate.load(certificate.public_bytes(Encoding.DER)).public_key.dump()
    if _SPKI_HEAD not in spki[:32]:
        raise ValueError("not an SM2 key")
    return libcrypto.loaded(spki)


def issued(leaf: x509.Certificate, anchor: x509.Certificate) -> bool:
    """Whether *anchor* itself signed *leaf*, with SM2. Raises Unavailable where nobody can tell."""
    if not is_sm2(leaf) or not is_sm2(anchor) or leaf.issuer != anchor.subject:
        return False
    try:
        return libcrypto.holds(key_of(anchor), leaf.signature, leaf.tbs_certificate_bytes)
    except ValueError:
        return False


def certified(
    signer: Key,
    key: Key,
    *,
    subject: x509.Name,
    issuer: x509.Name,
    serial: int,
    dates: tuple[datetime, datetime],
    extensions: Sequence[x509.Extension[x509.ExtensionType]],
) -> x509.Certificate:
    """The certificate of *key* signed by *signer*; names and extensions as ``cryptography`` has them."""
    algorithm = {"algorithm": ALGORITHM}
    start, end = (asn1.Time({"utc_time": moment}) for moment in dates)
    body = asn1.TbsCertificate(
        {
            "version": "v3",
            "serial_number": serial,
            "signature": algorithm,
            "issuer": asn1.Name.load(issuer.public_bytes()),
            "validity": {"not_before": start, "not_after": end},
            "subject": asn1.Name.load(subject.public_bytes()),
            "subject_public_key_info": keys.PublicKeyInfo.load(libcrypto.public(key)),
            "extensions": [
                {
                    "extn_id": one.oid.dotted_string,
                    "critical": one.critical,
                    "extn_value": core.ParsableOctetString(one.value.public_bytes()),
                }
                for one in extensions
            ],
        }
    )
    made = asn1.Certificate(
        {
            "tbs_certificate": body,
            "signature_algorithm": algorithm,
            "signature_value": libcrypto.signed(signer, body.dump()),
        }
    )
    return x509.load_der_x509_certificate(made.dump())


def identifier(key: Key) -> bytes:
    """The key identifier (RFC 5280 4.2.1.2, the first method's length, by SM3)."""
    return libcrypto.sm3(libcrypto.public(key))[:20]
