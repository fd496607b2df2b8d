"""Every door × method × role × {own, other's, missing}: who may come in, and who may not."""

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event

from servicehall import factory
from servicehall.applying import intake
from servicehall.automating.models import Entitlement, InstantDecision
from servicehall.catalogue import drafts, planning
from servicehall.city import seeding
from servicehall.disputes import raising, reexamining, settling
from servicehall.documents import filing
from servicehall.feedback import ratings, rectifying
from servicehall.identity import directory
from servicehall.kernel.errors import HallError
from servicehall.licenses import wallet
from servicehall.monitoring import carding
from servicehall.monitoring.detecting import Finding
from servicehall.oversight import usage
from servicehall.quality import conflicts
from servicehall.sharing import entering, granting, requesting, resources
from servicehall.wiring import Hall
from tests.builders import StillClock
from tests.bundling.halls import NEWBORN, Together
from tests.cases.halls import FOOD
from tests.conftest import Prepared, on_server, settings_for
from tests.doors import (
    ALLOWANCE,
    ASKER,
    CLERK,
    EVERYONE,
    FOREIGN,
    ITEMS,
    MATRIX,
    MISSING,
    NURSE,
    OTHER,
    OWNER,
    REVIEWER,
    STEWARD,
    STRANGER,
    UNSAFE,
    VISITOR,
    Row,
)
from tests.journeys.stage import Stage
from tests.sharing.sheets import SHEET, told_of

SHARED, NAME = "credit.record.trusted", "population.person.name"
FOREIGNERS = {"window": FOREIGN, "console": STRANGER}


@dataclass
class World:
    """A hall with a draft, a submitted case and a license, all the owner's, and every browser."""

    hall: Hall
    app: Flask
    browsers: dict[str, FlaskClient]
    draft: str
    case: str
    license: str
    objection: str
    question: str
    look: int
    document: str
    number: str
    shared: dict[str, str]

    def url(self, endpoint: str, row: Row, *, missing: bool = False) -> str:
        values = dict(row.values)
        named = {"OBJECTION": self.objection, "QUESTION": self.question, "LOOK": str(self.look),
                 **self.shared}  # fmt: skip
        rule = next(r for r in self.app.url_map.iter_rules() if r.endpoint == endpoint)
        if values.get("number") == "LOOK":
            values["number"] = "999999" if missing else named["LOOK"]
        if values.get("key") in named or endpoint.startswith("citizen.disputing."):
            own = named.get(values.get("key", ""), self.objection)
            own = self.case if "name" in rule.arguments else own
            values["key"] = MISSING if missing else own
        elif "key" in rule.arguments:
            drafts = ("citizen.apply.", "citizen.supply.")
            own = (
                self.draft if endpoint.startswith(drafts) and "file" not in endpoint else self.case
            )
            values["key"] = MISSING if missing else own
        if missing and endpoint.startswith("console.cataloguing."):
            values["code"] = "no.such"
        if values.get("code") == "LICENSE" or endpoint.startswith("citizen.mine.license"):
            values["code"] = "0" * 12 if missing else self.license
        if values.get("number") == "NUMBER":
            values["number"] = MISSING if missing else self.number
        if values.get("document") == "DOCUMENT":
            values["document"] = MISSING if missing else self.document
        kept = {k: v for k, v in values.items() if k in rule.arguments}
        with self.app.test_request_context():
            return str(self.app.url_for(endpoint, **kept))


@pytest.fixture(scope="module")
def world(prepared: Prepared, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    folder = tmp_path_factory.mktemp("matrix") / "data"
    shutil.copytree(prepared.folder, folder)
    on_server(f"CREATE DATABASE hall_matrix TEMPLATE {prepared.database}")
    hall = factory.open_hall(settings_for(folder, "hall_matrix"), StillClock())
    app = factory.create_app(hall=hall)
    app.config["WTF_CSRF_ENABLED"] = False
    yield _stage(hall, app)
    hall.close()
    on_server("DROP DATABASE hall_matrix WITH (FORCE)")


def _stage(hall: Hall, app: Flask) -> World:
    stage = Stage(hall)
    case = stage.applied("wang", NURSE)
    stage.accepted(case)
    stage.agreed(REVIEWER, case)
    stage.granted(REVIEWER, case)
    with stage.work("wang") as work:
        code = wallet.mine(work)[0].code
    draft = stage.begin("wang", "11990101000000094N499070900100002")
    _sampled(stage, case)
    with stage.work(ITEMS) as work:
        drafts.begin(work, NURSE)
        later = work.today() + timedelta(days=9)
        planning.ask(work, NURSE, state="suspended", reason="系统升级", starts_on=later)
    with stage.work("wang") as work:
        looked = usage.find(work)[0].number
        paper = filing.of(work, case)[0].key
        number = stage.case(work, case).number or ""
        first = raising.about_value(work, stage.case(work, case), SHARED, said="已经更正")
        second = raising.about_look(work, usage.find(work)[-1].number, said="为什么查询")
    with stage.work("wang") as work:
        told = raising.about_value(work, stage.case(work, case), NAME, said="用字不对").key
    with stage.work("reviewer-police") as work:
        settling.settle(
            work, settling.of_desk(work, told), corrected=True, answer="已更正用字", value="王雨彤"
        )
    with stage.work(REVIEWER) as work:
        reviewed = reexamining.to_decide(work)[0].key
    with stage.work(ASKER) as work:
        family = resources.one(work, "population.family")
        told = {"item": FOOD, "fields": ["relation"], "purpose": "核对家庭经营"}
        request = requesting.ask(work, family, **told, reason="家庭经营的登记在家庭成员名下")
        held = [g for g in granting.held(work) if g.resource.code == "population.person"]
        shared = {"REQUEST": request.key, "GRANT": held[0].key,
                  "REVIEWED": reviewed, "SAMPLED": case}  # fmt: skip
    with stage.work(STEWARD) as work:
        entering.begin(work, file="犬只.csv", content=SHEET, told=told_of("police.dogs", 7))
        entering.begin(work, file="猫.csv", content=SHEET, told=told_of("police.cats", 9))
        other = told_of("police.published", 8)
        entering.publish(work, entering.begin(work, file="其他.csv", content=SHEET, told=other))
    with stage.work("steward-tax") as work:
        told = conflicts.to_answer(work)[0]
        conflicts.pass_on(work, told, reason="法人库没有更新")
        shared["CONFLICT"] = told.key
    with stage.work("wang") as work:
        ratings.rate(work, stage.case(work, case), 1, "等了很久")
    with stage.work(REVIEWER) as work:
        shared["RATING"] = rectifying.to_do(work)[0].key
        found = Finding("rating-unanswered", case, stage.case(work, case), work.actor.department)
        shared["CARD"] = carding.raise_card(work, found).key
    browsers = {name: app.test_client() for name in EVERYONE}
    for name, browser in browsers.items():
        if name != VISITOR:
            sent = {"login": name, "secret": seeding.PASSWORD}
            assert browser.post("/signin", data=sent).status_code == 302
    return World(
        hall,
        app,
        browsers,
        draft,
        case,
        code,
        first.key,
        second.key,
        looked,
        paper,
        number,
        shared | _groups(hall),
    )


def _sampled(stage: Stage, case: str) -> None:
    """As if rules had granted *case* and the lot had drawn it."""
    with stage.work("auditor") as work:
        row = InstantDecision(
            case_id=stage.case(work, case).id, at=work.now(), granted=True, digest="0" * 64,
            verdicts=[], drawn=True, sound=None, note=None, looked_at=None,
        )  # fmt: skip
        work.session.add(row)
        work.record("test.ruled", case)


def _groups(hall: Hall) -> dict[str, str]:
    """Things applied for at once: one handed in, one to look at, one whose papers are supplied."""
    stage = Together(hall)
    handed_in = stage.together("wang", NEWBORN, insure="yes", card="no")
    stage.filled("wang", handed_in)
    stage.handed_in("wang", handed_in)
    papers = stage.together("wang", NEWBORN, insure="no", card="no")
    with stage.work("wang") as work:
        stage.group(work, papers).slug = "put-aside"  # so that another one may be open beside it
        work.record("test.put_aside", papers)
    group = stage.together("wang", NEWBORN, insure="yes", card="no")
    with stage.work("wang") as work:
        told = {"item": ALLOWANCE, "period": "once", "state": "offered", "answered_at": None}
        offer = Entitlement(
            key=directory.new_key(), party=work.actor.party, offered_at=work.now(), **told
        )
        work.session.add(offer)
        work.record("test.offered", offer.key)
        offered = offer.key
    return {"OFFER": offered, "GROUP": group, "PAPERS": papers, "HANDED_IN": handed_in}


def doors(app: Flask) -> set[tuple[str, str]]:
    return {
        (rule.endpoint, method)
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }


def turned_away(browser: FlaskClient, url: str, method: str) -> bool:
    answer = browser.open(url, method=method)
    answer.close()
    assert answer.status_code < 500, (url, answer.status_code, answer.text[:500])
    at_the_door = answer.status_code == 302 and "/signin" in answer.location
    return at_the_door or answer.status_code in (401, 403, 404)


def test_every_door_has_a_row_and_every_row_a_door(world: World) -> None:
    assert doors(world.app) == set(MATRIX)


@pytest.mark.parametrize(("endpoint", "method"), sorted(MATRIX))
def test_who_may_come_in(world: World, endpoint: str, method: str) -> None:
    row = MATRIX[endpoint, method]
    admitted = row.mine or row.roles
    order = sorted(EVERYONE, key=lambda name: name in admitted)  # those who may not come first
    for name in order:
        if endpoint in ("signin.sign_in", "signin.sign_out", "signin.switch") and name in admitted:
            continue  # these change the browser itself; tests/portals/test_signin.py walks them
        away = turned_away(world.browsers[name], world.url(endpoint, row), method)
        assert away is (name not in admitted), f"{name} {method} {endpoint}"


@pytest.mark.parametrize(
    ("endpoint", "method"), sorted(k for k, r in MATRIX.items() if r.mine), ids="-".join
)
def test_foreign_and_missing_look_the_same(world: World, endpoint: str, method: str) -> None:
    row = MATRIX[endpoint, method]
    foreigner = world.browsers[FOREIGNERS.get(endpoint.partition(".")[0], OTHER)]
    foreign = foreigner.open(world.url(endpoint, row), method=method)
    missing = foreigner.open(world.url(endpoint, row, missing=True), method=method)
    assert (foreign.status_code, missing.status_code) == (404, 404)
    assert _plain(foreign.text) == _plain(missing.text)


def _plain(text: str) -> str:
    """A page without what differs from request to request: tokens, nonces and its own address."""
    return re.sub(r'(value|nonce)="[^"]*"|href="[^"]*[?&;]next=[^"]*"', "", text)


@pytest.mark.parametrize(
    ("endpoint", "method"), sorted(k for k in MATRIX if k[1] in UNSAFE), ids="-".join
)
def test_no_unsafe_door_opens_without_a_token(world: World, endpoint: str, method: str) -> None:
    world.app.config["WTF_CSRF_ENABLED"] = True
    try:
        answer = world.browsers[OWNER].open(
            world.url(endpoint, MATRIX[endpoint, method]), method=method
        )
    finally:
        world.app.config["WTF_CSRF_ENABLED"] = False
    if endpoint.startswith("exchange."):  # no cookie counts there: nothing to forge
        assert answer.status_code == 422
    else:
        assert answer.status_code == 400


@pytest.mark.parametrize("endpoint", sorted(e for e, m in MATRIX if m == "GET"))
def test_a_get_changes_nothing_but_the_record_of_looking(world: World, endpoint: str) -> None:
    row, wrote = MATRIX[endpoint, "GET"], []
    event.listen(
        world.hall.database.engine, "before_cursor_execute", listener := _writes_into(wrote)
    )
    try:
        for name in sorted(row.mine or row.roles):
            world.browsers[name].get(world.url(endpoint, row)).close()
    finally:
        event.remove(world.hall.database.engine, "before_cursor_execute", listener)
    assert not [s for s in wrote if "audit_" not in s]


def _writes_into(kept: list[str]):  # type: ignore[no-untyped-def]
    def listener(connection, cursor, statement, *rest):  # type: ignore[no-untyped-def]
        if statement.lstrip()[:6].upper() in ("INSERT", "UPDATE", "DELETE"):
            kept.append(statement)

    return listener


def test_every_signed_in_page_is_private(world: World) -> None:
    for endpoint, method in MATRIX:
        row = MATRIX[endpoint, method]
        if method == "GET" and endpoint != "static" and OWNER in (row.mine or row.roles):
            answer = world.browsers[OWNER].get(world.url(endpoint, row))
            # The status list is the same for everybody, and meant to be kept for a minute.
            kept = "public, max-age=60" if endpoint == "openlog.status" else "no-store"
            assert answer.headers["Cache-Control"] == kept, endpoint
            assert "Cookie" in answer.headers["Vary"], endpoint
            policy = answer.headers["Content-Security-Policy"]
            strict = ("default-src 'self'", "default-src 'none'", "sandbox")
            assert policy.startswith(strict), endpoint


def test_a_draft_is_hidden_from_staff(world: World) -> None:
    for name in (CLERK, REVIEWER, FOREIGN):
        assert world.browsers[name].get(f"/window/cases/{world.draft}").status_code == 404


def test_verbs_refuse_by_themselves(world: World) -> None:
    """The second lock: without any portal, a verb asks who acts."""
    stage = Stage(world.hall)
    with stage.work(CLERK) as work, pytest.raises(HallError):
        intake.begin(work, ALLOWANCE, words="")
    with stage.work(OTHER) as work, pytest.raises(HallError):
        intake.withdraw(work, stage.case(work, world.case))
