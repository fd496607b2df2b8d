"""Search over the 12 items of the hall and the 1,500 of Guangdong."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from servicehall.catalogue import search
from servicehall.catalogue.publishing import mark, publish


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("护士执业注册", "护士执业注册"),
        ("护士", "护士执业注册"),
        ("护士注册", "护士执业注册"),  # its characters, in this order
        ("开饭店", "食品经营许可（新办）"),  # an alias
        ("ｋｔｖ", "歌舞娱乐场所经营许可（联合审查）"),  # full width
        ("Nurse", "护士执业注册"),  # the English name
        ("示范区公安 身份证", "居民身份证补领"),  # department and name
        ("住房保障 提取", "住房公积金提取（购买自住住房）"),  # theme and name
        ("119901010000002388499012300200001", "护士执业注册"),  # the code itself
    ],
)
def test_what_is_asked_for_comes_first(whole, query, first):
    assert search.find(whole, query).entries[0].name == first


def test_a_name_that_begins_so_is_before_one_that_holds_it(whole):
    names = [entry.name for entry in search.find(whole, "律师", limit=200).entries]
    begins = [name.startswith("律师") for name in names]
    assert begins == sorted(begins, reverse=True)


def test_what_can_be_applied_for_is_first_among_equals(whole):
    found = search.find(whole, "", limit=20).entries
    assert [entry.applicable for entry in found] == [True] * 12 + [False] * 8


@pytest.mark.parametrize("query", ["%", "_", "a%", "\\", "/", "'", '"', "zzzz"])
def test_signs_of_patterns_mean_themselves(whole, query):
    for entry in search.find(whole, query).entries:
        assert query in entry.search_text


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.text(max_size=40))
def test_no_query_breaks_the_search(whole, query):
    page = search.find(whole, query, limit=3)
    assert len(page.entries) <= 3 <= max(page.total, 3)


def test_pages_follow_one_another_without_gap_or_repetition(whole):
    seen, after = [], None
    while True:
        page = search.find(whole, "许可", limit=37, after=after)
        seen += [entry.code for entry in page.entries]
        if page.next is None:
            break
        after = page.next
    assert len(seen) == len(set(seen)) == page.total


def test_filters_narrow(whole, items):
    everything = search.find(whole).total
    natural = search.find(whole, kind="natural").total
    legal = search.find(whole, kind="legal").total
    assert natural < everything == 1512
    assert legal < everything
    nurse = search.find(whole, theme="natural-050", applicable=True)
    assert [entry.name for entry in nurse.entries] == ["护士执业注册"]
    health = next(item for item in items if item.name == "护士执业注册").department
    assert search.find(whole, department=health).total == 2
    assert search.find(whole, theme="natural-%").total == 0


def test_suggestions_are_few_and_none_for_nothing(whole):
    assert len(search.suggest(whole, "申")) == 8
    assert not search.suggest(whole, "  ")


def test_themes_and_departments_are_counted(whole):
    counts = search.counts_by_theme(whole)
    for key in ("natural-050", "legal-010", "natural-999"):
        assert counts[key] == search.find(whole, theme=key).total
    found = search.departments(whole)
    assert sum(row.items for row in found) == 1512
    assert sum(row.applicable for row in found) == 12
    assert found[0].applicable


def test_what_is_suspended_or_cancelled_is_not_offered(work, items):
    publish(work, items)
    mark(work, items[0].code, state="cancelled", reason="取消")
    mark(work, items[1].code, state="suspended", reason="暂停")
    assert search.find(work).total == 10
    assert sum(row.items for row in search.departments(work)) == 10
