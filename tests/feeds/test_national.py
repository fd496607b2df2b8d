"""Tables of the national exchange as another province would send them."""

import pytest

from servicehall.feeds import national
from servicehall.feeds.cleaning import Notes, Refused
from servicehall.feeds.mapping import mapping
from servicehall.standard.schema import Item

SOURCE = mapping("national")
ROW = {
    "row_guid": "3f2a", "task_name": "固定资产投资项目节能审查", "catalog_code": "000104002000",
    "task_type": "01", "use_level": "4", "task_code": "11450721MB155808114000104002000",
    "dept_name": "示范县行政审批局", "dept_code": "11450721MB15580811", "area_code": "450721",
    "anticipate_day": "20", "anticipate_type": "1", "promise_day": "5", "promise_type": "1",
    "server_type": "2,3", "project_type": "1", "handle_type": "1,2", "limit_scene_num": "0",
    "link_way": "窗口电话 0777-6880012", "supervise_way": "0777-12345",
    "plan_effective_date": "20200101", "accept_condition": "一、条件\n二、条件", "dept_type": "1",
    "up_task_general_extend": [
        {"user_topic_type": "", "corp_topic_type": "040,123", "is_express": "1",
         "online_handle_depth": "6,1", "is_schedule": "1", "limit_explain": "无"},
    ],
    "up_task_general_material": [
        {"material_name": "申请表", "source_type": "10", "is_need": "1", "page_num": "2"},
        {"material_name": "无", "source_type": "10"},
        {"material_name": "营业执照", "source_type": "20", "material_type": "2"},
    ],
    "up_task_general_faq": [{"question": "要钱吗", "answer": "不要"}],
    "up_task_general_legal": [{"law_name": "节约能源法", "clause_number": "第十五条"}],
}  # fmt: skip


def test_a_foreign_row_becomes_an_item_that_only_guides():
    notes = Notes()
    item = Item.model_validate(national.item(ROW, SOURCE, notes), strict=False)
    assert (item.level, item.base_code, item.region) == (4, "000104002000", "450721000000")
    assert item.objects == ("enterprise", "institution")
    assert item.instant
    assert (item.statutory.days, item.promised.days) == (20, 5)
    assert [(t.kind, t.code) for t in item.themes] == [("legal", "040")]
    assert item.delivery == ("post",)
    assert item.online_stages == ("feedback", "consult")
    assert item.quota == ""
    assert [(m.code, m.name, m.source) for m in item.materials] == [
        ("m01", "申请表", "self"), ("m02", "营业执照", "government"),
    ]  # fmt: skip
    assert item.materials[0].copies == 2
    assert item.contact.consult == "0777-6880012"
    assert item.bases[0].article == "第十五条"
    assert not item.applicable
    assert set(notes.said) == {"materials-no-name", "phone-prose"}


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"task_name": "无"}, "no-name"),
        ({"task_code": "无"}, "bad-code"),
        ({"task_type": "许可"}, "bad-type"),
        ({"hall_elements": "{"}, "bad-hall_elements"),
        ({"hall_elements": "[]"}, "bad-hall_elements"),
    ],
)
def test_what_no_item_can_be_made_of_is_refused(change, reason):
    with pytest.raises(Refused) as refused:
        national.item({**ROW, **change}, SOURCE, Notes())
    assert refused.value.reason == reason


def test_codes_unknown_are_noted_and_left_out():
    notes = Notes()
    national.item({**ROW, "server_type": "2,8", "dept_type": "5"}, SOURCE, notes)
    assert "code-unknown" in notes.said
