"""Search over the items of the hall and the 1,500 of Guangdong, on whichever database."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from servicehall.catalogue import publishing
from servicehall.catalogue.models import ItemEntry
from servicehall.finding import search
from servicehall.finding.asking import Asked
from servicehall.kernel.errors import Invalid
from servicehall.searching.tokens import letters, normal

RESTAURANT, NURSE, CARD = "食品经营许可（新办）", "护士执业注册", "居民身份证补领"
ONCE = settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.mark.parametrize(
    ("query", "first", "way"),
    [
        ("护士执业注册", NURSE, "literal"),
        ("护士", NURSE, "literal"),
        ("开饭店", RESTAURANT, "literal"),  # an alias
        ("ｋｔｖ", "歌舞娱乐场所经营许可（联合审查）", "literal"),  # full width
        ("Nurse", NURSE, "literal"),  # the English name
        ("食品经营许可新办", RESTAURANT, "literal"),  # signs do not count
        ("住房保障 提取", "住房公积金提取（购买自住住房）", "literal"),  # theme and name
        ("找工作", "失业登记", "literal"),  # a saying
        ("我想开个饭店", RESTAURANT, "plain"),  # a saying in a sentence
        ("一家大饭店", RESTAURANT, "meant"),
        ("怎么办理护士执业注册", NURSE, "plain"),
        ("shi pin jing ying", RESTAURANT, "pinyin"),
        ("shipinjingying", RESTAURANT, "pinyin"),
        ("spjy", RESTAURANT, "initials"),
        ("护士执册", NURSE, "scattered"),  # its characters, in this order
        ("食频经营许可", RESTAURANT, "sounds"),  # a homophone
        ("身分证", CARD, "sounds"),
        ("食品经宫许可", RESTAURANT, "slip"),  # a shape alike
        ("示范区公安分局 补领", CARD, "office"),  # department and name
        ("119901010000002388499012300200001", NURSE, "code"),
    ],
)
def test_what_is_asked_for_comes_first(whole, query, first, way):
    page = search.find(whole, query)
    assert (page.entries[0].name, page.way) == (first, way)


def test_names_come_before_other_names_and_texts(whole):
    found = search.find(whole, "居住证", limit=50)
    assert "居住证" in found.entries[0].name
    text = search.find(whole, "单位食堂经营")  # words of a summary only
    assert (text.way, text.entries[0].name) == ("prose", RESTAURANT)


def test_a_name_that_begins_so_is_before_one_that_holds_it(whole):
    names = [entry.name for entry in search.find(whole, "律师", limit=200).entries]
    begins = [name.startswith("律师") for name in names]
    assert begins == sorted(begins, reverse=True)


def test_what_can_be_applied_for_is_first_among_equals(whole, items):
    found = search.find(whole, "", limit=len(items) + 8).entries
    assert [bool(entry.applicable) for entry in found] == [True] * len(items) + [False] * 8


@pytest.mark.parametrize("query", ["%", "_", "a%", "\\", "/", "'", '"', "zzzz", "*", "(", "·"])
def test_signs_of_patterns_mean_themselves(whole, query):
    for entry in search.find(whole, query).entries:
        if not letters(query):
            assert normal(query) in normal(entry.name)


@ONCE
@given(st.text(max_size=40))
def test_no_query_breaks_the_search(whole, query):
    page = search.find(whole, query, limit=3)
    assert len(page.entries) <= 3
    assert page.total >= len(page.entries)


@ONCE
@given(st.data())
def test_every_name_is_found_by_each_of_its_parts(whole, data):
    names = whole.session.execute(select(ItemEntry.id, ItemEntry.name)).all()
    key, name = data.draw(st.sampled_from(names))
    start = data.draw(st.integers(0, len(name) - 1))
    part = name[start : start + data.draw(st.integers(1, 8))]
    if part.isspace():
        return
    page, seen = search.find(whole, part, limit=500), list[int]()
    seen += [entry.id for entry in page.entries]
    while page.next:
        page = search.find(whole, part, limit=500, after=page.next)
        seen += [entry.id for entry in page.entries]
    assert page.way == "literal"
    assert key in seen, (part, letters(name))


@pytest.mark.parametrize(
    ("query", "filters"),
    [
        ("许可", {}), ("证", {}), ("", {}), ("", {"kind": "legal"}), ("公证", {"kind": "natural"}),
        ("护照", {"region": "440000000000"}), ("xk", {}), ("广东省司法厅", {}), ("（", {}),
    ],
)  # fmt: skip
def test_pages_follow_one_another_without_gap_or_repetition(whole, query, filters):
    asked = Asked(**filters)
    seen, after, pages = [], None, 0
    while True:
        page = search.find(whole, query, limit=37, after=after, asked=asked)
        seen += [entry.code for entry in page.entries]
        pages += 1
        if page.next is None:
            break
        after = page.next
    assert len(seen) == len(set(seen))
    counts = search.find(whole, query, asked=asked).counts()
    assert len(seen) == counts.total or counts.more
    assert pages == -(-len(seen) // 37)
    whole_page = search.find(whole, query, limit=2000, asked=asked)
    assert [entry.code for entry in whole_page.entries] == seen


def test_a_place_of_another_search_is_refused(whole):
    after = search.find(whole, "许可", limit=5).next
    for given_after, query in ((after, "登记"), ("x", "许可"), ("", "许可"), (after[:-3], "许可")):
        if given_after == "":
            assert search.find(whole, query, limit=5, after=given_after).entries
            continue
        with pytest.raises(Invalid) as refused:
            search.find(whole, query, limit=5, after=given_after)
        assert refused.value.field == "after"


@ONCE
@given(st.text(max_size=60))
def test_no_place_breaks_the_search(whole, after):
    with pytest.raises(Invalid):
        search.find(whole, "许可", after=after or "!")


def test_filters_narrow(whole, items):
    everything = search.find(whole).total
    natural = search.find(whole, kind="natural").total
    legal = search.find(whole, kind="legal").total
    assert natural < everything == len(items) + 1500
    assert legal < everything
    nurse = search.find(whole, theme="natural-050", applicable=True)
    assert NURSE in [entry.name for entry in nurse.entries]
    health = next(item for item in items if item.name == NURSE).department
    assert search.find(whole, department=health).total == sum(i.department == health for i in items)
    assert search.find(whole, "护士", department=health).total == 1
    assert search.find(whole, level=4).total < everything
    assert search.find(whole, object="government").total < legal


def test_a_region_has_what_is_in_it_and_what_is_above(whole):
    def regions(code):
        return {e.region for e in search.find(whole, limit=2000, region=code).entries}

    county = regions("990101000000")
    assert county == {"990101000000", "990100000000"} & regions("990000000000") | {"990101000000"}
    assert regions("990101001000") == county  # a street: its county, city and province serve it
    assert regions("440000000000").isdisjoint(county)
    assert regions("440101000000") <= regions("440000000000")


def test_suggestions_are_few_no_name_twice_and_none_for_nothing(whole):
    names = [entry.name for entry in search.suggest(whole, "申")]
    assert len(names) == 8
    assert not search.suggest(whole, "  ")
    assert not search.suggest(whole, "（")
    assert search.suggest(whole, "spjy", asked=Asked(kind="legal"))[0].name == RESTAURANT


def test_what_is_suspended_is_found_as_such_and_what_is_cancelled_is_not(whole):
    entry = whole.session.scalars(select(ItemEntry).where(ItemEntry.name == NURSE)).one()
    try:
        entry.notice = {"ends_on": "2026-12-31", "reason": "系统升级"}
        publishing.mark(whole, entry.code, state="suspended", reason="系统升级")
        for query in (NURSE, entry.code):
            (found,) = search.find(whole, query, limit=1).entries
            assert search.stopped(found) == {"ends_on": "2026-12-31", "reason": "系统升级"}
        assert search.find(whole, NURSE, applicable=True).way != "literal"
        assert search.stopped(search.find(whole, RESTAURANT).entries[0]) is None
        publishing.mark(whole, entry.code, state="cancelled", reason="取消")
        assert entry.code not in [found.code for found in search.find(whole, NURSE).entries]
        assert not search.find(whole, entry.code).entries
    finally:
        whole.rollback()


def test_letters_of_a_saying_find_what_it_means(whole):
    page = search.find(whole, "kfd")
    assert (page.way, page.entries[0].name) == ("spelt", RESTAURANT)
    assert RESTAURANT in [entry.name for entry in search.suggest(whole, "kfd")]


def test_the_nearest_names_are_found_whatever_is_typed(whole):
    assert NURSE in search.nearest(whole, "护囧囧囧囧囧士")
    assert NURSE in search.nearest(whole, "护士执业注册")
    assert search.nearest(whole, "囧彧") == search.nearest(whole, "") == ()
