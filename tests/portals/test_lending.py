"""The sharing interface over HTTP: a token first, then questions; who signs proves it once."""

import base64
import json
from io import BytesIO
from uuid import uuid4

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)
from joserfc import jwt
from joserfc.jwk import ECKey

from servicehall.identity import clients
from servicehall.kernel.work import SYSTEM
from servicehall.lending import agreeing
from tests.lending.conftest import (
    CAUSE,
    CODE,
    LABOR_OFFICE,
    app,
    asking,
    hall,
    key,
    sign_in,
    stage,
    system,
)

__all__ = ["app", "asking", "hall", "key", "sign_in", "stage"]
TOKEN, SIGNING = "/api/v1/oauth/token", "DEMO/GOV/SIGNING"
GRANT = {"grant_type": "client_credentials"}
KIND = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"


def basic(code, secret):
    return {"Authorization": "Basic " + base64.b64encode(f"{code}:{secret}".encode()).decode()}


@pytest.fixture
def browser(app):
    return app.test_client()


@pytest.fixture
def bearer(browser, key):
    answer = browser.post(TOKEN, data=GRANT, headers=basic(CODE, key))
    assert answer.status_code == 200, answer.text
    assert answer.json["token_type"] == "Bearer"
    assert answer.json["expires_in"] == 600
    assert answer.headers["Cache-Control"] == "no-store"
    return {"Authorization": f"Bearer {answer.json['access_token']}"}


@pytest.mark.parametrize("secret", ["", "wrong", "0" * 64])
def test_a_wrong_secret_opens_nothing(browser, key, secret):
    answer = browser.post(TOKEN, data=GRANT, headers=basic(CODE, secret))
    assert answer.status_code == 401
    assert answer.json["error"] == "invalid_client"


@pytest.mark.parametrize("headers", [{}, {"Authorization": "Bearer x"}, basic("a", "b")])
def test_without_a_token_nothing_is_told(browser, headers):
    answer = browser.post("/api/v1/licenses/query", json={}, headers=headers)
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")


@pytest.mark.parametrize("grant", ["password", "authorization_code", ""])
def test_other_ways_to_a_token_are_none(browser, key, grant):
    answer = browser.post(TOKEN, data={"grant_type": grant}, headers=basic(CODE, key))
    assert answer.status_code == 400
    assert answer.json["error"] == "unsupported_grant_type"


def test_ask_consent_and_see(browser, bearer, stage, asking):
    asked = asking().model_dump(by_alias=True)
    answer = browser.post("/api/v1/licenses/query", json=asked, headers=bearer)
    assert answer.status_code == 200, answer.text
    assert answer.json["held"] is True
    assert answer.json["licenses"] == []
    made = browser.post("/api/v1/licenses/consents", json=asked, headers=bearer)
    assert made.status_code == 202
    place = f"/api/v1/licenses/consents/{made.json['consent']}"
    assert browser.get(place, headers=bearer).json["state"] == "asked"
    with stage.work("wang") as work:
        agreeing.answer(work, made.json["consent"], agreed=True)
    assert browser.get(place, headers=bearer).json["state"] == "given"
    (one,) = browser.post("/api/v1/licenses/query", json=asked, headers=bearer).json["licenses"]
    place = f"/api/v1/licenses/{one['certIdentifier']}/status"
    told = browser.get(place, query_string={"useCause": "复核"}, headers=bearer)
    assert told.json == {"certIdentifier": one["certIdentifier"], "state": "valid"}
    assert browser.get(place, headers=bearer).status_code == 422
    types = browser.get("/api/v1/licenses/statistics", headers=bearer).json["types"]
    assert {t["certName"]: t["askedByYou"] for t in types}["护士执业证书"] >= 2
    again = browser.post("/api/v1/licenses/consents", json=asked, headers=bearer)
    assert (again.status_code, again.json["consent"]) == (200, made.json["consent"])


def test_the_file_is_a_copy_for_this_cause_and_department(browser, bearer, stage, asking):
    asked = asking(certNo="").model_dump(by_alias=True)
    for days in (0, 181, "3", None):
        wrong = browser.post("/api/v1/licenses/file", json={**asked, "days": days}, headers=bearer)
        assert wrong.status_code in (403, 422)
    made = browser.post("/api/v1/licenses/consents", json=asked, headers=bearer).json
    with stage.work("wang") as work:
        if made["state"] == "asked":
            agreeing.answer(work, made["consent"], agreed=True)
    answer = browser.post("/api/v1/licenses/file", json={**asked, "days": 3}, headers=bearer)
    assert answer.status_code == 200, answer.text
    assert answer.data.startswith(b"%PDF-")
    sent = {"file": (BytesIO(answer.data), "copy.pdf")}
    told = browser.post("/api/v1/licenses/verify", data=sent).json
    assert told["result"] == "valid"
    assert CAUSE in json.dumps(told, ensure_ascii=False)


def test_what_is_refused_says_why(browser, bearer, asking):
    asked = asking(useCause="看看").model_dump(by_alias=True)
    answer = browser.post("/api/v1/licenses/query", json=asked, headers=bearer)
    assert answer.status_code == 403
    assert "用途" in answer.text
    answer = browser.post("/api/v1/licenses/query", json={**asked, "useCause": ""}, headers=bearer)
    assert (answer.status_code, answer.json["field"]) == (422, "useCause")
    assert browser.post("/api/v1/licenses/query", data="x", headers=bearer).status_code == 422


@pytest.fixture(scope="module")
def private(stage):
    made = ec.generate_private_key(ec.SECP256R1())
    public = made.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    with stage.hall.work(SYSTEM) as work:
        clients.enroll(work, SIGNING, "签名系统", LABOR_OFFICE, public_key=public)
        work.commit()
    pem = made.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return ECKey.import_key(pem)


@pytest.fixture
def signed(browser, private, stage):
    """Asks for a token with a signed assertion that says *changes*."""

    def asked(key=private, **changes):
        now = int(stage.clock.moment.timestamp())
        address = stage.hall.settings.address
        claims = {"iss": SIGNING, "sub": SIGNING, "aud": address + TOKEN, "exp": now + 60,
                  "jti": uuid4().hex, **changes}  # fmt: skip
        claims = {name: value for name, value in claims.items() if value is not None}
        assertion = jwt.encode({"alg": "ES256"}, claims, key)
        return browser.post(
            TOKEN, data={**GRANT, "client_assertion_type": KIND, "client_assertion": assertion}
        )

    return asked


def test_who_signs_proves_it_once(signed, browser, asking):
    answer = signed(jti="one")
    assert answer.status_code == 200, answer.text
    headers = {"Authorization": f"Bearer {answer.json['access_token']}"}
    asked = asking().model_dump(by_alias=True)
    assert browser.post("/api/v1/licenses/query", json=asked, headers=headers).status_code == 200
    assert signed(jti="one").json["error"] == "invalid_client"


@pytest.mark.parametrize(
    "changes",
    [
        {"iss": CODE},
        {"sub": CODE, "iss": CODE},
        {"sub": "NOBODY", "iss": "NOBODY"},
        {"aud": "https://elsewhere.example"},
        {"exp": 1},
        {"exp": 99999999999},
        {"exp": None},
        {"jti": None},
        {"key": ECKey.generate_key("P-256")},
    ],
)
def test_an_assertion_that_does_not_hold_opens_nothing(signed, key, changes):
    answer = signed(**changes)
    assert answer.status_code in (400, 401)
    assert answer.json["error"] == "invalid_client"


def test_who_signs_has_no_secret_that_opens(browser, private, stage):
    with system(stage, SIGNING) as work:
        secret = clients.known(work, SIGNING).secret
    answer = browser.post(TOKEN, data=GRANT, headers=basic(SIGNING, secret))
    assert answer.status_code == 401
