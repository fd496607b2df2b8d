"""items check, import and export: every file, every row, every wording is accounted for."""

import json
import shutil
from pathlib import Path

import pytest

from servicehall.cases import release
from servicehall.kernel.errors import Invalid
from servicehall.kernel.settings import HOME
from servicehall.kernel.work import SYSTEM
from servicehall.wiring import Hall
from tests.cli.conftest import Run

FEED = HOME / "items" / "guangdong-2021.jsonl"


def test_the_files_of_the_hall_are_in_order(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("items", "check") == 0
    assert capsys.readouterr().out == "items: every file is in order\n"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the declared files that a test may break."""
    for name in ("items", "licenses"):
        shutil.copytree(HOME / name, tmp_path / name)
    monkeypatch.setenv("HALL_HOME", str(tmp_path))
    return tmp_path


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("level: 4", "level: many", "level: "),
        ("level: 4", "level: 4\ncolour: red", "colour: 不认识这一项"),
        ("level: 4", "level: [4", "不是正确的 YAML"),
        ("    article: ", "    articles: ", "bases.0.article: 缺少这一项"),
        ("promised: {days: ", "promised: {days: 9", "promised: [limit.promise] "),
        ("    form: ", "    from: ", "materials.0.from: 不认识这一项"),
        ("code: ", 'code: "11990101000000318U499013100100001" #', "code: 实施编码与 food"),
    ],
)
def test_a_broken_file_is_named_with_its_line_and_nothing_is_published(
    run: Run, home: Path, opened: Hall, capsys: pytest.CaptureFixture[str],
    old: str, new: str, says: str,
) -> None:  # fmt: skip
    file = home / "items" / "nurse-registration.yaml"
    lines = file.read_text("utf8").splitlines()
    number = next(n for n, line in enumerate(lines) if line.lstrip("- ").startswith(old.lstrip()))
    lines[number] = lines[number].replace(old, new, 1)
    file.write_text("\n".join(lines) + "\n", "utf8")
    other = home / "items" / "elderly-allowance.yaml"  # sound, changed, and must wait all the same
    other.write_text(other.read_text("utf8").replace("高龄津贴申领", "高龄津贴"), "utf8")
    assert run("items", "check") == 1
    *said, count = capsys.readouterr().out.splitlines()
    assert any(line.startswith("nurse-registration.yaml:") and says in line for line in said), said
    places = [int(line.split(":")[1]) for line in said]
    assert any(abs(place - number - 1) <= 1 for place in places), said
    assert count == f"items: {len(said)} problems"
    with opened.work(SYSTEM) as work:
        with pytest.raises(Invalid):
            release.publish(work, home)
        assert not work.unfinished


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
