"""Licenses are found by holder, code and case; their state moves by law and on record."""

import pytest
from sqlalchemy import select

from servicehall.kernel.audit import AuditEntry
from servicehall.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from servicehall.kernel.work import Actor
from servicehall.licenses import issuing, library
from servicehall.licenses.models import State
from tests.licenses.conftest import BUREAU, NUMBER, license_type, order

WHY = {"reason": "持证人申请", "law": "行政许可法 第七十条"}


def test_found_by_its_holder(hall, work):
    assert library.held(work, NUMBER, "fishing-permit") is None
    planned = issuing.plan(work, order())
    assert library.of_holder(work, NUMBER) == []
    issuing.finish(work, planned)
    work.commit()
    assert library.held(work, f" {NUMBER.lower()} ", "fishing-permit") is planned
    assert library.held(work, NUMBER, "other") is None
    assert library.held(work, "990101199003071999", "fishing-permit") is None
    assert library.of_holder(work, NUMBER) == [planned]
    hall.clock.pass_days(365 * 6)
    assert library.held(work, NUMBER, "fishing-permit") is None
    assert library.of_holder(work, NUMBER) == [planned]


def test_found_by_code_identifier_and_case(hall, work):
    issued = hall.issue(order())
    code = issued.code.replace("0", "o").replace("1", "l").lower()
    assert library.by_code(work, code).id == issued.id
    assert library.by_identifier(work, issued.identifier).id == issued.id
    assert library.by_key(work, "C-1").id == issued.id
    assert library.has_file(work, issued.pdf_sha256)
    assert library.pdf(work, library.by_key(work, "C-1")).startswith(b"%PDF-")
    for miss in (library.by_code, library.by_identifier, library.by_key):
        with pytest.raises(NotFound):
            miss(work, "nothing")


def test_what_is_not_issued_yet_is_not_shown(work):
    planned = issuing.plan(work, order())
    assert library.by_key(work, "C-1") is planned
    for miss in (
        lambda: library.by_code(work, planned.code),
        lambda: library.by_identifier(work, planned.identifier),
        lambda: library.pdf(work, planned),
    ):
        with pytest.raises(NotFound):
            miss()


def test_states_move_as_the_law_lets_them(hall, work):
    hall.issue(order())
    license = library.by_key(work, "C-1")
    with pytest.raises(Conflict):
        library.resume(work, license, **WHY)
    library.suspend(work, license, **WHY)
    with pytest.raises(Conflict):
        library.suspend(work, license, **WHY)
    library.resume(work, license, **WHY)
    assert license.state is State.VALID
    library.cancel(work, license, **WHY)
    for act in (library.suspend, library.resume, library.cancel, library.revoke):
        with pytest.raises(Conflict):
            act(work, license, **WHY)
    work.commit()
    assert (license.state_reason, license.state_law) == (WHY["reason"], WHY["law"])
    assert license.state_by == "u1"
    acts = work.session.scalars(select(AuditEntry.act).order_by(AuditEntry.id)).all()
    assert acts[2:] == ["license.suspended", "license.resumed", "license.cancelled"]


@pytest.mark.parametrize("missing", ["reason", "law"])
def test_a_change_needs_a_reason_and_a_law(hall, work, missing):
    hall.issue(order())
    with pytest.raises(Invalid) as caught:
        library.revoke(work, library.by_key(work, "C-1"), **{**WHY, missing: "  "})
    assert caught.value.field == missing


def test_only_the_department_that_issued_it(hall):
    hall.issue(order())
    clerk = Actor("u2", "窗口", frozenset({"clerk"}), department=BUREAU)
    other = Actor("u3", "别处", frozenset({"reviewer"}), department="11990100000002022X")
    for actor, refusal in ((clerk, Forbidden), (other, NotFound)):
        with hall.work(actor) as work, pytest.raises(refusal):
            library.revoke(work, library.by_key(work, "C-1"), **WHY)


def test_a_change_by_another_process_is_seen(hall, work):
    hall.issue(order())
    stale = library.by_key(work, "C-1")
    with hall.work() as other:
        library.revoke(other, library.by_key(other, "C-1"), **WHY)
        other.commit()
    with pytest.raises(Conflict):
        library.suspend(work, stale, **WHY)


def test_newest_first(hall, work):
    many = license_type(single=False)
    for number in range(3):
        hall.issue(order(f"C-{number}", type=many))
    assert [one.issue_key for one in library.of_holder(work, NUMBER)] == ["C-2", "C-1", "C-0"]
    assert library.held(work, NUMBER, many.slug).issue_key == "C-2"
