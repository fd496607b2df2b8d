"""``log verify``: the whole record, one file against the root, and words for each that is wrong."""

import json
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import load_der_x509_certificate

from servicehall.kernel.audit import AuditEntry
from servicehall.kernel.work import SYSTEM as SOMEBODY
from servicehall.signing.signer import Signer
from servicehall.transparency import evidence
from servicehall.wiring import Hall
from tests.cli.conftest import Run


@pytest.fixture
def proof(opened: Hall, tmp_path: Path) -> Path:
    """A proof of the second entry, as it is downloaded."""
    path = tmp_path / "proof.json"
    with opened.work(SOMEBODY) as work:
        entry = work.session.get_one(AuditEntry, 2)
        path.write_text(evidence.inclusion(work, entry, named=True).model_dump_json())
    return path


def pinned(opened: Hall, path: Path) -> Path:
    """The root certificate as a person outside keeps it."""
    root = load_der_x509_certificate(opened.adapters[Signer].anchors()[0])
    path.write_bytes(root.public_bytes(Encoding.PEM))
    return path


def test_a_proof_is_verified_without_the_hall(
    run: Run, opened: Hall, proof: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    assert run("log", "verify", proof) == 0
    assert '"number": 2' in capsys.readouterr().out
    root = pinned(opened, tmp_path / "root.pem")
    monkeypatch.setenv("HALL_DATA", str(tmp_path / "nowhere"))
    assert run("log", "verify", proof, "--root", root) == 0
    assert "actor: system" in capsys.readouterr().out
    assert run("log", "verify", proof) == 2  # whose root should be believed?
    told = json.loads(proof.read_text())
    told["entry"]["subject"] = "another"
    proof.write_text(json.dumps(told))
    capsys.readouterr()
    assert run("log", "verify", proof, "--root", root) == 2
    assert "不在签名的日志里" in capsys.readouterr().err
    root.write_text("no certificate")
    assert run("log", "verify", proof, "--root", root) == 2


def test_two_checkpoints_are_held_to_each_other(
    run: Run, opened: Hall, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with opened.work(SOMEBODY) as work:
        for _ in range(2):
            opened.clock.forward(minutes=2)  # type: ignore[attr-defined]
            work.record("test.done", "s")
            work.commit()
        sizes = [one.head.length for one in opened.checkpoints.some(0, most=99)][-2:]
        told = evidence.consistency(work, *sizes).model_dump_json()
    path = tmp_path / "proof.json"
    path.write_text(told)
    assert run("log", "verify", path) == 0
    assert f"begins with the {sizes[0]} entries" in capsys.readouterr().out
