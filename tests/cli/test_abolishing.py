"""items lint: a superfluous proof is an error with its line; a feed is counted."""

import json
import shutil
from pathlib import Path

import pytest

from servicehall.kernel.settings import HOME
from tests.cli.conftest import Run

PROOF = """  - code: id_copy
    name: 居民身份证复印件
    source: government
    standard: 清晰
    why_needed: 一直如此
"""


def test_the_files_of_the_hall_ask_for_no_superfluous_proof(
    run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "report.json"
    assert run("items", "lint", "--json", out) == 0
    counted = json.loads(out.read_text("utf8"))
    assert counted["total"]["errors"] == 0
    assert counted["total"]["proofs_removed"] == counted["total"]["removed"] > 0
    assert "by_department" in capsys.readouterr().out


def test_a_superfluous_proof_is_an_error_with_its_line(
    run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "items"
    shutil.copytree(HOME / "items", folder)
    file = folder / "elderly-allowance.yaml"
    text = file.read_text("utf8").replace("materials:\n", f"materials:\n{PROOF}")
    file.write_text(text, "utf8")
    line = text.splitlines().index("  - code: id_copy") + 1
    for chosen in (folder, file):
        assert run("items", "lint", chosen) == 1
        said = capsys.readouterr().out
        assert said.startswith(f"elderly-allowance.yaml:{line}: id_copy: [exempt.possible]")
        assert "population.person" in said


def test_a_feed_is_counted_and_is_no_error(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    feed = HOME / "items" / "guangdong-2021.jsonl"
    assert run("items", "lint", feed) == 2
    assert run("items", "lint", feed, "--scheme", "guangdong") == 0
    assert "省级" in capsys.readouterr().out
