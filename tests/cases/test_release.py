"""Publishing: changed files make new wordings once; open cases keep theirs; faults stop everything."""

import shutil
from pathlib import Path

import pytest

from servicehall.cases import release
from servicehall.catalogue import items
from servicehall.kernel.errors import Forbidden, Invalid
from servicehall.kernel.settings import HOME
from tests.cases.halls import NURSE, Scene


@pytest.fixture
def home(tmp_path: Path) -> Path:
    for folder in ("items", "licenses"):
        shutil.copytree(HOME / folder, tmp_path / folder)
    return tmp_path


def test_publishing_again_makes_nothing(stage: Scene, home: Path) -> None:
    with stage.work("items") as work:
        assert release.publish(work, home) == 0
        assert not work.unfinished
    with stage.work("clerk") as work, pytest.raises(Forbidden):
        release.publish(work, home)


def test_an_open_case_keeps_its_wording(stage: Scene, home: Path) -> None:
    key = stage.begin("wang", NURSE)
    file = home / "items" / "nurse-registration.yaml"
    file.write_text(file.read_text("utf8").replace("体检", "健康检查"), "utf8")
    with stage.work("items") as work:
        assert release.publish(work, home) == 1
    with stage.work("wang") as work:
        case = stage.case(work, key)
        assert items.current(work, NURSE).id != case.revision_id
        assert "体检" in case.item.model_dump_json()


def test_a_fault_is_said_with_its_file_and_nothing_is_published(stage: Scene, home: Path) -> None:
    assert release.problems(home) == ""
    file = home / "items" / "nurse-registration.yaml"
    file.write_text(file.read_text("utf8").replace("education.degree", "education.nothing"), "utf8")
    assert "nurse-registration: needs.1" in release.problems(home)
    with stage.work("items") as work, pytest.raises(Invalid, match="nurse-registration"):
        release.publish(work, home)
