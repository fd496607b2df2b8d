"""What every Signer promises (promise-suite), proven on the embedded one."""

import os
import shutil
import subprocess
import threading
from datetime import timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec

from servicehall.kernel.errors import Invalid, StorageFull
from servicehall.signing import certificates, certifying
from servicehall.signing.adapters.software import SoftwareSigner
from servicehall.signing.signer import Issuer
from tests.signing.conftest import SECRET


def test_signs_the_same_each_time_and_verifiably(signer, issuer, clock):
    signature = signer.pen(issuer).sign(b"content")
    assert signer.algorithm == "ES256"
    assert len(signature) == 64
    assert signature == signer.pen(issuer).sign(b"content")
    leaf = certificates.trusted(signer.pen(issuer).chain[0], signer.anchors(), at=clock.now())
    assert leaf.issuer == issuer
    assert certificates.holds(leaf.key, signature, b"content")
    assert not certificates.holds(leaf.key, signature, b"contents")


def test_the_chain_ends_at_an_anchor_marked_as_demonstration(signer, issuer):
    leaf, root = signer.pen(issuer).chain
    assert root in signer.anchors()
    assert certificates.is_demo(x509.load_der_x509_certificate(root))
    assert not certificates.is_demo(x509.load_der_x509_certificate(leaf))
    assert "示范(演示)" in x509.load_der_x509_certificate(root).subject.rfc4514_string()


def test_each_issuer_has_a_key_of_its_own(signer, issuer):
    other = Issuer("AUDIT", "审计链")
    assert signer.pen(issuer).sign(b"x") != signer.pen(other).sign(b"x")


def test_keys_survive_a_restart(signer, keys, clock, issuer):
    again = SoftwareSigner(keys, SECRET, clock)
    assert signer.pen(issuer).chain == again.pen(issuer).chain
    assert signer.pen(issuer).sign(b"x") == again.pen(issuer).sign(b"x")


def test_those_who_start_together_share_one_key(keys, clock, issuer):
    chains = []
    signers = [SoftwareSigner(keys, SECRET, clock) for _ in range(6)]
    threads = [
        threading.Thread(target=lambda s=s: chains.append(s.pen(issuer).chain)) for s in signers
    ]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    assert len(chains) == 6
    assert len(set(chains)) == 1


def test_key_files_are_encrypted_and_private(signer, keys, clock, issuer):
    signer.pen(issuer).sign(b"x")
    files = [p for p in keys.rglob("*") if p.is_file()]
    assert sorted(p.name for p in files) == ["1.crt", "1.crt", "1.key", "1.key"]
    for path in files:
        assert path.stat().st_mode & 0o777 == 0o600
        if path.suffix == ".key":
            assert b"ENCRYPTED PRIVATE KEY" in path.read_bytes()
    with pytest.raises(RuntimeError, match="master key"):
        SoftwareSigner(keys, b"t" * 32, clock).pen(issuer).sign(b"x")


def test_a_new_key_takes_over_and_the_old_signatures_stay_good(signer, keys, clock, issuer):
    made_at, signature, old = (
        clock.now(),
        signer.pen(issuer).sign(b"x"),
        signer.pen(issuer).chain[0],
    )
    clock.pass_days(800)
    new = signer.pen(issuer).chain[0]
    assert new != old
    assert (keys / "issuers" / issuer.code / "1.crt").exists()
    leaf = certificates.trusted(old, signer.anchors(), at=made_at)
    assert certificates.holds(leaf.key, signature, b"x")


def test_a_pen_keeps_to_its_key_when_another_takes_over(signer, clock, issuer):
    """Certificate and signature belong together, whatever another process renews between them."""
    pen = signer.pen(issuer)
    signer.renew(issuer)
    assert signer.pen(issuer).chain[0] != pen.chain[0]
    leaf = certificates.trusted(pen.chain[0], signer.anchors(), at=clock.now())
    assert leaf.holds(pen.sign(b"x"), b"x")


def test_a_new_root_comes_in_time_and_the_old_stays_believed(signer, clock, issuer):
    made_at, (old, root) = clock.now(), signer.pen(issuer).chain
    clock.pass_days(365 * 8)
    assert signer.pen(issuer).chain[1] != root
    assert {root, signer.pen(issuer).chain[1]} == set(signer.anchors())
    assert certificates.trusted(old, signer.anchors(), at=made_at).issuer == issuer


def test_a_renamed_department_gets_a_new_certificate(signer, clock, issuer):
    renamed = Issuer(issuer.code, "示范市农业农村和水务局")
    first, second = signer.pen(issuer).chain[0], signer.pen(renamed).chain[0]
    assert first != second
    assert certificates.trusted(second, signer.anchors(), at=clock.now()).issuer == renamed


def test_a_clock_set_back_still_signs_in_force(signer, clock, issuer):
    signer.pen(issuer).sign(b"x")
    clock.pass_days(-400)
    leaf = signer.pen(issuer).chain[0]
    assert certificates.trusted(leaf, signer.anchors(), at=clock.now()).issuer == issuer


def test_a_key_without_its_certificate_is_completed(signer, keys, clock, issuer):
    before = signer.pen(issuer).sign(b"x")
    (keys / "issuers" / issuer.code / "1.crt").unlink()
    again = SoftwareSigner(keys, SECRET, clock)
    assert again.pen(issuer).sign(b"x") == before


def test_production_refuses_the_demonstration_root(signer, keys, clock, issuer, tmp_path):
    signer.pen(issuer)
    with pytest.raises(RuntimeError, match="refuses the demonstration root"):
        SoftwareSigner(keys, SECRET, clock, production=True)
    empty = SoftwareSigner(tmp_path / "real", SECRET, clock, production=True)
    for act in (empty.anchors, lambda: empty.pen(issuer).sign(b"x")):
        with pytest.raises(RuntimeError, match="a root of your own"):
            act()


def test_production_signs_under_an_adopted_root(keys, clock, issuer):
    key = ec.generate_private_key(ec.SECP256R1())
    own = _real_root(key, clock.now())
    signer = SoftwareSigner(keys, SECRET, clock, production=True)
    signer.adopt(key, own)
    leaf = signer.pen(issuer).chain[0]
    assert certificates.trusted(leaf, signer.anchors(), at=clock.now()).issuer == issuer
    with pytest.raises(RuntimeError, match="not a certificate for the key"):
        signer.adopt(ec.generate_private_key(ec.SECP256R1()), own)


def _real_root(key, now):
    demo = certifying.make_root(key, "x", now=now)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "Some City Root")])
    builder = x509.CertificateBuilder(
        name, name, key.public_key(), 1, demo.not_valid_before_utc, demo.not_valid_after_utc
    )
    constraints = x509.BasicConstraints(ca=True, path_length=0)
    return builder.add_extension(constraints, critical=True).sign(key, certificates.SHA256())


@pytest.mark.parametrize("code", ["", "../up", "a b", "root/x", "小"])
def test_a_code_is_never_a_path(signer, code):
    with pytest.raises(Invalid):
        signer.pen(Issuer(code, "部门")).sign(b"x")


def test_a_full_disk_is_said_so(signer, issuer, monkeypatch):
    def full(*_):
        raise OSError(28, "no room")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(StorageFull):
        signer.pen(issuer).sign(b"x")


def test_a_long_name_is_kept_whole(signer, clock):
    issuer = Issuer("11990100000001011X", "示范省示范市示范区住房和城乡建设局行政审批服务中心")
    leaf = signer.pen(issuer).chain[0]
    assert certificates.trusted(leaf, signer.anchors(), at=clock.now()).issuer == issuer


@pytest.mark.tool
@pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl is not installed")
def test_openssl_accepts_the_chain(signer, keys, clock, issuer):
    signer.pen(issuer)
    at = str(int((clock.now() + timedelta(days=1)).timestamp()))
    done = subprocess.run(
        [
            "openssl",
            "verify",
            "-x509_strict",
            "-attime",
            at,
            "-CAfile",
            keys / "root/1.crt",
            keys / "issuers" / issuer.code / "1.crt",
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
