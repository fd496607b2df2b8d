"""Every fault of every item file is found at once, in its file and on its line."""

import shutil
from pathlib import Path

import pytest

from servicehall.kernel.settings import HOME
from servicehall.revising import itemfiles


@pytest.fixture
def home(tmp_path: Path) -> Path:
    for folder in ("items", "licenses"):
        shutil.copytree(HOME / folder, tmp_path / folder)
    return tmp_path


def test_files_in_order_have_no_fault(home: Path) -> None:
    items, found = itemfiles.examined(home)
    assert set(items) == {path.stem for path in (home / "items").glob("*.yaml")}
    assert found == []


def test_a_file_that_cannot_be_read_does_not_hide_the_rules_of_others(home: Path) -> None:
    (home / "items" / "project-filing.yaml").write_text("code: [\n", "utf8")
    file = home / "items" / "nurse-registration.yaml"
    file.write_text(file.read_text("utf8").replace("education.degree", "education.nothing"), "utf8")
    line = file.read_text("utf8").splitlines().index("  - dataset: education.nothing") + 1
    items, found = itemfiles.examined(home)
    assert "project-filing" not in items
    assert found[0].startswith("project-filing.yaml:2: 不是正确的 YAML")
    assert f"nurse-registration.yaml:{line}: needs.1: [need.dataset]" in found[1]
    lines = [int(each.split(":")[1]) for each in found[1:]]
    assert lines == sorted(lines)
