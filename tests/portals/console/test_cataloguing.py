"""Cataloguing pages: template, upload, matching preview, publishing; errors say where they are."""

import io

from tests.cases.halls import SignIn
from tests.sharing.sheets import ROWS, SHEET, told_of, workbook

CODE = "police.dogs"


def sent(content: bytes, name: str = "犬只.xlsx", code: str = CODE, serial: int = 1, **change):
    return {**told_of(code, serial, **change), "file": (io.BytesIO(content), name)}


def test_from_template_to_catalogue(sign_in: SignIn) -> None:
    police = sign_in("steward-police")
    template = police.get("/console/resources/template.xlsx")
    assert template.data.startswith(b"PK")
    assert "xlsx" in template.headers["Content-Disposition"]
    begun = police.post("/console/resources/new", data=sent(workbook()))
    assert begun.status_code == 302
    page = police.get(begun.location).text
    assert "养犬登记信息" in page
    assert "100%" in page
    assert "草稿" in police.get("/console/sharing").text
    assert sign_in("wang").get(f"/resources/{CODE}").status_code == 404
    form = told_of(CODE, 1, name="犬只登记信息")
    kept = police.post(begun.location, data={**form, "do": "save", "element-djrq": ""})
    assert kept.status_code == 302
    wrong = police.post(begun.location, data={**form, "do": "publish", "element-djrq": ""})
    assert wrong.status_code == 422
    assert "还没有选数据元" in wrong.text
    good = {**form, "do": "publish", "element-djrq": "record_date"}
    published = police.post(begun.location, data=good)
    assert published.location.endswith(f"/resources/{CODE}")
    public = sign_in("wang").get(f"/resources/{CODE}").text
    assert "犬只登记信息" in public
    assert "文件，按授权提供" in public
    assert police.post(f"/console/resources/{CODE}/withdraw").status_code == 302
    assert sign_in("wang").get(f"/resources/{CODE}").status_code == 404


def test_what_is_wrong_says_where_and_nothing_typed_is_lost(sign_in: SignIn) -> None:
    police = sign_in("steward-police")
    rows = [ROWS[0], ["姓名", "name", "照片", 50]]
    answer = police.post("/console/resources/new", data=sent(workbook(rows)))
    assert answer.status_code == 422
    assert "信息项:2: C:" in answer.text
    assert "数据类型只能是" in answer.text
    assert "养犬人的基本信息" in answer.text
    none = police.post("/console/resources/new", data=told_of(CODE, 1))
    assert none.status_code == 422
    assert "请选择要上传的表格" in none.text
    taken = police.post("/console/resources/new", data=sent(SHEET, "a.csv", "population.person"))
    assert taken.status_code == 409
    assert "已经有资源使用" in taken.text


def test_a_draft_is_thrown_away(sign_in: SignIn) -> None:
    police = sign_in("steward-police")
    data = sent(SHEET, "犬只.csv", "police.birds", 3)
    begun = police.post("/console/resources/new", data=data)
    assert police.post(f"{begun.location}/discard").status_code == 302
    assert police.get(begun.location).status_code == 404
