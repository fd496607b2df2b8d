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
