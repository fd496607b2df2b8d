"""Attaching: a file, a promise or the word to bring it; each only where the item allows it."""

from hashlib import sha256

import pytest

from servicehall.applying import attaching
from servicehall.kernel.errors import Conflict, Invalid, NotFound
from tests.cases.halls import ID_CARD, LABOR, NURSE, Scene
from tests.journeys.stage import PDF


@pytest.fixture(scope="module")
def draft(stage: Scene) -> str:
    return stage.begin("wang", NURSE)


def how(stage: Scene, key: str, code: str) -> str:
    with stage.work("auditor") as work:
        return attaching.material(stage.case(work, key), code)[0].how


def test_a_file_is_kept_under_a_name_of_our_own(stage: Scene, draft: str) -> None:
    with stage.work("wang") as work:
        case = stage.case(work, draft)
        row = attaching.upload(
            work, case, "health_report", name="C:\\我的\\体检\u202e.pdf", content=PDF
        )
        assert (row.how, row.file_type, row.file_size) == ("upload", "application/pdf", len(PDF))
        assert (row.file_name, row.sha256) == ("体检.pdf", sha256(PDF).hexdigest())
        assert attaching.content(work, row) == PDF


@pytest.mark.parametrize(
    ("name", "kept"),
    [("../../etc/passwd", "passwd"), ("a\r\nSet-Cookie: x.pdf", "aSet-Cookie: x.pdf"), ("\x00", "file"),
     ("字" * 200 + ".pdf", "字" * 76 + ".pdf"), ("<script>.pdf", "<script>.pdf")],
)  # fmt: skip
def test_a_name_is_only_words(stage: Scene, draft: str, name: str, kept: str) -> None:
    with stage.work("wang") as work:
        case = stage.case(work, draft)
        row = attaching.upload(work, case, "health_report", name=name, content=PDF)
        assert row.file_name == kept


def test_what_data_replace_comes_back_after_ones_own_file(stage: Scene, draft: str) -> None:
    assert how(stage, draft, "degree") == "registry"
    with stage.work("wang") as work:
        attaching.upload(work, stage.case(work, draft), "degree", name="毕业证.pdf", content=PDF)
    assert how(stage, draft, "degree") == "upload"
    with stage.work("wang") as work:
        row = attaching.remove(work, stage.case(work, draft), "degree")
        assert row.evidence["library"]
        with pytest.raises(NotFound):
            attaching.content(work, row)
    assert how(stage, draft, "degree") == "registry"


def test_promise_and_window_only_where_the_item_says(stage: Scene, draft: str) -> None:
    with stage.work("wang") as work:
        case = stage.case(work, draft)
        with pytest.raises(Invalid, match="不适用告知承诺"):
            attaching.promise(work, case, "health_report")
        with pytest.raises(Invalid, match="不能容缺后补"):
            attaching.bring(work, case, "health_report")
        with pytest.raises(NotFound):
            attaching.upload(work, case, "unknown", name="a.pdf", content=PDF)
    own = stage.begin("wang", ID_CARD)
    with stage.work("wang") as work:
        row = attaching.promise(work, stage.case(work, own), "loss")
        assert (row.how, "丢失" in row.evidence["promise"]) == ("promise", True)
    firm = stage.firm()
    key = stage.begin("li", LABOR, firm)
    with stage.work("li", firm) as work:
        assert attaching.bring(work, stage.case(work, key), "agreement").how == "window"


def test_nobody_else_and_not_after_submission(stage: Scene, draft: str) -> None:
    with stage.work("chen") as work, pytest.raises(NotFound):
        attaching.upload(work, stage.case(work, draft), "degree", name="a.pdf", content=PDF)
    stage.fill("wang", draft)
    stage.submit("wang", draft)
    for act in (attaching.remove, attaching.promise, attaching.bring):
        with stage.work("wang") as work, pytest.raises(Conflict):
            act(work, stage.case(work, draft), "health_report")
