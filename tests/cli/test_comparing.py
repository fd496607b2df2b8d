"""items diff and items drift: differences in words, with an exit code."""

import json
import shutil
from pathlib import Path

import pytest

from servicehall.catalogue import publishing
from servicehall.cli.comparing import said
from servicehall.kernel.settings import HOME
from servicehall.kernel.work import SYSTEM
from servicehall.standard import loading
from servicehall.standard.differences import Change
from servicehall.wiring import Hall
from tests.cli.conftest import Run

NURSE = HOME / "items" / "nurse-registration.yaml"
CODE = "119901010000002388499012300200001"


def test_two_files_are_compared_in_words(
    run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("items", "diff", NURSE, NURSE) == 0
    assert capsys.readouterr().out == "items: no difference\n"
    new = tmp_path / "new.yaml"
    new.write_text(NURSE.read_text("utf8").replace("quota: ", "quota: 每年一百名；"), "utf8")
    assert run("items", "diff", NURSE, new) == 1
    assert capsys.readouterr().out.startswith("quota: 修改 数量限制：")


def test_wordings_of_the_past_are_compared(
    run: Run, opened: Hall, capsys: pytest.CaptureFixture[str]
) -> None:
    item = loading.read_named(HOME / "items")["nurse-registration"]
    with opened.work(SYSTEM) as work:
        publishing.publish(work, [item.model_copy(update={"visits": 1})])
        work.commit()
    assert run("items", "diff", f"{CODE}@1", f"{CODE}@2") == 1
    assert capsys.readouterr().out == "visits: 修改 到现场次数：0 → 1\n"
    assert run("items", "diff", CODE, f"{CODE}@2") == 0
    assert run("items", "diff", NURSE, f"{CODE}@1") == 0
    assert run("items", "diff", CODE, f"{CODE}@9") == 2
    assert run("items", "diff", "no-such-code", CODE) == 2


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (Change("materials.photo", "moved", 0, 2), "第 1 项 → 第 3 项"),
        (Change("promised.days", "changed", 5, 3), "承诺办结时限·天数：5 → 3"),
        (Change("fee", "removed", {"fen": 1}, None), '删除 收费：{"fen": 1}'),
        (Change("summary", "added", None, "长" * 200), "…"),
    ],
)
def test_each_kind_has_its_sentence(change: Change, words: str) -> None:
    assert words in said(change)


def test_drift_is_reported_by_level(
    run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("items", "drift") == 0
    capsys.readouterr()
    folder, out = tmp_path / "items", tmp_path / "drift.json"
    shutil.copytree(HOME / "items", folder)
    file = folder / "food-business-new.yaml"
    file.write_text(
        file.read_text("utf8").replace("statutory: {days: 10", "statutory: {days: 12"), "utf8"
    )
    assert run("items", "drift", folder, "--json", out) == 1
    told = capsys.readouterr().out
    assert "不允许" in told
    assert "县级: " in told
    report = json.loads(out.read_text("utf8"))
    assert report["levels"]["4"]["refused"] >= 1
    assert {row["code"] for row in report["rows"] if not row["allowed"]} == {
        "11990101000000318U499013100100001"
    }
