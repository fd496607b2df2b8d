"""fsck names every breach about wordings, drafts and plans: each is planted by hand and found."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import text

from servicehall.catalogue import drafts, planning
from servicehall.kernel.work import SYSTEM, UnitOfWork
from servicehall.oversight import wordings
from servicehall.revising import approving
from servicehall.wiring import Hall
from tests.cases.halls import ALLOWANCE, FUND, ID_CARD, NURSE, VENUE
from tests.conftest import Prepared, copied
from tests.journeys.stage import Stage


@pytest.fixture(scope="module")
def told(prepared: Prepared, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hall]:
    """A published draft, one that waits for its day, an open one, a plan that runs and one to come."""
    with copied(prepared, tmp_path_factory.mktemp("worded") / "data", "hall_worded") as hall:
        stage = Stage(hall)
        stage.begin("wang", NURSE)
        for code, days in ((NURSE, 0), (FUND, 9)):
            with stage.work("items") as work:
                draft = drafts.begin(work, code)
                drafts.save(work, draft, {**draft.body, "quota": "十名"}, version=draft.version)
                day = work.today() + timedelta(days=days) if days else None
                approving.propose(
                    work, draft, version=draft.version, summary="改名额", effective_on=day
                )
            with stage.work("publisher") as work:
                found = drafts.unfinished(work, code)
                assert found
                approving.publish(work, found, version=found.version)
        with stage.work("items") as work:
            drafts.begin(work, VENUE)
            for code, days in ((ALLOWANCE, 0), (ID_CARD, 9)):
                start = work.today() + timedelta(days=days)
                planning.ask(work, code, state="suspended", reason="升级", starts_on=start,
                             ends_on=start + timedelta(days=1))  # fmt: skip
        with stage.work("publisher") as work:
            for plan in planning.pending(work):
                planning.agree(work, plan, version=plan.version)
        yield hall


@pytest.fixture
def work(told: Hall) -> Iterator[UnitOfWork]:
    """A unit of work that may do what no verb can; it is never committed."""
    with told.work(SYSTEM) as opened:
        run = opened.session.execute
        if told.database.engine.dialect.name == "sqlite":
            run(text("PRAGMA ignore_check_constraints = 1"))
            run(text("PRAGMA defer_foreign_keys = 1"))
            run(text("DROP TRIGGER item_revision_no_update"))
        else:
            for table, name in (
                ("item_draft", "two_persons"), ("item_draft", "author_among_authors"),
                ("item_draft", "publisher_no_author"), ("item_plan", "two_persons"),
            ):  # fmt: skip
                run(text(f"ALTER TABLE {table} DROP CONSTRAINT ck_{table}_{name}"))
            run(text("ALTER TABLE item_revision DISABLE TRIGGER USER"))
        yield opened
        opened.rollback()


def test_a_hall_in_order_has_no_breach(work: UnitOfWork) -> None:
    assert list(wordings.breaches(work)) == []


PUBLISHED = f"FROM item_draft WHERE code = '{NURSE}'"
BROKEN = {
    "a wording altered": ("UPDATE item_revision SET digest = 'x' WHERE id = 1", "was altered"),
    "a wording of another item": (
        "UPDATE item_revision SET code = 'x' WHERE id = 1", "words another item",
    ),
    "an item with another's wording": (
        "UPDATE item_entry SET current_id = (SELECT max(current_id) FROM item_entry)",
        "is in force with a wording of",
    ),
    "an old wording put back": (
        f"UPDATE item_entry SET current_id = (SELECT based_on_id {PUBLISHED}) WHERE code = '{NURSE}'",
        "is in force with a wording that is not on record",
    ),
    "a draft without its place": (
        f"UPDATE item_draft SET slot = NULL WHERE code = '{VENUE}'", "is open and holds the place",
    ),
    "a draft published by its author": (
        f"UPDATE item_draft SET publisher = author WHERE code = '{NURSE}'",
        "was published by one of its authors",
    ),
    "a draft based on another item": (
        f"UPDATE item_draft SET based_on_id = (SELECT current_id FROM item_entry WHERE code = '{FUND}')"
        f" WHERE code = '{VENUE}'",
        "which is none of that item",
    ),
    "a draft nobody opened": (
        f"UPDATE item_draft SET code = '{ID_CARD}', slot = '{ID_CARD}', based_on_id = NULL"
        f" WHERE code = '{VENUE}'",
        "was never opened",
    ),
    "a draft published by nobody": (
        f"UPDATE item_draft SET publisher = NULL WHERE code = '{NURSE}'",
        "is published without its second person",
    ),
    "a draft published silently": (
        f"UPDATE item_draft SET state = 'published', slot = NULL, revision_id = based_on_id"
        f" WHERE code = '{FUND}'",
        "is published and that is not on record",
    ),
    "a draft approved silently": (
        f"UPDATE item_draft SET state = 'approved', effective_on = '2999-01-01'"
        f" WHERE code = '{VENUE}'",
        "is approved and that is not on record",
    ),
    "a day missed": (
        f"UPDATE item_draft SET effective_on = '2020-01-01' WHERE code = '{FUND}'",
        "should be in force since 2020-01-01",
    ),
    "a plan for nothing": (
        f"UPDATE item_plan SET code = 'x' WHERE code = '{ID_CARD}'", "there is no such item",
    ),
    "a plan without its place": (
        "UPDATE item_plan SET slot = NULL", "is agreed and holds the place",
    ),
    "a plan agreed by one": ("UPDATE item_plan SET approver = author", "agreed by who asked for it"),
    "a plan nobody agreed to": ("UPDATE item_plan SET approver = NULL", "and nobody agreed"),
    "a plan not begun": (
        f"UPDATE item_plan SET starts_on = '2020-01-01' WHERE code = '{ID_CARD}'",
        "should run since 2020-01-01",
    ),
    "a plan not ended": (
        f"UPDATE item_plan SET ends_on = '2020-01-01' WHERE code = '{ALLOWANCE}'",
        "should have ended on 2020-01-01",
    ),
    "a suspended item in use": (
        f"UPDATE item_entry SET state = 'in_use' WHERE code = '{ALLOWANCE}'",
        "runs and the item is in_use",
    ),
    "a case with another's wording": (
        f"UPDATE \"case\" SET item_code = '{FUND}'", "has a wording of",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", BROKEN)
def test_each_breach_is_named(work: UnitOfWork, name: str) -> None:
    statement, words = BROKEN[name]
    assert work.session.execute(text(statement)).rowcount  # type: ignore[attr-defined]
    assert [line for line in wordings.breaches(work) if words in line]
