"""items check: every file is accounted for."""

import shutil
from pathlib import Path

import pytest

from servicehall.kernel.errors import Invalid
from servicehall.kernel.settings import HOME
from servicehall.kernel.work import SYSTEM
from servicehall.revising import release
from servicehall.wiring import Hall
from tests.cli.conftest import Run


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
