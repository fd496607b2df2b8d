"""Wallets: a credential by offer, token and proof; what other people's wallet makes of it."""

import json
from html import unescape
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask

from servicehall.cli.journey import serving
from servicehall.credentials import provisioning
from servicehall.licenses import wallet as held
from servicehall.signing import certificates
from servicehall.signing.signer import Signer
from servicehall.wiring import Hall
from tests import judges
from tests.cases.halls import Scene, SignIn
from tests.credentials.wallet import Wallet

ISSUER = "http://127.0.0.1:8000"
OFFERS = "openid-credential-offer://"


@pytest.fixture(scope="module")
def code(stage: Scene) -> str:
    stage.granted_nurse()
    with stage.work("wang") as work:
        return held.mine(work)[0].code


def link_on(page: str) -> str:
    """The address that the page gives to the wallet."""
    start = page.index(f'href="{OFFERS}') + 6
    return unescape(page[start : page.index('"', start)])


@pytest.fixture
def offered(sign_in: SignIn, code: str) -> str:
    page = sign_in("wang").post(f"/mine/licenses/{code}/wallet")
    assert page.status_code == 200
    return link_on(page.text)


def code_in(link: str) -> str:
    (offer,) = parse_qs(urlsplit(link).query)["credential_offer"]
    return str(json.loads(offer)["grants"][provisioning.GRANT]["pre-authorized_code"])


def granted(app: Flask, link: str) -> Any:
    sent = {"grant_type": provisioning.GRANT, "pre-authorized_code": code_in(link)}
    return app.test_client().post("/credential/token", data=sent)


def fetched(app: Flask, token: str, stage: Scene, **changes: Any) -> Any:
    """The answer to a request for the nurse's credential; None in *changes* leaves a part out."""
    browser = app.test_client()
    nonce = browser.post("/credential/nonce").get_json()["c_nonce"]
    proof = Wallet().proof(nonce, stage.clock.now(), audience=ISSUER)
    said = {
        "credential_configuration_id": "nurse-certificate", "proofs": {"jwt": [proof]}, **changes,
    }  # fmt: skip
    said = {name: value for name, value in said.items() if value is not None}
    return browser.post("/credential", json=said, headers={"Authorization": f"Bearer {token}"})


def test_once_and_never_again(app: Flask, offered: str, stage: Scene) -> None:
    first = granted(app, offered)
    assert first.headers["Cache-Control"] == "no-store"
    again = granted(app, offered)
    assert (again.status_code, again.json["error"]) == (400, "invalid_grant")
    token = first.json["access_token"]
    for changes, error in (
        ({"proofs": None}, "invalid_proof"),
        ({"proofs": {"jwt": ["x"]}}, "invalid_proof"),
        ({"credential_configuration_id": "id-card"}, "unknown_credential_configuration"),
        (
            {"proofs": {"jwt": [Wallet().proof("x", stage.clock.now(), audience=ISSUER)]}},
            "invalid_nonce",
        ),
    ):
        answer = fetched(app, token, stage, **changes)
        assert (answer.status_code, answer.json["error"]) == (400, error)
    answer = fetched(app, token, stage)
    assert answer.json["credentials"][0]["credential"].count("~") > 10
    for given in (token, "x"):
        answer = fetched(app, given, stage)
        assert (answer.status_code, answer.json["error"]) == (401, "invalid_token")
        assert "invalid_token" in answer.headers["WWW-Authenticate"]
    assert app.test_client().post("/credential").status_code == 401


def test_what_is_offered_is_described(app: Flask) -> None:
    browser = app.test_client()
    told: Any = browser.get("/.well-known/openid-credential-issuer").json
    assert told["credential_issuer"] == ISSUER
    nurse = told["credential_configurations_supported"]["nurse-certificate"]
    assert nurse["vct"] == f"{ISSUER}/credentials/nurse-certificate"
    kind: Any = browser.get("/credentials/nurse-certificate").json
    assert (kind["vct"], kind["claims"][0]["path"]) == (nurse["vct"], ["face_name"])
    assert browser.get("/credentials/nothing").status_code == 404
    server: Any = browser.get("/.well-known/oauth-authorization-server").json
    assert server["grant_types_supported"] == [provisioning.GRANT]
    other = browser.post("/credential/token", data={"grant_type": "password"})
    assert other.get_json()["error"] == "unsupported_grant_type"


def test_a_presentation_needs_a_token(app: Flask) -> None:
    browser = app.test_client()
    assert browser.post("/api/v1/presentations", json={}).status_code == 422
    told: Any = browser.post("/api/v1/presentations", data={"vp_token": "x~"}).json
    assert (told["result"], told["claims"], told["license"]) == ("altered", {}, None)


@pytest.mark.tool
def test_other_peoples_wallet_fetches_checks_and_shows(
    hall: Hall, sign_in: SignIn, code: str, stage: Scene
) -> None:
    with stage.work("wang") as work:
        root = certificates.pem(work.use(Signer).anchors()[0])
    link = link_on(sign_in("wang").post(f"/mine/licenses/{code}/wallet").text)
    with serving(hall) as base:
        told = judges.asked(
            "wallet.mjs",
            {"link": link, "issuer": ISSUER, "base": base, "root": root,
             "now": int(stage.clock.now().timestamp())},
        )  # fmt: skip
    assert told["whole"]["holder_name"] == "王雨桐"
    here, there = told["adult"]["here"], told["adult"]["there"]
    assert here["age_over_18"] is True
    assert "birth_date" not in here
    assert (there["result"], there["claims"]["age_over_18"]) == ("valid", True)
    assert "holder_name" not in there["claims"]
    assert told["elsewhere"]["there"]["result"] == "altered"
    page = sign_in("wang").get(f"/mine/licenses/{code}").text
    assert "核验电子证照" in page
