"""The resource catalogue: everybody reads who answers for what, and which item takes which items."""

from servicehall.catalogue import items
from servicehall.sharing.datasets import DATASETS
from tests.cases.halls import NURSE, Scene, SignIn


def test_every_resource_is_listed_with_its_provider(sign_in: SignIn) -> None:
    visitor = sign_in("wang").application.test_client()
    page = visitor.get("/resources").text
    for dataset in DATASETS.values():
        assert dataset.name in page
        assert dataset.number in page
        assert f"/resources/{dataset.code}" in page
    assert "示范区公安分局" in page


def test_one_resource_says_what_it_holds_and_who_takes_what(stage: Scene, sign_in: SignIn) -> None:
    visitor = sign_in("wang").application.test_client()
    with stage.work("auditor") as work:
        needs = items.current(work, NURSE).item.needs
    for need in needs:
        page = visitor.get(f"/resources/{need.dataset}").text
        assert NURSE in page
        assert need.purpose in page
        assert all(name in page for name in DATASETS[need.dataset].fields.values())
    assert "敏感个人信息" in visitor.get("/resources/population.person").text
    assert visitor.get("/resources/population.moon").status_code == 404


def test_the_five_questions_are_answered_and_what_is_open_leads_to_its_data(
    stage: Scene, sign_in: SignIn
) -> None:
    visitor = sign_in("wang").application.test_client()
    page = visitor.get("/resources/population.person").text
    for question in ("谁负责", "谁需要", "谁可以", "有什么", "关于谁"):
        assert question in page
    assert "有效的授权" in page
    assert "/console/sharing/ask/" not in page
    assert "/data/" not in page.partition('id="who"')[2].partition("</section>")[0]
    assert "无条件共享：各部门办理事项时都可以用" in visitor.get("/resources/tax.taxpayer").text
    assert "不予共享：其他部门不能用" in visitor.get("/resources/health.record").text
    shown = visitor.get("/resources/legal.organization").text
    assert 'href="/data/legal.organization"' in shown
    assert visitor.get("/data/legal.organization").status_code == 200
