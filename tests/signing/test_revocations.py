"""The revocation list names whose key was stolen, and openssl reads it."""

from datetime import timedelta

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec

from servicehall.signing import certifying, revocations


def test_a_list_is_the_roots_own_and_says_since_when(clock):
    key = ec.generate_private_key(ec.SECP256R1())
    root = certifying.make_root(key, "根", now=clock.now())
    since = clock.now() - timedelta(days=3)
    told = x509.load_der_x509_crl(
        revocations.listed(root, key, {77: since, 5: since}, now=clock.now())
    )
    assert told.is_signature_valid(key.public_key())
    assert told.issuer == root.subject
    assert sorted(one.serial_number for one in told) == [5, 77]
    found = told.get_revoked_certificate_by_serial_number(77)
    assert found.revocation_date_utc == since
    reason = found.extensions.get_extension_for_class(x509.CRLReason).value.reason
    assert reason is x509.ReasonFlags.key_compromise
    assert told.next_update_utc - clock.now() == revocations.LASTS


def test_a_later_list_has_a_greater_number(clock):
    key = ec.generate_private_key(ec.SECP256R1())
    root = certifying.make_root(key, "根", now=clock.now())
    numbers = []
    for _ in range(2):
        told = x509.load_der_x509_crl(revocations.listed(root, key, {}, now=clock.now()))
        numbers.append(told.extensions.get_extension_for_class(x509.CRLNumber).value.crl_number)
        clock.pass_days(1)
    assert numbers[0] < numbers[1]
