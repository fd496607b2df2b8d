"""fsck names every breach: each invariant is broken by hand, in a transaction that is dropped."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from servicehall.kernel import audit, codes
from servicehall.kernel.work import SYSTEM, UnitOfWork
from servicehall.oversight import integrity
from servicehall.payments import billing
from servicehall.tables import METADATA
from servicehall.wiring import Hall
from tests.conftest import Prepared, copied
from tests.journeys.stage import Stage
from tests.oversight.tampering import cut, ended

FUND, ID_CARD = "12990101000000676R399206700200001", "11990101000000094N499070900100002"


@pytest.fixture(scope="module")
def told(prepared: Prepared, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hall]:
    """A hall in which two cases were closed, one with a payout and one with a paid bill."""
    with copied(prepared, tmp_path_factory.mktemp("told") / "data", "hall_told") as hall:
        stage = Stage(hall)
        fund, card = stage.applied("wang", FUND), stage.applied("chen", ID_CARD)
        for key, desk in ((fund, "fund"), (card, "police")):
            stage.accepted(key)
            with stage.work("clerk") as work:
                if billing.of(work, key):
                    billing.settle(work, key, "DEMO-000001")
            stage.agreed(f"reviewer-{desk}", key)
            stage.granted(f"reviewer-{desk}", key)
            hall.clock.forward(minutes=2)  # type: ignore[attr-defined] # a checkpoint after each
        yield hall


@pytest.fixture
def work(told: Hall) -> Iterator[UnitOfWork]:
    """A unit of work that may do what no verb can; it is never committed."""
    with told.work(SYSTEM) as opened:
        if told.database.engine.dialect.name == "sqlite":
            opened.session.execute(text("PRAGMA defer_foreign_keys = 1"))
            for table in ("audit_entry", "audit_node"):
                for act in ("update", "delete"):
                    opened.session.execute(text(f"DROP TRIGGER {table}_no_{act}"))
        else:
            for table in ("audit_entry", "audit_node"):
                opened.session.execute(text(f"ALTER TABLE {table} DISABLE TRIGGER USER"))
        yield opened
        opened.rollback()


def broken(hall: Hall, work: UnitOfWork) -> list[str]:
    """What is wrong with cases, licenses, files and the record."""
    return [*integrity.breaches(work, hall.heads())]


def found(hall: Hall, work: UnitOfWork) -> list[str]:
    """What is wrong anywhere; the list of items takes most of the time."""
    return [*broken(hall, work), *integrity.of_the_list(work)]


def test_a_hall_in_order_has_no_breach(told: Hall, work: UnitOfWork) -> None:
    assert found(told, work) == []
    assert len(told.heads()) >= 2


BROKEN = {
    "an act deleted": ("DELETE FROM audit_entry WHERE id = 9", "audit entry 9 is missing"),
    "an act altered": (
        "UPDATE audit_entry SET actor = 'x' WHERE id = 9",
        "audit entry 9 was altered",
    ),
    "the head moved on": ("UPDATE audit_head SET length = length + 1", "ends otherwise"),
    "a case number skipped": (
        "UPDATE serial SET value = value + 1 WHERE name LIKE 'case:%'",
        "2 numbers were given out, 1 cases",
    ),
    "a serial forgotten": ("DELETE FROM serial WHERE name LIKE 'case:%'", "without a serial"),
    "a case number altered": (
        "UPDATE \"case\" SET number = substr(number, 1, 22) || '!' WHERE id = 1",
        "wrong check character",
    ),
    "a case number taken away": (
        'UPDATE "case" SET number = NULL WHERE id = 1',
        "1 numbers were given out, 0 cases hold one",
    ),
    "a case put back": (
        "UPDATE \"case\" SET state = 'submitted' WHERE id = 1",
        "is submitted after case.granted",
    ),
    "a case moved on": (
        "UPDATE \"case\" SET state = 'withdrawn' WHERE id = 1",
        "case.withdrawn is not on record",
    ),
    "an acceptance unrecorded": (
        "DELETE FROM audit_entry WHERE act = 'case.accepted'",
        "case.accepted is not on record",
    ),
    "a grant doubled": (
        "UPDATE audit_entry SET act = 'case.granted' WHERE act = 'case.closed'",
        "case.granted happened 2 times",
    ),
    "a submit doubled": (
        "UPDATE audit_entry SET act = 'case.submitted' WHERE act = 'case.accepted'",
        "was submitted 2 times",
    ),
    "a license doubled": (
        "UPDATE audit_entry SET act = 'license.issued' WHERE act = 'license.planned'",
        "license.issued happened 2 times",
    ),
    "a payment doubled": (
        "UPDATE audit_entry SET act = 'bill.paid' WHERE act = 'bill.raised'",
        "bill.paid happened 2 times",
    ),
    "a license number skipped": (
        "UPDATE serial SET value = 7 WHERE name LIKE 'license:%'",
        "7 numbers were given out, 1 licenses hold one",
    ),
    "a license serial forgotten": (
        "DELETE FROM serial WHERE name LIKE 'license:%'",
        "licenses without a serial",
    ),
    "a license of another case": (
        "UPDATE license SET issue_key = 'x' WHERE id = 1",
        "is closed without its license",
    ),
    "a license without a case": ("UPDATE license SET issue_key = 'x' WHERE id = 1", "has no case"),
    "a license taken back": (
        "UPDATE license SET state = 'intent' WHERE id = 1",
        "is closed without its license",
    ),
    "another file recorded": (
        "UPDATE license SET pdf_sha256 = 'x' WHERE id = 1",
        "the PDF is not the one that was issued",
    ),
    "a hash against the record": (
        "UPDATE license SET pdf_sha256 = 'x' WHERE id = 1",
        "with the file x, the record says",
    ),
    "a license deleted": ("DELETE FROM license WHERE id = 1", "is on record and gone"),
    "a file without license": ("DELETE FROM license WHERE id = 1", "belongs to no license"),
    "a sealed field altered": (
        "UPDATE license SET intent = (SELECT jws FROM license WHERE id = 2) WHERE id = 1",
        "license row 1 cannot be read",
    ),
    "a record of another license": (
        "UPDATE license SET jws = (SELECT jws FROM license WHERE id = 2) WHERE id = 1",
        "what was signed is not what was planned",
    ),
    "a bill half paid": ("UPDATE bill SET transaction = NULL", "paid and transaction do not agree"),
    "a bill unpaid again": (
        "UPDATE bill SET transaction = NULL, paid_at = NULL",
        "paid and the record do not agree",
    ),
    "a bill without case": ("UPDATE bill SET matter = 'x'", "bill of x has no case"),
    "a payout paid silently": (
        "UPDATE payout SET paid_at = ordered_at",
        "paid and the record do not agree",
    ),
    "a payout without case": ("UPDATE payout SET matter = 'x'", "payout of x has no case"),
    "a material of another hash": (
        "UPDATE case_material SET sha256 = 'x' WHERE file_key IS NOT NULL",
        "is not the file that was handed in",
    ),
    "a material without file": (
        "UPDATE case_material SET file_key = 'materials/mx' || id WHERE file_key IS NOT NULL",
        "NotFound",
    ),
}
OF_THE_LIST = {
    "a token of a name gone": (
        "UPDATE search_document SET tokens = ''",
        "names with other tokens, such as",
    ),
    "a number of another place": (
        "UPDATE search_place SET number = number + 1 WHERE place = 'b'",
        "numbers at places that are wrong, such as",
    ),
    "a number gone": (
        "DELETE FROM search_place WHERE place = 'b'",
        "numbers at places that are missing, such as",
    ),
    "a name gone": ("DELETE FROM search_name", "names that are missing, such as"),
    "an item that points elsewhere": (
        "UPDATE item_entry SET name_id = 1 WHERE name_id IS NOT NULL",
        "items point to other names than their own, such as",
    ),
    "an item cancelled behind the index": (
        "UPDATE item_entry SET state = 'cancelled'",
        "names nobody holds, such as",
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_each_breach_is_named(told: Hall, work: UnitOfWork, name: str) -> None:
    statement, said = BROKEN[name]
    work.session.execute(text(statement.replace("transaction", '"transaction"')))
    breaches = broken(told, work)
    assert any(said in breach for breach in breaches), breaches


@pytest.mark.parametrize("name", OF_THE_LIST)
def test_each_breach_of_the_list_is_named(work: UnitOfWork, name: str) -> None:
    statement, said = OF_THE_LIST[name]
    work.session.execute(text(statement))
    breaches = [*integrity.of_the_list(work)]
    assert any(said in breach for breach in breaches), breaches


def test_a_posting_gone_from_the_full_text_is_named(told: Hall, work: UnitOfWork) -> None:
    if told.database.engine.dialect.name == "sqlite":  # PostgreSQL keeps its index itself
        key, tokens = work.session.execute(
            text("SELECT id, tokens FROM search_document LIMIT 1")
        ).one()
        asked = "INSERT INTO search_token (search_token, rowid, tokens) VALUES ('delete', :k, :t)"
        work.session.execute(text(asked), {"k": key, "t": tokens})
        assert found(told, work) == ["search index: the full text is not that of the tokens kept"]


def test_a_deleted_case_is_missed(told: Hall, work: UnitOfWork) -> None:
    of_cases = [table for table in METADATA.tables.values() if "case_id" in table.columns]
    for table in of_cases:
        work.session.execute(text(f"DELETE FROM {table.name} WHERE case_id = 1"))
    work.session.execute(text('DELETE FROM "case" WHERE id = 1'))
    assert any("is on record and gone" in breach for breach in broken(told, work))


def test_a_tail_cut_off_is_seen_from_outside(told: Hall, work: UnitOfWork) -> None:
    """The record alone would not show it: only the signed checkpoints do (D7)."""
    end = told.heads()[-1].length - 1
    cut(work, end)
    inside = list(audit.broken(work.session))
    assert inside == []
    assert any("are gone: a checkpoint saw" in breach for breach in broken(told, work))


def test_a_record_written_anew_is_seen_from_outside(told: Hall, work: UnitOfWork) -> None:
    entry = work.session.get_one(audit.AuditEntry, 9)
    entry.actor = "nobody"
    entry.hash = audit.leaf(audit.content(9, entry, entry.salt), entry.salt).hex()
    work.session.flush()
    ended(work)
    assert list(audit.broken(work.session)) == []
    assert any("are not those a checkpoint was signed for" in one for one in broken(told, work))


Edit = Callable[[Path], object]
EDITS: dict[str, tuple[str, Edit, str]] = {
    "a PDF is gone": ("licenses/*/*.pdf", Path.unlink, "NotFound"),
    "a PDF is altered": (
        "licenses/*/*.pdf",
        lambda p: p.write_bytes(p.read_bytes() + b"\n"),
        "the PDF is not the one",
    ),
    "a record is gone": ("licenses/*/*.jws", Path.unlink, "NotFound"),
    "a record is altered": (
        "licenses/*/*.jws",
        lambda p: p.write_bytes(p.read_bytes()[:-4] + b"AAAA"),
        "is not the one in the library",
    ),
    "a material is gone": ("materials/*", Path.unlink, "NotFound"),
    "a material is altered": (
        "materials/*",
        lambda p: p.write_bytes(b"x"),
        "is not the file that was handed in",
    ),
}


@pytest.mark.parametrize("name", EDITS)
def test_each_file_is_looked_at(told: Hall, work: UnitOfWork, name: str) -> None:
    pattern, edit, said = EDITS[name]
    path = next((told.settings.folder / "files").glob(pattern))
    before = path.read_bytes()
    try:
        edit(path)
        breaches = broken(told, work)
    finally:
        path.write_bytes(before)
    assert any(said in breach for breach in breaches), breaches


def test_a_stray_signed_file_is_named(told: Hall, work: UnitOfWork) -> None:
    stray = told.settings.folder / "files" / "licenses" / "2026" / "stray.pdf"
    stray.write_bytes(b"%PDF-")
    breaches = found(told, work)
    stray.unlink()
    assert breaches == ["signed file licenses/2026/stray.pdf belongs to no license"]


def test_another_number_than_on_the_receipt_is_named(told: Hall, work: UnitOfWork) -> None:
    body = work.session.execute(text('SELECT number FROM "case" WHERE id = 1')).scalar_one()[:21]
    number = body + "9" + codes.check37(body + "9")
    work.session.execute(text('UPDATE "case" SET number = :n WHERE id = 1'), {"n": number})
    assert any(f"has number {number}, its receipt says" in one for one in broken(told, work))
