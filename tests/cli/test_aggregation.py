"""``license import`` accounts for every line; ``license directory`` writes what goes up."""

import json
from pathlib import Path

import pytest

from servicehall.kernel.work import SYSTEM
from servicehall.licenses.schema import LicenseTypes
from servicehall.wiring import Hall
from tests.aggregating import feed
from tests.cli.conftest import Run


def test_in_and_up(
    run: Run, opened: Hall, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with opened.work(SYSTEM) as work:
        kind = work.use(LicenseTypes)[feed.DRIVER]
    good, bad = feed.row(kind), feed.row(kind, ZZBFRQ="yesterday")
    lines = [json.dumps(good, ensure_ascii=False), "<html>", json.dumps(bad, ensure_ascii=False)]
    file, out = tmp_path / "cards.jsonl", tmp_path / "up.jsonl"
    file.write_text("\n\n".join(lines), "utf8")
    told = ["license", "import", str(file), "--source", "POLICE/CARDS", "--trust", "B"]
    assert run(*told) == 1
    said = capsys.readouterr().out
    assert "3 rows = 1 added + 0 changed + 0 same + 2 refused" in said
    assert f"{file}:3: : html" in said
    assert f"{file}:5: ZZBFRQ: " in said
    assert run(*told) == 1
    assert "3 rows = 0 added + 0 changed + 1 same + 2 refused" in capsys.readouterr().out
    assert run("license", "directory", str(out), "--since", "2026-01-01") == 0
    assert "1 licenses" in capsys.readouterr().out
    (row,) = map(json.loads, out.read_text("utf8").splitlines())
    assert row["certificate_number"] == good["ZZBH"]
    assert run("license", "directory", str(out), "--since", "tomorrow") == 2
