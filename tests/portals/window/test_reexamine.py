"""Reexamine pages: the owner corrects, the issuer decides, the holder reads it on the license."""

from servicehall.licenses import wallet
from tests.cases.halls import Scene, SignIn

SCHOOL = "education.degree.school"


def test_from_wrong_data_to_a_new_license(stage: Scene, sign_in: SignIn) -> None:
    case = stage.granted_nurse()
    wang, health = sign_in("wang"), sign_in("reviewer-health")
    sent = wang.post(f"/mine/cases/{case}/facts/{SCHOOL}/dispute", data={"said": "学校写错了"})
    where = sent.location.rpartition("/")[2]
    owner = sign_in("reviewer-education")
    assert "更正后的值" in owner.get(f"/window/disputes/{where}").text
    answer = {"result": "corrected", "answer": "已按毕业证书更正"}
    missing = owner.post(f"/window/disputes/{where}", data=answer)
    assert missing.status_code == 422
    assert "请写明更正后的值" in missing.text
    done = owner.post(f"/window/disputes/{where}", data={**answer, "value": "示范大学"})
    assert done.status_code == 302
    assert "证照复查" in health.get("/window/").text
    listed = health.get("/window/reviews").text
    key = listed.partition("/window/reviews/")[2].partition('"')[0]
    page = health.get(f"/window/reviews/{key}").text
    assert "示范卫生职业学院" in page
    assert "示范大学" in page
    with stage.work("wang") as work:
        code = wallet.mine(work)[0].code
    assert "颁发机构正在复查这份证照" in wang.get(f"/mine/licenses/{code}").text
    for wrong, said in (
        ({}, "请选择处理结果"),
        ({"result": "kept", "reason": "好"}, "请写明理由"),
        ({"result": "revoked", "reason": "不再符合条件"}, "请写明法律依据"),
    ):
        refused = health.post(f"/window/reviews/{key}", data=wrong)
        assert refused.status_code == 422
        assert said in refused.text
    good = {"result": "reissued", "reason": "按更正后的学校换发"}
    assert health.post(f"/window/reviews/{key}", data=good).status_code == 302
    assert health.post(f"/window/reviews/{key}", data=good).status_code == 409
    assert "已换发" in health.get("/window/reviews").text
    assert "已换发" in wang.get(f"/mine/licenses/{code}").text
    with stage.work("wang") as work:
        newest = wallet.mine(work)[0]
        assert newest.version == 2
    assert "示范大学" in wang.get(f"/mine/licenses/{newest.code}").text
    assert sign_in("clerk").get("/window/reviews").status_code == 403
