"""Sessions: the cookie holds no personal data; expiry is told ahead; closed accounts are out."""

import base64
import json
import zlib

from sqlalchemy import update

from servicehall.identity.models import Account
from servicehall.kernel.work import SYSTEM
from tests.cases.halls import Scene, SignIn


def opened(cookie: str) -> dict[str, object]:
    """What anyone reads in a signed cookie."""
    body = cookie.split(".")[1] if cookie.startswith(".") else cookie.split(".")[0]
    raw = base64.urlsafe_b64decode(body + "=" * (-len(body) % 4))
    return dict(json.loads(zlib.decompress(raw) if cookie.startswith(".") else raw))


def test_the_cookie_says_who_only_by_a_key(sign_in: SignIn) -> None:
    cookie = sign_in("wang").get_cookie("hall")
    assert cookie is not None
    held = opened(cookie.value)
    assert set(held) <= {
        "_user_id",
        "_fresh",
        "_id",
        "nonce",
        "began",
        "seen",
        "care",
        "csrf_token",
        "lang",
    }
    assert not any(secret in json.dumps(held) for secret in ("wang", "王雨桐", "9901"))


def test_the_cookie_is_fresh_once_a_minute(stage: Scene, sign_in: SignIn) -> None:
    browser = sign_in("wang")
    with stage.later(seconds=30):
        assert "seen" in _session(browser)
        before = _session(browser)["seen"]
    with stage.later(seconds=90):
        browser.get("/mine/")
        assert _session(browser)["seen"] == before + 90


def _session(browser):  # type: ignore[no-untyped-def]
    with browser.session_transaction() as session:
        return dict(session)


def test_a_closed_account_is_out_at_the_next_request(stage: Scene, sign_in: SignIn) -> None:
    browser = sign_in("chen")
    for active, status in ((False, 302), (True, 200)):
        with stage.hall.work(SYSTEM) as work:
            work.session.execute(
                update(Account).where(Account.login == "chen").values(active=active)
            )
            work.record("account.changed", "chen")
            work.commit()
        assert browser.get("/mine/").status_code == status


def test_a_page_says_when_the_session_ends(stage: Scene, sign_in: SignIn) -> None:
    browser = sign_in("wang")
    assert "1800" in browser.get("/mine/").text
