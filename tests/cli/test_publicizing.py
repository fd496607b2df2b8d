"""``data publish``: a sheet is taken or refused with the field, and nothing in between."""

from pathlib import Path

import pytest

from tests.cli.conftest import Run


def test_a_sheet_is_taken_or_refused(
    run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sheet = tmp_path / "sheet.csv"
    sheet.write_text("uscc,name\nA,甲公司\n", "utf8")
    assert run("data", "publish", "legal.organization", sheet) == 0
    assert "1 rows" in capsys.readouterr().out
    sheet.write_text("uscc,representative_number\nA,1\n", "utf8")
    assert run("data", "publish", "legal.organization", sheet) == 2
    assert "representative_number 不是公开数据" in capsys.readouterr().err
    assert run("data", "publish", "population.person", sheet) == 2
    assert "没有这个开放数据集" in capsys.readouterr().err
