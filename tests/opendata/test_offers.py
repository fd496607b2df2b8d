"""Offers: what is open is found, page by page, each row once; what is not open is not there."""

import pytest

from servicehall.city import holdings
from servicehall.city.town import town
from servicehall.kernel.errors import Invalid, NotFound
from servicehall.kernel.work import SYSTEM, UnitOfWork
from servicehall.opendata import figures, offers
from servicehall.opendata.openness import Classified
from servicehall.sharing.datasets import DATASETS
from servicehall.sharing.models import Resource
from servicehall.wiring import Hall

ORGANIZATIONS = "legal.organization"


@pytest.fixture
def work(hall: Hall):  # type: ignore[no-untyped-def]
    with hall.work(SYSTEM) as opened:
        yield opened


def test_only_what_is_open_without_condition_is_offered(work: UnitOfWork) -> None:
    shared = {code for code, d in DATASETS.items() if d.opening == "unconditional"}
    own = {"hall.items", "hall.cases", "hall.ratings"}
    assert {of.code for of in offers.all_open(work)} == shared | own
    for closed in ("population.person", "nothing"):
        with pytest.raises(NotFound):
            offers.one(work, closed)


def test_every_organization_once_and_no_number_of_anybody(work: UnitOfWork) -> None:
    of = offers.one(work, ORGANIZATIONS)
    rows = list(offers.everything(work, of))
    assert [row["uscc"] for row in rows] == sorted(holdings.subjects(ORGANIZATIONS))
    numbers = {one.representative.number for one in town().companies.values()}
    assert not numbers & {value for row in rows for value in row.values()}
    assert all(set(row) == set(of.columns) for row in rows)
    assert {row["active"] for row in rows} <= {"是", "否"}


@pytest.mark.parametrize("code", [ORGANIZATIONS, "hall.items"])
def test_pages_follow_by_key(work: UnitOfWork, code: str) -> None:
    of, after, seen = offers.one(work, code), "", []
    for _ in range(3):
        page = offers.page(work, of, after=after, most=7)
        seen += [row[of.key] for row in page.rows]
        assert page.next == seen[-1]
        after = page.next or ""
    assert seen == sorted(set(seen))
    assert len(seen) == 21


def test_words_find_rows(work: UnitOfWork) -> None:
    of = offers.one(work, ORGANIZATIONS)
    first = offers.page(work, of, most=1).rows[0]
    found = offers.page(work, of, words=f" {first['name'].lower()}  {first['uscc'][:8]} ")
    assert first in found.rows
    assert offers.page(work, of, words="没有这样的公司").rows == []
    assert offers.page(work, of, words="100%_").rows == []  # no wildcard
    assert offers.page(work, of, words="\0").rows  # nothing is asked for
    items = offers.page(work, figures.ITEMS, words="护士执业注册", most=3)
    assert any("护士" in row["name"] for row in items.rows)
    with pytest.raises(Invalid):
        offers.page(work, of, after="\0")


def test_a_field_that_becomes_classified_closes_the_dataset(work: UnitOfWork) -> None:
    """Rows that were published before are not given out either."""
    row = work.session.query(Resource).filter_by(code=ORGANIZATIONS).one()
    told = [{**i, "element": "citizen_number"} if i["code"] == "legal_representative" else i
            for i in row.body["items"]]  # fmt: skip
    row.body = {**row.body, "items": told}
    of = offers.one(work, ORGANIZATIONS)
    assert "legal_representative" not in of.columns
    with pytest.raises(Classified, match="legal_representative"):
        offers.page(work, of)
