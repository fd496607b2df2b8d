"""A leaf is believed only if a pinned root made it, for signing, for that time."""

from datetime import timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding

from servicehall.signing import certificates, certifying
from servicehall.signing.certificates import UnknownIssuer, trusted


def der(certificate):
    return certificate.public_bytes(Encoding.DER)


@pytest.fixture
def root_key():
    return ec.generate_private_key(ec.SECP256R1())


@pytest.fixture
def root(root_key, clock):
    return certifying.make_root(root_key, "根", now=clock.now())


def test_a_root_of_the_same_name_is_another_root(root, issuer, clock):
    key = ec.generate_private_key(ec.SECP256R1())
    double = certifying.make_root(key, "根", now=clock.now())
    leaf = certifying.make_leaf(double, key, key.public_key(), issuer, now=clock.now())
    with pytest.raises(UnknownIssuer):
        trusted(der(leaf), [der(root)], at=clock.now())


def test_a_self_signed_leaf_and_the_root_itself_are_not_believed(root, clock):
    key = ec.generate_private_key(ec.SECP256R1())
    alone = certifying.make_root(key, "示范市农业农村局", now=clock.now())
    for leaf in (alone, root):
        with pytest.raises(UnknownIssuer):
            trusted(der(leaf), [der(root)], at=clock.now())


def test_only_in_force(root, root_key, issuer, clock):
    leaf = certifying.make_leaf(root, root_key, root_key.public_key(), issuer, now=clock.now())
    assert trusted(der(leaf), [der(root)], at=clock.now()).issuer == issuer
    for days in (-1, 1100, 5000):
        with pytest.raises(UnknownIssuer):
            trusted(der(leaf), [der(root)], at=clock.now() + timedelta(days=days))


def test_only_for_signing_with_p256(root, root_key, issuer, clock):
    def leaf(key, *extensions):
        subject = certifying.make_leaf(
            root, root_key, root_key.public_key(), issuer, now=clock.now()
        )
        builder = x509.CertificateBuilder(
            root.subject,
            subject.subject,
            key.public_key(),
            7,
            subject.not_valid_before_utc,
            subject.not_valid_after_utc,
        )
        for extension in extensions:
            builder = builder.add_extension(extension, critical=True)
        return der(builder.sign(root_key, SHA256()))

    plain = x509.BasicConstraints(ca=False, path_length=None)
    signing = certifying._usage(authority=False)
    p256 = ec.generate_private_key(ec.SECP256R1())
    assert trusted(leaf(p256, plain, signing), [der(root)], at=clock.now())
    for wrong in (
        leaf(p256),
        leaf(p256, plain),
        leaf(p256, plain, certifying._usage(authority=True)),
        leaf(p256, x509.BasicConstraints(ca=True, path_length=None), signing),
        leaf(ec.generate_private_key(ec.SECP384R1()), plain, signing),
        leaf(rsa.generate_private_key(65537, 2048), plain, signing),
    ):
        with pytest.raises(UnknownIssuer):
            trusted(wrong, [der(root)], at=clock.now())


def test_garbage_is_not_believed(root, root_key, issuer, clock):
    leaf = der(certifying.make_leaf(root, root_key, root_key.public_key(), issuer, now=clock.now()))
    for wrong in (b"", b"0", leaf[:-1], leaf + b"\0", b"x" * 1000):
        with pytest.raises(UnknownIssuer):
            trusted(wrong, [der(root)], at=clock.now())
    for position in range(len(leaf)):
        if leaf[position : position + 2] == b"\x00\x30":
            continue  # the count of unused bits before the signature: nobody reads it
        flipped = bytearray(leaf)
        flipped[position] ^= 1 << position % 8
        with pytest.raises(UnknownIssuer):
            trusted(bytes(flipped), [der(root)], at=clock.now())


def test_a_signature_of_wrong_size_does_not_hold(root_key):
    for signature in (b"", b"\0" * 64, b"\xff" * 64, b"\1" * 63, b"\1" * 65):
        assert not certificates.holds(root_key.public_key(), signature, b"x")
