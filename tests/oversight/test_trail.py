"""The trail: every act, newest first, page by page, without gap or repeat; no personal data."""

import json

import pytest

from servicehall.identity import directory
from servicehall.kernel.errors import Forbidden
from servicehall.oversight import trail
from tests.cases.halls import NURSE, Scene


def test_pages_hold_everything_once(stage: Scene) -> None:
    key = stage.granted_nurse()
    for _ in range(4):
        stage.withdrawn("chen", stage.ready("chen", NURSE))
    with stage.work("auditor") as work:
        seen, before = list[int](), 0
        while page := trail.entries(work, before=before):
            seen += [entry.id for entry in page]
            before = page[-1].id
        assert len(seen) > trail.PAGE
        assert seen == list(range(len(seen), 0, -1))
        own = trail.entries(work, subject=key)
        assert {"case.begun", "case.granted", "case.closed"} <= {e.act for e in own}
        assert {e.act for e in trail.entries(work, act="case.closed")} == {"case.closed"}
    with stage.work("supervisor") as work, pytest.raises(Forbidden):
        trail.entries(work)


def test_the_record_names_nobody(stage: Scene) -> None:
    stage.granted_nurse()
    with stage.work("wang") as work:
        wang = directory.person(work, work.actor.person)
        secrets = (wang.name, wang.number, wang.phone)
    with stage.work("auditor") as work:
        told = json.dumps(
            [(e.actor, e.subject, e.person, e.detail) for e in trail.entries(work)],
            ensure_ascii=False,
        )
    assert not any(secret in told for secret in secrets)
