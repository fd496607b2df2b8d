"""Portable: all of one's own and nothing of anybody else's, proven against the schema itself."""

import json

import pytest

from servicehall.cases import matters
from servicehall.cases.models import Case
from servicehall.city.town import town
from servicehall.disputes import raising
from servicehall.kernel.errors import NotFound
from servicehall.oversight import portable, usage
from servicehall.tables import METADATA
from servicehall.wiring import Hall
from tests.cases.halls import FOOD, NURSE, Scene

# Tables in which nothing is anybody's, and why.
NOBODYS = {
    "access_token": "systems",
    "calendar_change": "staff at work",
    "audit_head": "one row for the record", "audit_node": "hashes", "client": "systems",
    "card": "the office's own conduct", "card_step": "the office's own conduct",
    "distrusted_certificate": "public",
    "data_conflict": "pseudonyms of the registers", "department": "public", "measure": "counts",
    "item_draft": "staff at work", "item_entry": "public", "item_plan": "staff at work",
    "item_revision": "public", "open_edition": "public", "open_row": "public",
    "license_fault": "what is wrong with a file", "license_patrol": "counts",
    "license_leaf": "hashes", "license_log": "one row for the log", "license_node": "hashes",
    "tree_head": "hashes only", "region": "public", "resource": "public", "search_document": "derived",
    "search_miss": "words without who", "search_name": "derived", "search_place": "derived",
    "serial": "counters", "share_grant": "between departments",
    "share_request": "between departments", "sign_in_try": "names as keyed hashes",
    "spent_nonce": "hashes",
    "tally": "counts", "ticket": "numbers that name nobody",
    "visit_plan": "public", "timestamp_batch": "hashes only", "watch": "progress",
    "workday": "public",
}  # fmt: skip


def exported(stage: Scene, login: str, organization: str = "") -> dict[str, bytes]:
    with stage.work(login, organization) as work:
        return dict(portable.files(work))


def test_every_table_is_either_exported_or_nobodys(stage: Scene) -> None:
    stage.applied("wang", NURSE)
    with stage.work("wang") as work:
        person = {kind.__tablename__ for kind, _ in portable.owned(work)}
    with stage.work("li", stage.firm()) as work:
        firm = {kind.__tablename__ for kind, _ in portable.owned(work)}
    assert person | firm | set(NOBODYS) == set(METADATA.tables)
    assert not (person | firm) & set(NOBODYS)


def test_another_citizen_who_tried_to_look_stays_unnamed(stage: Scene) -> None:
    key = stage.applied("wang", NURSE)
    with stage.work("chen") as work:
        other = work.actor.id
        with pytest.raises(NotFound):
            matters.own(work, key)
        work.keep_refusals()
    files = exported(stage, "wang")
    tried = [e for e in json.loads(files["audit_entry.json"]) if e["act"] == "case.denied"]
    assert [entry["actor"] for entry in tried] == [""]
    assert other not in b"".join(files.values()).decode("utf8", "replace")


def test_all_of_it_comes_along(stage: Scene) -> None:
    key = stage.granted_nurse()
    with stage.work("wang") as work:
        raising.about_value(work, stage.case(work, key), "credit.record.trusted", said="不对的")
        looks = usage.count(work)
    files = exported(stage, "wang")
    (person,) = json.loads(files["person.json"])
    assert person["number"] == town().cast.wang.number
    (case,) = json.loads(files["case.json"])
    assert case["key"] == key
    assert case["facts"]["population.person.name"]["value"] == "王雨桐"
    assert len(json.loads(files["dispute.json"])) == 1
    acts = [entry["act"] for entry in json.loads(files["audit_entry.json"])]
    assert sum(act in usage.READS for act in acts) == looks
    kinds = {name.partition("/")[0] for name in files if "/" in name}
    assert kinds == {"consents", "documents", "licenses", "materials"}
    assert any(content.startswith(b"%PDF") for name, content in files.items() if ".pdf" in name)
    everything = b"".join(files.values()).decode("utf8", "replace")
    assert "argon2" not in everything  # no secret, though it is about the person too
    assert any(
        e["act"] == "person.exported"
        for e in json.loads(exported(stage, "wang")["audit_entry.json"])
    )


def test_nothing_of_anybody_else(stage: Scene, hall: Hall) -> None:
    firm = stage.firm()
    stage.applied("wang", NURSE)
    key = stage.begin("li", FOOD, firm)
    own = exported(stage, "li", firm)
    assert [case["key"] for case in json.loads(own["case.json"])] == [key]
    assert "person.json" not in own
    alone = exported(stage, "li")
    assert json.loads(alone["case.json"]) == []
    assert town().cast.wang.number.encode() not in b"".join([*own.values(), *alone.values()])
    with stage.work("auditor") as work:
        assert work.session.query(Case).count() == 2
