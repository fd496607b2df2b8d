"""The account: messages in words, read once; every look with its number on the record; the export."""

import io
import zipfile

from servicehall.notices import outbox
from tests.cases.halls import ID_CARD, Scene, SignIn


def test_messages_are_read(stage: Scene, sign_in: SignIn) -> None:
    stage.applied("wang", ID_CARD)
    wang = sign_in("wang")
    page = wang.get("/mine/messages").text
    assert "您的申请“居民身份证补领”已提交" in page
    assert "%(item)s" not in page
    assert wang.post("/mine/messages/read").location == "/mine/messages"
    with stage.work("wang") as work:
        assert outbox.unread(work) == 0
    assert "居民身份证补领" not in sign_in("chen").get("/mine/messages").text


def test_who_looked_is_told(stage: Scene, sign_in: SignIn) -> None:
    key = stage.applied("chen", ID_CARD)
    sign_in("clerk").get(f"/window/cases/{key}")
    page = sign_in("chen").get("/mine/usage").text
    for words in ("查看办件", "查询共享数据", "综合窗口"):
        assert words in page
    assert "还没有人看过您的数据" in sign_in("li").get("/mine/usage").text


def test_everything_is_taken_away_in_one_archive(stage: Scene, sign_in: SignIn) -> None:
    key = stage.applied("wang", ID_CARD)
    answer = sign_in("wang").post("/mine/export")
    assert answer.content_type == "application/zip"
    with zipfile.ZipFile(io.BytesIO(answer.data)) as archive:
        assert archive.testzip() is None
        assert key in archive.read("case.json").decode()
    assert "my-data-2026-03-02.zip" in answer.headers["Content-Disposition"]
