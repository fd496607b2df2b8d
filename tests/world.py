"""The world before the doors: a hall with a matter of every kind, all the owner's, and browsers."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from servicehall import factory
from servicehall.automating.models import Entitlement, InstantDecision
from servicehall.catalogue import drafts, planning
from servicehall.city import seeding
from servicehall.disputes import raising, reexamining, settling
from servicehall.documents import filing
from servicehall.feedback import ratings, rectifying
from servicehall.identity import directory
from servicehall.licenses import wallet
from servicehall.monitoring import carding
from servicehall.monitoring.detecting import Finding
from servicehall.oversight import usage
from servicehall.quality import conflicts
from servicehall.sharing import entering, granting, requesting, resources
from servicehall.showing import copies
from servicehall.wiring import Hall
from tests.builders import StillClock, headed
from tests.bundling.halls import NEWBORN, Together
from tests.cases.halls import FOOD
from tests.conftest import Prepared, on_server, settings_for
from tests.journeys.stage import Stage
from tests.lending import lent
from tests.sharing.sheets import SHEET, told_of
from tests.visitors import (
    ALLOWANCE,
    ASKER,
    EVERYONE,
    ITEMS,
    MISSING,
    NURSE,
    REVIEWER,
    STEWARD,
    VISITOR,
    Row,
)

SHARED, NAME = "credit.record.trusted", "population.person.name"


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
        if values.get("number") in ("LOOK", "GATHERED"):
            values["number"] = "999999" if missing else named[values["number"]]
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
        if values.get("code") == "LICENSE" or endpoint.startswith(
            ("citizen.mine.license", "citizen.carrying.")
        ):
            values["code"] = "0" * 12 if missing else self.license
        told = {"number": self.number, "document": self.document, "copy": self.shared["COPY"]}
        for name, own in told.items():
            if values.get(name) == name.upper():
                values[name] = MISSING if missing else own
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
    staged = _stage(hall, app)
    headed(hall)
    yield staged
    hall.close()
    on_server("DROP DATABASE hall_matrix WITH (FORCE)")


def _copied(stage: Stage) -> dict[str, str]:
    """A copy of the owner's license, by its code."""
    with stage.work("wang") as work:
        held = wallet.mine(work)[0]
        made = copies.make(work, held, purpose="开户", receiver="示范银行", days=9)
        work.commit()
        return {"COPY": made.code}


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
        shared | _groups(hall) | _copied(stage) | lent.staged(stage),
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
