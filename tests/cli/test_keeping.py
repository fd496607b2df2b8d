"""fsck, audit, backup, restore, doctor and license verify: their words and their exit codes."""

import json
import shutil
import sqlite3
import tarfile
from pathlib import Path

import pytest

from servicehall.applying import consenting
from servicehall.cli import witnessing
from servicehall.handling import acceptance
from servicehall.kernel.settings import Settings
from servicehall.kernel.work import SYSTEM
from servicehall.licenses import library, statuslist, wallet
from servicehall.transparency import evidence
from servicehall.wiring import Hall
from tests.cli.conftest import Run
from tests.crash.clients import ITEM
from tests.journeys.stage import Stage

embedded = pytest.mark.embedded  # the database is a file


@pytest.fixture
def license(opened: Hall, tmp_path: Path) -> Path:
    """The PDF of a license that the hall issued."""
    stage = Stage(opened)
    key = stage.applied("wang", ITEM)
    stage.accepted(key)
    stage.agreed("reviewer-fund", key)
    stage.granted("reviewer-fund", key)
    with stage.work("wang") as work:
        path = tmp_path / "license.pdf"
        path.write_bytes(library.pdf(work, wallet.mine(work)[0]))
    opened.close()
    return path


def test_a_hall_in_order_is_clean(
    run: Run, license: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("fsck") == 0
    assert capsys.readouterr().out == "fsck: clean\n"
    assert run("log", "verify") == 0
    assert "checkpoints, root" in capsys.readouterr().out


def test_fsck_says_what_is_broken(
    run: Run, license: Path, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    next((folder / "files" / "licenses").rglob("*.pdf")).unlink()
    assert run("fsck") == 1
    assert "NotFound" in capsys.readouterr().out


@embedded
def test_audit_verify_names_the_altered_entry(
    run: Run, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with sqlite3.connect(folder / "hall.db") as raw:
        raw.execute("DROP TRIGGER audit_entry_no_update")
        raw.execute("UPDATE audit_entry SET actor = 'x' WHERE id = 2")
    raw.close()
    assert run("log", "verify") == 1
    assert "audit entry 2 was altered" in capsys.readouterr().out
    assert run("fsck") == 1


def test_checkpoints_that_are_gone_or_forged_are_a_breach(
    run: Run, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    kept = folder / "checkpoints.jws"
    lines = kept.read_text().splitlines(keepends=True)
    kept.write_text("".join([*lines[:-1], lines[-1][:-9] + "AAAAAAAA\n"]))
    for command in (("log", "verify"), ("fsck",)):
        assert run(*command) == 1
        assert f"line {len(lines)}" in capsys.readouterr().out
    kept.unlink()
    assert run("fsck") == 1
    assert "no checkpoint was signed" in capsys.readouterr().out


@embedded
def test_an_empty_folder_is_no_clean_hall(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("HALL_DATA", str(tmp_path / "elsewhere"))
    for command in (("fsck",), ("log", "verify"), ("backup", tmp_path / "out.tar")):
        assert run(*command) == 2
    assert "没有政务服务大厅的数据" in capsys.readouterr().err
    assert not (tmp_path / "elsewhere").exists()
    assert not (tmp_path / "out.tar").exists()


def test_a_license_is_verified_and_an_altered_one_is_not(
    run: Run, license: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("license", "verify", license) == 0
    assert json.loads(capsys.readouterr().out)["result"] == "valid"
    content = bytearray(license.read_bytes())
    content[len(content) // 3] ^= 1
    license.write_bytes(bytes(content))
    assert run("license", "verify", license) == 1
    assert json.loads(capsys.readouterr().out)["result"] != "valid"
    assert run("license", "verify", license.with_name("none.pdf")) == 2


def test_a_license_is_verified_without_the_hall(
    run: Run, license: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root, status = tmp_path / "root.pem", tmp_path / "status.jwt"
    with witnessing.opened(Settings.load()) as hall, hall.work(SYSTEM) as work:
        root.write_bytes(evidence.roots(work))
        status.write_text(statuslist.signed(work))
    assert run("license", "verify", license, "--root", root) == 1
    assert json.loads(capsys.readouterr().out)["result"] == "status_stale"
    assert run("license", "verify", license, "--root", root, "--status", status) == 0
    assert json.loads(capsys.readouterr().out)["result"] == "valid"


def test_a_receipt_is_verified_from_its_file(
    run: Run, opened: Hall, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    stage = Stage(opened)
    key = stage.begin("wang", ITEM)
    file = tmp_path / "consent.jws"
    with stage.work("wang") as work:
        file.write_text(consenting.receipt(work, stage.case(work, key)))
    assert run("receipt", "verify", file) == 0
    assert json.loads(capsys.readouterr().out)["type"] == "consent"
    file.write_text(file.read_text().replace(".", ".A", 1))
    assert run("receipt", "verify", file) == 2


def test_the_doctor_says_what_does_not_work(
    run: Run, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("doctor") == 0
    assert "database, storage and signer work" in capsys.readouterr().out
    files = folder / "files"
    shutil.rmtree(files, ignore_errors=True)
    files.write_text("in the way")
    assert run("doctor") == 1
    assert "failing: storage" in capsys.readouterr().out


@embedded
def test_what_was_backed_up_is_restored_whole(
    run: Run, license: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    archive = tmp_path / "backup.tar"
    assert run("backup", archive) == 0
    assert archive.stat().st_mode & 0o777 == 0o600
    with tarfile.open(archive) as made:
        order = list(dict.fromkeys(name.split("/")[0] for name in made.getnames()))
    assert order == ["checkpoints.jws", "hall.db", "keys", "files"]
    assert run("restore", archive) == 2  # there is a hall already
    monkeypatch.setenv("HALL_DATA", str(tmp_path / "elsewhere"))
    assert run("restore", archive) == 0
    assert capsys.readouterr().out.endswith("fsck: clean\n")
    assert run("license", "verify", license) == 0


@embedded
def test_a_backup_under_way_while_the_hall_works_is_whole(
    run: Run, opened: Hall, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    """Acts between the parts of a backup: what is taken later may hold more, never less (D9)."""
    stage, right = Stage(opened), tarfile.TarFile.add

    def busy(
        archive: tarfile.TarFile, name: Path, arcname: str, *rest: object, **more: object
    ) -> None:
        right(archive, name, arcname, *rest, **more)  # type: ignore[arg-type]
        if "/" in arcname:  # a file inside a folder
            return
        key = stage.applied("wang", ITEM)
        stage.does("clerk", key, acceptance.accept)
        stage.agreed("reviewer-fund", key)
        stage.granted("reviewer-fund", key)
        opened.clock.forward(minutes=2)  # type: ignore[attr-defined] # a checkpoint after each

    monkeypatch.setattr(tarfile.TarFile, "add", busy)
    assert run("backup", tmp_path / "backup.tar") == 0
    monkeypatch.setattr(tarfile.TarFile, "add", right)
    monkeypatch.setenv("HALL_DATA", str(tmp_path / "elsewhere"))
    assert run("restore", tmp_path / "backup.tar") == 0
    assert capsys.readouterr().out.endswith("fsck: clean\n")


@embedded
def test_an_archive_with_a_way_out_is_refused(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HALL_DATA", str(tmp_path / "elsewhere"))
    for name in ("../out", "/out", "files/../../out", "other"):
        with tarfile.open(tmp_path / "bad.tar", "w") as made:
            made.addfile(tarfile.TarInfo(name))
        assert run("restore", tmp_path / "bad.tar") == 2
    with tarfile.open(tmp_path / "bad.tar", "w") as made:
        link = tarfile.TarInfo("files/link")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        made.addfile(link)
    assert run("restore", tmp_path / "bad.tar") == 2
    assert not (tmp_path / "out").exists()
