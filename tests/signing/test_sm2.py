"""SM2 certificates: each link is signed by the one above, as ``openssl`` sees it too."""

import shutil
import subprocess
from datetime import timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding

from servicehall.kernel.errors import Unavailable
from servicehall.signing import certificates, certifying, libcrypto, sm2
from servicehall.signing.adapters.software import SoftwareSigner, SoftwareSm2Signer
from servicehall.signing.certificates import UnknownIssuer
from servicehall.signing.signer import Issuer
from tests.signing.conftest import SECRET


@pytest.fixture
def national(keys, clock):
    return SoftwareSm2Signer(keys / "sm2", SECRET, clock)


def der(certificate):
    return certificate.public_bytes(Encoding.DER)


def test_signs_verifiably_under_a_root_of_its_own(national, issuer, clock):
    leaf, root = national.pen(issuer).chain
    assert national.anchors() == (root,)
    found = certificates.trusted(leaf, [root], at=clock.now())
    assert (found.issuer, found.algorithm) == (issuer, "SM2")
    signature = national.pen(issuer).sign(b"content")
    assert len(signature) == 64
    assert found.holds(signature, b"content")
    assert not found.holds(signature, b"contents")
    assert certificates.is_demo(x509.load_der_x509_certificate(root))


def test_who_was_given_a_key_holds_one(national, issuer):
    assert not national.holds(issuer)
    assert national.anchors() == ()
    national.pen(issuer)
    assert national.holds(issuer)
    assert not national.holds(Issuer("12990100000001021A", "别的局"))


def test_a_seal_has_a_certificate_for_seals_only(national, issuer, clock):
    seal = Issuer(issuer.code, issuer.name, "sealing")
    leaf, root = national.pen(seal).chain
    assert not national.holds(issuer)
    assert certificates.trusted(leaf, [root], at=clock.now(), use="sealing").issuer == seal
    with pytest.raises(UnknownIssuer):
        certificates.trusted(leaf, [root], at=clock.now())


def test_es256_and_sm2_do_not_vouch_for_each_other(national, signer, issuer, clock):
    for leaf, roots in (
        (national.pen(issuer).chain[0], signer.anchors()),
        (signer.pen(issuer).chain[0], national.anchors()),
    ):
        with pytest.raises(UnknownIssuer):
            certificates.trusted(leaf, roots, at=clock.now())
    key = ec.generate_private_key(ec.SECP256R1())
    root = x509.load_der_x509_certificate(national.anchors()[0])
    with pytest.raises(ValueError, match="one kind"):
        certifying.make_leaf(root, libcrypto.generated(), key, issuer, now=clock.now())


def test_a_root_of_the_same_name_is_another_root(national, issuer, clock, tmp_path):
    double = SoftwareSm2Signer(tmp_path / "double", SECRET, clock)
    with pytest.raises(UnknownIssuer):
        certificates.trusted(
            double.pen(issuer).chain[0], [national.pen(issuer).chain[1]], at=clock.now()
        )


def test_every_byte_of_a_certificate_counts(national, issuer, clock):
    leaf, root = national.pen(issuer).chain
    for place in range(0, len(leaf), 7):
        altered = leaf[:place] + bytes([leaf[place] ^ 1]) + leaf[place + 1 :]
        with pytest.raises(UnknownIssuer):
            certificates.trusted(altered, [root], at=clock.now())
    for days in (-1, 1100):
        with pytest.raises(UnknownIssuer):
            certificates.trusted(leaf, [root], at=clock.now() + timedelta(days=days))


def test_a_certificate_of_another_kind_is_none_of_sm2(signer, issuer):
    leaf, root = map(x509.load_der_x509_certificate, signer.pen(issuer).chain)
    assert not sm2.is_sm2(leaf)
    assert not sm2.issued(leaf, root)
    with pytest.raises(ValueError, match="SM2"):
        sm2.key_of(leaf)


def test_without_sm2_nothing_is_said_about_such_a_certificate(national, issuer, clock, monkeypatch):
    leaf, root = national.pen(issuer).chain
    certificates._checked.cache_clear()

    def missing(*_):
        raise Unavailable(libcrypto.MISSING)

    monkeypatch.setattr(libcrypto, "loaded", missing)
    with pytest.raises(Unavailable):
        certificates.trusted(leaf, [root], at=clock.now())


def test_the_keys_are_encrypted_and_survive_a_restart(national, keys, clock, issuer):
    chain = national.pen(issuer).chain
    files = list((keys / "sm2").rglob("*.key"))
    assert len(files) == 2
    assert all(p.stat().st_mode & 0o777 == 0o600 for p in files)
    assert all(b"ENCRYPTED PRIVATE KEY" in p.read_bytes() for p in files)
    assert SoftwareSm2Signer(keys / "sm2", SECRET, clock).pen(issuer).chain == chain
    with pytest.raises(RuntimeError, match="master key"):
        SoftwareSm2Signer(keys / "sm2", b"t" * 32, clock).pen(issuer).sign(b"x")


def test_production_refuses_the_demonstration_root(national, keys, clock, issuer):
    national.pen(issuer)
    with pytest.raises(RuntimeError, match="refuses the demonstration root"):
        SoftwareSm2Signer(keys / "sm2", SECRET, clock, production=True)
    with pytest.raises(RuntimeError, match="a root of your own"):
        SoftwareSm2Signer(keys / "other", SECRET, clock, production=True).pen(issuer)


def test_who_believes_in_both_verifies_both(keys, national, issuer, clock):
    both = SoftwareSigner(keys, SECRET, clock, besides=national.anchors)
    before = len(both.anchors())
    leaf = national.pen(issuer).chain[0]
    assert len(both.anchors()) == before + 1
    assert certificates.trusted(leaf, both.anchors(), at=clock.now()).algorithm == "SM2"


@pytest.mark.tool
def test_openssl_verifies_each_link(national, issuer, tmp_path):
    """``openssl verify`` knows the usual identity for the certificate it is asked about."""
    if shutil.which("openssl") is None:
        pytest.skip("openssl is not installed")
    names = ("leaf", "root")
    for name, content in zip(names, national.pen(issuer).chain, strict=True):
        pem = x509.load_der_x509_certificate(content).public_bytes(Encoding.PEM)
        (tmp_path / name).write_bytes(pem)
    judged = subprocess.run(
        ["openssl", "verify", "-vfyopt", "distid:1234567812345678", "-attime", "1772352000",
         "-CAfile", str(tmp_path / "root"), str(tmp_path / "leaf")],
        capture_output=True,
    )  # fmt: skip
    assert judged.returncode == 0, judged.stderr
