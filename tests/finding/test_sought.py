"""A query with its filters, as far as one way goes."""

from servicehall.finding import search
from servicehall.finding.asking import Asked
from servicehall.finding.sought import WINDOW, ways_to


def first(work, query, **filters):
    return next(iter(ways_to(work, query, Asked(**filters))))


def test_without_words_everything_comes_by_key(whole):
    sought = first(whole, "")
    names = sought.names(most=5)
    assert [row.id for row in names] == sorted(row.id for row in names)
    assert sought.way.name == "all"


def test_the_best_names_are_ranked_and_the_others_follow(whole):
    ranked, rest = first(whole, "查询").ranked()
    assert ranked == sorted(ranked)
    assert rest
    assert WINDOW / 2 < len(ranked) <= 2 * WINDOW
    assert first(whole, "护士").ranked()[1] == 0


def test_only_one_way_is_walked_when_asked(whole):
    assert [s.way.name for s in ways_to(whole, "护士", Asked(), only="sounds")] == ["sounds"]


def test_a_department_named_in_words_narrows(whole):
    *_, last = ways_to(whole, "公安分局 身份证", Asked())
    assert last.way.name == "office"
    assert last.offices.codes
    assert [s.way.name for s in ways_to(whole, "公安", Asked(department="x"))][-1] != "office"


def test_words_that_are_right_elsewhere_are_no_slip(whole):
    def guesses(query, **filters):
        return [s.way.name for s in ways_to(whole, query, Asked(**filters)) if s.way.is_guess]

    assert guesses("护士执业", region="440000000000") == []
    assert guesses("护士职业", region="440000000000") == ["sounds", "slip"]
    assert guesses("护士执业") == ["sounds", "slip"]  # nothing was found, whatever the filters
    assert [s.way.name for s in ways_to(whole, "护士执业", Asked(level=1), only="slip")] == ["slip"]
    page = search.find(whole, "示范市不动产", region="440000000000")
    assert (page.entries, page.way) == ([], "none")


def test_a_name_nobody_holds_here_is_not_asked_for_twice(whole):
    first_way, *others = ways_to(whole, "护士执业", Asked(region="990101000000"))
    first_way.without.add(7)
    assert all(other.without == {7} for other in others if not other.offices.codes)
