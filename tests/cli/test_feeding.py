"""items import and export: every row, every wording is accounted for."""

import json
from pathlib import Path

import pytest

from servicehall.catalogue import items
from servicehall.kernel.settings import HOME
from servicehall.kernel.work import SYSTEM
from servicehall.wiring import Hall
from tests.cli.conftest import Run
from tests.feeds import dirt

FEED = HOME / "items" / "guangdong-2021.jsonl"
NURSE = "119901010000002388499012300200001"


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


def test_a_dirty_feed_comes_in_and_a_second_time_changes_nothing(
    run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    feed, report = tmp_path / "feed.jsonl", tmp_path / "report.json"
    feed.write_bytes(dirt.feed(300).content(encoding="gb18030", end="\r\n", mark=True))
    chosen = ("--scheme", "guangdong", "--report", report, "--encoding", "GBK")
    assert run("items", "import", feed, *chosen) == 0
    found = json.loads(report.read_text("utf8"))
    kept = found["accepted"] + found["mended"]
    assert found["rows"] == 300 == kept + found["refused"]
    assert f"{kept} entries changed" in capsys.readouterr().out
    assert run("items", "import", feed, *chosen) == 0
    assert "0 entries changed" in capsys.readouterr().out
    assert json.loads(report.read_text("utf8")) == found


@pytest.mark.parametrize(
    ("form", "scheme", "name"),
    [("jsonl", "hall", "o.jsonl"), ("csv", "hall", "o.csv"), ("national", "national", "o")],
)
def test_an_export_comes_back_and_changes_nothing(
    run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str], form: str, scheme: str, name: str
) -> None:
    out, report = tmp_path / name, tmp_path / "report.json"
    assert run("items", "export", out, "--format", form) == 0
    assert run("items", "import", out, "--scheme", scheme, "--report", report) == 0
    found = json.loads(report.read_text("utf8"))
    assert found["rows"] == found["accepted"] > 1500
    assert "0 entries changed" in capsys.readouterr().out


def test_what_can_be_applied_for_keeps_every_rule_and_its_place(
    run: Run, tmp_path: Path, opened: Hall
) -> None:
    out, report = tmp_path / "o.jsonl", tmp_path / "report.json"
    assert run("items", "export", out) == 0
    bodies = [json.loads(line) for line in out.read_text("utf8").splitlines()]
    nurse = next(body for body in bodies if body["code"] == NURSE)
    for change, reason in (({"steps": []}, "rules"), ({"applicable": False}, "applicable-here")):
        out.write_text(json.dumps({**nurse, **change, "name": "换掉"}), "utf8")
        assert run("items", "import", out, "--scheme", "hall", "--report", report) == 0
        found = json.loads(report.read_text("utf8"))
        assert (found["refused"], found["reasons"]) == (1, {reason: 1})
    with opened.work(SYSTEM) as work:
        assert items.current(work, NURSE).item.name == nurse["name"]


def test_an_encoding_that_is_none_is_refused(run: Run, tmp_path: Path) -> None:
    chosen = ("--scheme", "guangdong", "--report", tmp_path / "r", "--encoding", "latin-9")
    assert run("items", "import", FEED, *chosen) == 2
