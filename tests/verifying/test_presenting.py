"""Presenting: what a program is told, masked; and that a department's look is on record."""

import json

from servicehall.kernel.audit import AuditEntry
from servicehall.kernel.work import Actor
from servicehall.verifying import presenting, verification
from tests.licenses.conftest import NUMBER, order
from tests.licenses.test_wallet import VERIFIER


def test_a_program_gets_the_verdict_without_the_person(hall, work):
    issued = hall.issue(order())
    told = presenting.as_json(verification.by_code(work, issued.code))
    assert (told["result"], told["genuine"], told["same_file"]) == ("valid", True, None)
    assert told["license"]["identifier"] == issued.identifier
    assert told["license"]["valid_from"] < told["license"]["valid_to"]
    text = json.dumps(told, ensure_ascii=False)
    assert not any(secret in text for secret in (NUMBER, "欧阳𬱖婳祎"))
    altered = presenting.as_json(verification.by_file(work, b"%PDF-1.4 nothing"))
    assert (altered["license"], altered["genuine"]) == (None, False)
    assert altered["reasons"]


def test_a_departments_look_is_on_record(hall):
    issued = hall.issue(order())
    for reason, kept in (("办理贷款", "办理贷款"), ("", "未说明用途")):
        with hall.work(VERIFIER) as work:
            verdict = verification.by_code(work, issued.code)
            presenting.noted(work, verdict, reason=reason)
            work.commit()
            entry = work.session.query(AuditEntry).order_by(AuditEntry.id.desc()).first()
        assert (entry.act, entry.person) == ("license.verified", "person:p1")
        assert entry.detail == {"reason": kept, "result": "valid"}
    with hall.work(VERIFIER) as work:
        presenting.noted(work, verification.by_file(work, b"x"), reason="")
        assert not work.unfinished


def test_a_visitors_look_is_on_record_and_says_nothing_of_theirs(hall):
    issued = hall.issue(order())
    with hall.work(Actor("visitor", "访客")) as work:
        presenting.noted(work, verification.by_code(work, issued.code), reason="<b>x</b>")
        work.commit()
        entry = work.session.query(AuditEntry).order_by(AuditEntry.id.desc()).first()
    assert (entry.act, entry.person) == ("license.verified", "person:p1")
    assert entry.detail == {"result": "valid"}
