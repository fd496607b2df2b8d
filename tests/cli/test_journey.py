"""journey: the main job over HTTP, to a license that verifies; a broken step ends with 1."""

from pathlib import Path

import pytest

from servicehall.cli import journey
from tests.cli.conftest import Run


def test_the_journey_ends_with_a_license_that_verifies(
    run: Run, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("journey") == 0
    said = capsys.readouterr().out
    assert said.count(" ms\n") == 15
    license = folder / "journey" / "license.pdf"
    assert license.read_bytes().startswith(b"%PDF-")
    assert str(license) in said


def test_a_broken_step_is_named(
    run: Run, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(journey, "QUERY", "没有这件事")
    assert run("journey") == 1
    assert "中断：nothing found for 没有这件事" in capsys.readouterr().out
