"""Publishing: changed files make new wordings once; open cases keep theirs; faults stop everything."""

import shutil
from pathlib import Path

import pytest

from servicehall.catalogue import items, publishing
from servicehall.kernel.errors import Forbidden, Invalid
from servicehall.kernel.settings import HOME
from servicehall.kernel.work import SYSTEM
from servicehall.revising import release
from tests.cases.halls import NURSE, Scene


@pytest.fixture
def home(tmp_path: Path) -> Path:
    for folder in ("items", "licenses"):
        shutil.copytree(HOME / folder, tmp_path / folder)
    return tmp_path


def test_publishing_again_makes_nothing(stage: Scene, home: Path) -> None:
    with stage.hall.work(SYSTEM) as work:
        assert release.publish(work, home) == 0
        assert not work.unfinished
    for login in ("clerk", "items"):  # files come with a deployment, people publish drafts
        with stage.work(login) as work, pytest.raises(Forbidden):
            release.publish(work, home)


def test_an_open_case_keeps_its_wording(stage: Scene, home: Path) -> None:
    key = stage.begin("wang", NURSE)
    file = home / "items" / "nurse-registration.yaml"
    file.write_text(file.read_text("utf8").replace("体检", "健康检查"), "utf8")
    with stage.hall.work(SYSTEM) as work:
        assert release.publish(work, home) == 1
        work.commit()
    with stage.work("wang") as work:
        case = stage.case(work, key)
        assert items.current(work, NURSE).id != case.revision_id
        assert "体检" in case.item.model_dump_json()


def test_a_fault_is_said_with_its_file_and_nothing_is_published(stage: Scene, home: Path) -> None:
    assert release.problems(home) == ""
    file = home / "items" / "nurse-registration.yaml"
    file.write_text(file.read_text("utf8").replace("education.degree", "education.nothing"), "utf8")
    line = file.read_text("utf8").splitlines().index("  - dataset: education.nothing") + 1
    assert f"nurse-registration.yaml:{line}: needs.1: [need.dataset]" in release.problems(home)
    with stage.hall.work(SYSTEM) as work, pytest.raises(Invalid, match="nurse-registration"):
        release.publish(work, home)


def test_a_file_does_not_undo_what_people_published_since(stage: Scene, home: Path) -> None:
    file = home / "items" / "nurse-registration.yaml"
    with stage.hall.work(SYSTEM) as work:
        before = items.current(work, NURSE).item
        publishing.publish(work, [before.model_copy(update={"quota": "每年 100 名"})])
        work.commit()
        assert release.publish(work, HOME) == 0  # the file's wording was in force once
        assert items.current(work, NURSE).item.quota == "每年 100 名"
        file.write_text(file.read_text("utf8").replace("无数量限制", "每年 300 名"), "utf8")
        assert release.publish(work, home) == 1  # a wording that is new comes into force
        assert items.current(work, NURSE).item.quota == "每年 300 名"
        work.rollback()
