"""Papers of one thing: an upload is copied into every case that asks for the paper."""

from io import BytesIO

from tests.bundling.halls import NEWBORN, Together
from tests.cases.halls import Hall, SignIn
from tests.journeys.stage import PDF


def test_one_upload_reaches_every_case(hall: Hall, sign_in: SignIn) -> None:
    stage = Together(hall)
    key = stage.together("chen", NEWBORN, insure="yes", card="yes")
    page = sign_in("chen")
    tasks = page.get(f"/mine/bundles/{key}").text
    where = next(
        path
        for path in set(tasks.split('"'))
        if path.startswith(f"/mine/bundles/{key}/papers/") and "birth_certificate" in path
    )
    sent = page.post(where, data={"how": "upload", "file": (BytesIO(PDF), "证明.pdf")})
    assert sent.status_code == 302
    assert "证明.pdf" in page.get(where).text
    wrong = page.post(where, data={"how": "upload", "file": (BytesIO(b"x"), "证明.pdf")})
    assert wrong.status_code == 422
    assert page.get(f"/mine/bundles/{key}/papers/moon").status_code == 404
