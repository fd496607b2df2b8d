"""The open log: anyone reads its signed roots, and checks on paper what the hall says."""

import base64
import json

import pytest
from flask import Flask
from flask.testing import FlaskClient

from servicehall.kernel import merkle
from servicehall.kernel.work import SYSTEM
from servicehall.licenses import statuslist
from servicehall.signing import jws, timestamps
from servicehall.signing.signer import Signer
from servicehall.transparency import evidence, licenselog, treeheads
from servicehall.transparency.checkpoints import verified
from servicehall.wiring import Hall
from tests.builders import headed
from tests.cases.halls import NURSE, Scene, SignIn

API = "/api/v1/log"


@pytest.fixture
def stranger(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def roots(stranger: FlaskClient, hall: Hall) -> tuple[bytes, ...]:
    """The root certificate, as a person outside got hold of it."""
    from cryptography import x509
    from cryptography.hazmat.primitives.serialization import Encoding

    answer = stranger.get("/log/root.pem")
    assert answer.status_code == 200
    held = x509.load_pem_x509_certificates(answer.data)
    return tuple(one.public_bytes(Encoding.DER) for one in held)


def grown(stage: Scene) -> None:
    """Two minutes in which somebody applied."""
    stage.clock.forward(minutes=2)
    stage.applied("wang", NURSE)


def test_the_last_root_is_signed_and_shown(
    stage: Scene, stranger: FlaskClient, roots: tuple[bytes, ...]
) -> None:
    grown(stage)
    told = stranger.get(f"{API}/checkpoint").json
    assert told is not None
    signed = verified(told["checkpoint"], roots)
    assert (signed.head.length, signed.head.hash) == (told["size"], told["root"])
    page = stranger.get("/log").text
    assert told["root"] in page
    assert f"{told['size']:,}" in page


def test_roots_follow_each_other_page_by_page(
    stage: Scene, stranger: FlaskClient, roots: tuple[bytes, ...]
) -> None:
    for _ in range(2):
        grown(stage)
    told = stranger.get(f"{API}/checkpoints").json
    assert told is not None
    sizes = [one["size"] for one in told["checkpoints"]]
    assert sizes == sorted(set(sizes))
    assert told["next"] is None
    rest = stranger.get(f"{API}/checkpoints", query_string={"after": sizes[0]}).json
    assert rest is not None
    assert [one["size"] for one in rest["checkpoints"]] == sizes[1:]
    answer = stranger.get(
        f"{API}/consistency", query_string={"first": sizes[0], "second": sizes[-1]}
    )
    proven = evidence.verified(answer.text, roots)
    assert proven.earlier is not None
    assert (proven.earlier.head.length, proven.checkpoint.head.length) == (sizes[0], sizes[-1])


@pytest.mark.parametrize(
    ("asked", "status", "field"),
    [("consistency?first=1", 422, "second"), ("consistency?first=x&second=9", 422, "first"),
     ("consistency?first=9&second=1", 422, "first"), ("checkpoints?after=-1", 422, "after"),
     ("consistency?first=1&second=2", 404, None)],
)  # fmt: skip
def test_what_cannot_be_is_named(
    stage: Scene, stranger: FlaskClient, asked: str, status: int, field: str | None
) -> None:
    answer = stranger.get(f"{API}/{asked}")
    assert (answer.status_code, answer.json and answer.json.get("field")) == (status, field)
    assert answer.content_type == "application/problem+json"


def test_before_anything_was_signed(hall: Hall, stranger: FlaskClient) -> None:
    (hall.settings.folder / "checkpoints.jws").unlink()
    assert "日志还没有签名" in stranger.get("/log").text
    assert stranger.get(f"{API}/checkpoint").status_code == 404


def test_every_row_shown_to_me_is_proven_by_its_file(
    stage: Scene, sign_in: SignIn, stranger: FlaskClient, roots: tuple[bytes, ...]
) -> None:
    key = stage.applied("wang", NURSE)
    assert sign_in("chen").get(f"/mine/cases/{key}").status_code == 404
    assert sign_in("clerk").get(f"/window/cases/{key}").status_code == 200
    browser = sign_in("wang")
    page = browser.get("/mine/usage").text
    links = [part.partition('"')[0] for part in page.split('href="') if "/proof" in part[:40]]
    assert len(links) == page.count("质疑此次查询<span")
    told = []
    for link in links:
        answer = browser.get(link)
        assert answer.status_code == 200, link
        proven = evidence.verified(answer.text, roots)
        told.append((proven.entry or {})["act"])
        assert proven.actor is not None or told[-1] == "case.denied"  # no citizen names another
        assert link.endswith(f"/{(proven.entry or {})['number']}/proof")
        assert sign_in("chen").get(link).status_code == 404
    assert {"case.denied", "case.viewed", "registry.asked"} <= set(told)
    changed = json.loads(browser.get(links[0]).text)
    changed["entry"]["at"] = "2020-01-01T00:00:00.000000+00:00"
    with pytest.raises(Exception, match="不在签名的日志里"):
        evidence.verified(json.dumps(changed), roots)


def test_where_licenses_stand_is_public_and_may_be_kept_for_a_minute(
    stranger: FlaskClient, roots: tuple[bytes, ...]
) -> None:
    answer = stranger.get("/status/1")
    assert answer.content_type == "application/statuslist+jwt"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.headers["Cache-Control"] == "public, max-age=60"
    token = jws.opened(answer.text, typ="statuslist+jwt", most=statuslist.LARGEST)
    assert token.verify(roots).issuer.code == "STATUS"
    assert stranger.get("/status/2").status_code == 404


def test_the_license_log_gives_out_its_root_and_grows_from_it(
    stage: Scene, stranger: FlaskClient, hall: Hall
) -> None:
    """What a monitor does: take a root, later take another, hold the second to the first."""
    assert stranger.get("/log/checkpoint").json == {"log": "licenses", "size": 0}
    with hall.work(SYSTEM) as work:
        licenselog.append(work, [("a", "jws a"), ("b", "jws b"), ("c", "jws c")])
        work.record("probe", "a")
        work.commit()
    headed(hall)
    first = stranger.get("/log/checkpoint").json
    stage.clock.forward(minutes=2)
    with hall.work(SYSTEM) as work:
        licenselog.append(work, [("d", "jws d")])
        work.record("probe", "d")
        work.commit()
    headed(hall)
    second = stranger.get("/log/checkpoint").json
    assert first is not None
    assert second is not None
    anchors = hall.adapters[Signer].anchors()
    for told in (first, second):
        signed = verified(told["checkpoint"], anchors, "licenses")
        assert (signed.head.length, signed.head.hash) == (told["size"], told["root"])
        token, over = base64.b64decode(told["timestamp"]), treeheads.digest(signed.head)
        assert timestamps.verified(token, over, anchors).by.code == "TSA"
    grown_ = stranger.get(f"/log/consistency?first={first['size']}&second={second['size']}").json
    assert grown_ is not None
    path = [bytes.fromhex(one) for one in grown_["path"]]
    ends = [(told["size"], bytes.fromhex(told["root"])) for told in (first, second)]
    assert merkle.is_begun_by(*ends, path)
    assert stranger.get("/log/consistency?first=2&second=4").status_code == 404
    assert stranger.get("/log/consistency?first=x&second=4").status_code == 422


def test_the_revocation_list_is_the_roots(stranger: FlaskClient, roots: tuple[bytes, ...]) -> None:
    from cryptography import x509

    answer = stranger.get("/log/root.crl")
    assert answer.content_type == "application/pkix-crl"
    told = x509.load_der_x509_crl(answer.data)
    held = [x509.load_der_x509_certificate(one) for one in roots]
    assert any(
        told.issuer == one.subject and told.is_signature_valid(one.public_key())  # type: ignore[arg-type]
        for one in held
        if one.signature_algorithm_oid.dotted_string == "1.2.840.10045.4.3.2"
    )
