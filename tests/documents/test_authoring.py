"""Papers are numbered without gaps by issuer, kind and year, and are on record."""

from datetime import timedelta

from servicehall.documents import authoring
from servicehall.kernel.audit import was_done
from servicehall.signing.signer import Issuer
from tests.documents.conftest import paper


def numbers(office, *papers):
    return [authoring.write(office, one).number for one in papers]


def test_numbers_run_within_issuer_kind_and_year(office, clock):
    other = Issuer("11990100000002022X", "别的局")
    made = numbers(office, paper(), paper(), paper(kind="refusal"), paper(issuer=other))
    assert made == [
        "受字〔2026〕第1号",
        "受字〔2026〕第2号",
        "不准字〔2026〕第1号",
        "受字〔2026〕第1号",
    ]
    office.commit()
    clock.moment += timedelta(days=366)
    assert numbers(office, paper()) == ["受字〔2027〕第1号"]


def test_a_paper_that_is_taken_back_leaves_no_gap(office):
    numbers(office, paper())
    office.rollback()
    assert numbers(office, paper()) == ["受字〔2026〕第1号"]


def test_writing_is_on_record(office):
    document = authoring.write(office, paper(remedies="可以申请行政复议。"))
    office.commit()
    assert was_done(office.session, "document.written", "m1")
    assert document.words["remedies"] == "可以申请行政复议。"
