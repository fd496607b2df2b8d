"""items check, import and export: every file, every row, every wording is accounted for."""

import json
import shutil
from pathlib import Path

import pytest

from servicehall.kernel.settings import HOME
from tests.cli.conftest import Run

FEED = HOME / "items" / "guangdong-2021.jsonl"


def test_the_files_of_the_hall_are_in_order(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("items", "check") == 0
    assert capsys.readouterr().out == "items: every file is in order\n"


def test_a_broken_file_is_named_with_its_line(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("items", "licenses"):
        shutil.copytree(HOME / name, tmp_path / name)
    broken = tmp_path / "items" / "nurse-registration.yaml"
    lines = broken.read_text("utf8").splitlines(keepends=True)
    number = next(n for n, line in enumerate(lines) if line.startswith("level:"))
    lines[number] = "level: many\n"
    broken.write_text("".join(lines), "utf8")
    monkeypatch.setenv("HALL_HOME", str(tmp_path))
    assert run("items", "check") == 1
    said = capsys.readouterr().out
    assert f"nurse-registration.yaml:{number + 1}" in said


def test_an_import_accounts_for_every_row(
    run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    feed, report = tmp_path / "feed.jsonl", tmp_path / "report.json"
    rows = FEED.read_text("utf8").splitlines()[:40]
    feed.write_text("\n".join([*rows, "<html>", "{}"]) + "\n", "utf8")
    assert run("items", "import", feed, "--scheme", "guangdong", "--report", report) == 0
    found = json.loads(report.read_text("utf8"))
    assert found["rows"] == found["accepted"] + found["mended"] + found["refused"] == 42
    assert found["refused_lines"][-2:] == [41, 42]
    assert "42 rows = " in capsys.readouterr().out


def test_an_unknown_scheme_is_refused(run: Run, tmp_path: Path) -> None:
    report = tmp_path / "report.json"
    assert run("items", "import", FEED, "--scheme", "mars", "--report", report) == 2
    assert not report.exists()


def test_an_export_holds_every_published_wording(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "items.jsonl"
    assert run("items", "export", out) == 0
    bodies = [json.loads(line) for line in out.read_text("utf8").splitlines()]
    assert len({(body["code"], body.get("handling", "")) for body in bodies}) == len(bodies) > 1500
