"""Keys are made, rotated and listed; a root of one's own is taken in; each change is on record."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
)

from servicehall.cli import keyholding, witnessing
from servicehall.kernel.errors import Invalid
from servicehall.kernel.settings import Settings
from servicehall.signing import certifying
from servicehall.signing.signer import Signer
from tests.cli.conftest import Run
from tests.signing.token import PIN, device, needed, url

__all__ = ["device"]
HEALTH = "119901010000002388"


def listed(run: Run, capsys: pytest.CaptureFixture[str], code: str) -> list[list[str]]:
    assert run("keys", "list") == 0
    lines = [line.split("\t") for line in capsys.readouterr().out.splitlines()]
    return [line for line in lines if line[1] == code]


def test_a_rotation_keeps_the_old_certificate_for_verifying(
    run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    before = listed(run, capsys, "AUDIT")
    assert run("keys", "rotate", "AUDIT") == 0
    made = capsys.readouterr().out.strip().split("\t")
    after = listed(run, capsys, "AUDIT")
    assert [line[4] for line in after] == ["signs"] + ["verifies"] * len(before)
    assert after[0] == made
    assert run("keys", "new", "AUDIT") == 2
    assert "keys rotate" in capsys.readouterr().err


def test_a_department_is_given_an_sm2_key(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("keys", "rotate", HEALTH, "--sm2") == 2
    capsys.readouterr()
    assert run("keys", "new", HEALTH, "--sm2") == 0
    assert capsys.readouterr().out.startswith(f"SM2\t{HEALTH}\t")
    assert "SM2" in [line[0] for line in listed(run, capsys, HEALTH)]
    assert run("keys", "new", "NOBODY") == 2


def test_production_takes_a_root_of_ones_own_and_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    now = datetime.now(UTC)
    demo = certifying.make_root(key, "演示", now=now)
    name = x509.Name.from_rfc4514_string("CN=省政务根证书,C=CN")
    own = x509.CertificateBuilder(
        name, name, key.public_key(), 7, demo.not_valid_before_utc, demo.not_valid_after_utc
    )
    for extension in demo.extensions:
        own = own.add_extension(extension.value, critical=extension.critical)
    root = own.sign(key, SHA256())
    paths = {name: tmp_path / name for name in ("key", "root", "demo")}
    paths["root"].write_bytes(root.public_bytes(Encoding.PEM))
    paths["demo"].write_bytes(demo.public_bytes(Encoding.PEM))
    paths["key"].write_bytes(
        key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(b"words"))
    )
    monkeypatch.setenv("HALL_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("HALL_MODE", "production")
    monkeypatch.setattr("getpass.getpass", lambda prompt: "words")
    assert run_plain("keys", "adopt", paths["key"], paths["demo"]) == 2
    assert run_plain("keys", "adopt", paths["key"], paths["root"]) == 0
    from servicehall import wiring
    from servicehall.kernel.clock import SystemClock
    from servicehall.kernel.vault import Vault

    settings = Settings.load()
    signer = wiring.signer(settings, Vault.open(settings.folder / "keys"), SystemClock())
    assert signer.anchors() == (root.public_bytes(Encoding.DER),)
    plain = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    assert plain.startswith(b"-----BEGIN PRIVATE KEY")


def run_plain(*arguments: object) -> int:
    from servicehall.cli import main

    return main.main([str(one) for one in arguments])


def test_a_signer_whose_keys_are_its_own_business_is_told_apart(run: Run) -> None:
    with witnessing.opened(Settings.load()) as hall:
        hall.adapters[Signer] = object()  # type: ignore[index]
        with pytest.raises(Invalid):
            keyholding._keeper(hall, Signer)


@pytest.mark.tool
@needed
def test_a_hall_moves_its_keys_into_a_device(
    device: str, run: Run, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was signed while keys were in files stays believed; a wrong PIN opens nothing."""
    before = [line[-1] for line in listed(run, capsys, "AUDIT")]
    monkeypatch.setenv("HALL_SIGNER_URL", url("command"))
    assert run("keys", "list") == 2
    assert "HALL_SIGNER_PIN" in capsys.readouterr().err
    monkeypatch.setenv("HALL_SIGNER_PIN", "wrong-one")
    assert run("keys", "list") == 2
    said = capsys.readouterr()
    assert "不会再用它尝试" in said.err
    assert "wrong-one" not in said.out + said.err + repr(Settings.load())
    monkeypatch.setenv("HALL_SIGNER_PIN", PIN)
    assert run("keys", "new", "AUDIT") == 0
    assert run("keys", "rotate", "AUDIT") == 0
    capsys.readouterr()
    after = listed(run, capsys, "AUDIT")
    assert [line[4] for line in after] == ["signs", "verifies"]
    assert not {line[-1] for line in after} & set(before)
    assert run("log", "verify") == 0  # heads of both times
    assert run("fsck") == 0
