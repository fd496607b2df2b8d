"""regions import: the list comes in once."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run


def test_the_list_comes_in_once(
    run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, code in (("provinces", "98"), ("cities", "9801"), ("areas", "980101"),
                       ("streets", "980101001")):  # fmt: skip
        text = json.dumps([{"code": code, "name": "样本"}])
        (tmp_path / f"{name}.json").write_text(text, "utf8")
    assert run("regions", "import", tmp_path) == 0
    assert capsys.readouterr().out == "4 regions = 4 added + 0 changed + 0 as they were\n"
    assert run("regions", "import", tmp_path) == 0
    assert "0 added + 0 changed + 4 as" in capsys.readouterr().out
    assert run("regions", "import", tmp_path / "none") == 2
