"""The list of items: what is applicable, and that the files are in order."""

from tests.cases.halls import SignIn


def test_the_items_and_the_check_of_their_files(sign_in: SignIn) -> None:
    page = sign_in("items").get("/console/items").text
    assert "护士执业注册" in page
    assert "事项文件检查通过" in page
