"""``evidence verify``: offline, against pinned roots, in words and by its exit code."""

import json
from pathlib import Path

import pytest

from servicehall.cli import main
from servicehall.signing import certificates
from servicehall.signing.signer import Signer
from tests.cases.halls import Scene
from tests.evidence.halls import case, hall, parts, stage, taken, whole

__all__ = ["case", "hall", "stage"]


@pytest.fixture
def file(stage: Scene, case: str, tmp_path: Path) -> Path:
    path = tmp_path / "evidence.json"
    path.write_bytes(taken(stage, case))
    return path


def told(capsys: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    found: list[dict[str, object]] = json.loads(capsys.readouterr().out)
    return found


def test_a_third_party_needs_the_file_and_the_roots_only(
    stage: Scene, file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    monkeypatch.setenv("HALL_DATA", str(stage.hall.settings.folder))
    roots = tmp_path / "root.pem"
    roots.write_text("".join(map(certificates.pem, stage.hall.adapters[Signer].anchors())))
    monkeypatch.setenv("HALL_DATA", str(tmp_path / "elsewhere"))
    assert main.main(["evidence", "verify", str(file), "--root", str(roots)]) == 0
    found = told(capsys)
    assert {one["holds"] for one in found} == {True}
    first = found[0]
    assert (first["dataset"], first["provider"]) == ("population.person", "示范区公安分局")
    assert first["records"]
    assert first["timestamped_by"] == "政务服务大厅时间戳服务"
    assert not (tmp_path / "elsewhere").exists()


def test_what_is_wrong_is_said_and_nothing_unproven_shown(
    stage: Scene, file: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("HALL_DATA", str(stage.hall.settings.folder))
    content = parts(file.read_bytes())
    content["exchanges"][0]["response"] = "e30.e30.e30"
    file.write_bytes(whole(content))
    assert main.main(["evidence", "verify", str(file)]) == 1
    first, *others = told(capsys)
    assert first == {
        "exchange": 1, "holds": False, "wrong": "答复不是部门签名的记录，或者被改动过",
    }  # fmt: skip
    assert all(one["holds"] for one in others)


def test_without_roots_and_without_a_hall_it_says_so(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("HALL_DATA", str(tmp_path / "elsewhere"))
    assert main.main(["evidence", "verify", str(file)]) == 2
    assert "没有政务服务大厅的数据" in capsys.readouterr().err
