"""Keys in a device: what every signer promises, and a license from its issue to a rotated key."""

import subprocess
import threading

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

from servicehall.kernel.errors import Unavailable
from servicehall.licenses import proving
from servicehall.signing import certificates
from servicehall.signing.adapters.authority import LocalAuthority
from servicehall.signing.adapters.token import TokenKey, TokenP256, TokenSigner
from servicehall.signing.signer import Issuer, Keeper, Signer
from servicehall.signing.stamper import Stamper
from servicehall.transparency.checkpoints import LicenseHeads
from servicehall.verifying import verification
from servicehall.verifying.verdicts import Result
from tests.licenses.conftest import BUREAU, hall, license_type, order
from tests.signing.conftest import SECRET
from tests.signing.test_signer import _real_root
from tests.signing.token import PIN, device, needed, url

__all__ = ["device", "hall"]
pytestmark = [pytest.mark.tool, needed]


@pytest.fixture
def made(device, keys, clock):
    """Opens signers over one folder and one token."""
    held = []

    def signer(at=None, *, given=None, pin=PIN, **more):
        held.append(TokenSigner(given or url(), pin, at or keys, SECRET, clock, **more))
        return held[-1]

    yield signer
    for one in held:
        one.close()


def test_signs_verifiably_under_a_root_that_is_in_the_token_too(made, issuer, clock):
    signer = made()
    assert isinstance(signer, Keeper)
    signature = signer.pen(issuer).sign(b"content")
    assert (signer.algorithm, len(signature)) == ("ES256", 64)
    leaf, root = signer.pen(issuer).chain
    assert root in signer.anchors()
    found = certificates.trusted(leaf, signer.anchors(), at=clock.now())
    assert found.issuer == issuer
    assert found.holds(signature, b"content")
    assert not found.holds(signature, b"contents")


def test_keys_survive_a_restart_and_a_rotation_makes_a_new_pair(made, issuer, keys, clock):
    before = made()
    old, signature = before.pen(issuer).chain[0], before.pen(issuer).sign(b"content")
    before.close()
    signer = made()
    assert signer.pen(issuer).chain[0] == old
    new = signer.renew(issuer)
    assert signer.certificates(issuer) == [new, old]
    assert certificates.trusted(old, signer.anchors(), at=clock.now()).holds(signature, b"content")
    found = certificates.trusted(new, signer.anchors(), at=clock.now())
    assert found.holds(signer.pen(issuer).sign(b"content"), b"content")
    assert not found.holds(signature, b"content")
    for name in ("1", "2"):
        said = (keys / "issuers" / issuer.code / f"{name}.key").read_text()
        assert said.startswith("pkcs11:id=")
        assert "PRIVATE" not in said


def test_those_who_start_together_share_one_key(made, issuer):
    chains, signers = [], [made() for _ in range(4)]
    threads = [
        threading.Thread(target=lambda s=s: chains.append(s.pen(issuer).chain)) for s in signers
    ]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert (len(chains), len(set(chains))) == (4, 1)


def test_a_department_keeps_what_files_and_other_tokens_signed(made, issuer):
    assert made(besides=lambda: (b"a root of before",)).anchors()[1:] == (b"a root of before",)


def test_production_signs_under_a_root_taken_into_the_token(made, issuer, clock, tmp_path):
    key = ec.generate_private_key(ec.SECP256R1())
    signer = made(tmp_path / "real", production=True)
    with pytest.raises(RuntimeError, match="a root of your own"):
        signer.pen(issuer).sign(b"x")
    signer.adopt(key, _real_root(key, clock.now()))
    leaf = certificates.trusted(signer.pen(issuer).chain[0], signer.anchors(), at=clock.now())
    assert leaf.holds(signer.pen(issuer).sign(b"x"), b"x")
    made().pen(issuer)
    with pytest.raises(RuntimeError, match="refuses the demonstration root"):
        made(production=True)


def test_a_key_of_the_token_only_signs(made, issuer):
    key = made().safe.pair(issuer)[0].key
    assert isinstance(key, TokenKey)
    assert (key.curve.name, key.key_size) == ("secp256r1", 256)
    for act in (key.private_numbers, key.private_bytes, lambda: key.exchange(ec.ECDH(), None)):
        with pytest.raises(NotImplementedError):
            act()
    with pytest.raises(ValueError, match="SHA-256"):
        key.sign(b"", ec.ECDSA(hashes.SHA512()))


def test_a_key_file_that_is_none_of_the_token_is_named(made, issuer, keys):
    made().pen(issuer)
    (keys / "issuers" / issuer.code / "1.key").write_text("-----BEGIN ENCRYPTED PRIVATE KEY-----")
    with pytest.raises(RuntimeError, match=r"1\.key: it does not name a key in a token"):
        made().pen(issuer)
    with pytest.raises(TypeError):
        TokenP256(None).sign(ec.generate_private_key(ec.SECP256R1()), b"")


def test_the_pin_comes_from_a_file_or_a_setting_and_is_never_shown(made, tmp_path, issuer):
    file = tmp_path / "pin"
    file.write_text(PIN + "\n")
    assert made(given=url(pin_source=f"file:{file}"), pin="").pen(issuer).sign(b"x")
    wrong = {
        "needs a PIN": (url(), ""),
        "pin-source: .*FileNotFound": (url(pin_source=f"file:{tmp_path}/gone"), ""),
        "put the PIN in a file": (url(pin_value="1234-secret"), ""),
        "unknown: colour": (url(colour="red"), PIN),
        "missing: module-path": ("pkcs11:token=hall", PIN),
        "missing: token": ("pkcs11:?module-path=/x.so", PIN),
    }
    for why, (given, pin) in wrong.items():
        with pytest.raises(ValueError, match=why) as refused:
            made(given=given, pin=pin)
        assert "1234-secret" not in str(refused.value)


@pytest.fixture
def armed(hall, made):
    """A small hall whose keys are all in the token."""
    signer = made(hall.folder / "keys" / "token")
    hall.signer = signer
    hall.adapters |= {
        Signer: signer,
        LicenseHeads: LicenseHeads(hall.folder / "heads.jws", signer, hall.clock),
        Stamper: LocalAuthority(signer, hall.clock),
    }
    return hall


def test_a_license_outlives_the_key_it_was_signed_with(armed, tmp_path):
    """The bureau's key is in the device: it issues, changes its key, issues again; both are good."""
    first = armed.issue(order("C-1"))
    new = armed.signer.renew(Issuer(BUREAU, "示范市农业农村局"))
    second = armed.issue(order("C-2", renews=None, type=license_type(single=False)))
    with armed.work() as work:
        for license in (first, second):
            pdf = armed.store.get(license.pdf_key)
            told = verification.by_file(work, pdf)
            assert (told.result, told.genuine, told.same_file) == (Result.VALID, True, True)
            path = tmp_path / "license.pdf"
            path.write_bytes(pdf)
            said = subprocess.run(["pdfsig", path], capture_output=True, text=True, check=False)
            assert "Signature is Valid" in said.stdout
            assert "Total document signed" in said.stdout
        assert list(proving.breaches(work)) == []
    number = x509.load_der_x509_certificate(new).serial_number
    assert number != x509.load_der_x509_certificate(armed.signer.certificates(
        Issuer(BUREAU, "示范市农业农村局"))[1]).serial_number  # fmt: skip


def test_a_device_that_is_gone_leaves_no_half_license(armed):
    token = armed.signer._token
    token._session.close()
    with pytest.raises(Unavailable, match="什么都没有签发"):
        armed.issue(order("C-1"))
    assert not list(armed.store.keys())
    license = armed.issue(order("C-1"))  # the device is back: what was planned is finished
    assert license.state == "valid"
    with armed.work() as work:
        assert list(proving.breaches(work)) == []
