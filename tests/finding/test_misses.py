"""What was sought in vain is counted by day; what may be a person's is not kept."""

import pytest

from servicehall.catalogue.publishing import publish
from servicehall.finding import misses
from servicehall.finding.models import SearchMiss
from servicehall.kernel.errors import Forbidden, Invalid
from servicehall.kernel.work import Actor
from tests.builders import StillClock

EDITOR = Actor("e", "编辑", frozenset({"item_admin"}))


def kept(work):
    return {(row.words, row.number) for row in work.session.query(SearchMiss)}


def test_words_that_find_nothing_are_counted(begin):
    with begin() as work:
        for words in ("量子许可证", "　量子许可证 ", "zzzz"):
            assert misses.note(work, words)
            work.commit()
        assert kept(work) == {("量子许可证", 2), ("zzzz", 1)}


@pytest.mark.parametrize(
    "words",
    [
        "110101199003071233",
        "138 0013 8000",
        "020-34121084",
        "a@b.cn",
        "王小明 13800138000",
        "g12345678",
    ],
)
def test_what_may_be_a_persons_is_not_kept(work, words):
    assert not misses.note(work, words)
    assert kept(work) == set()
    assert not work.unfinished


def test_what_finds_something_is_not_a_miss(work, items):
    publish(work, items)
    assert not misses.note(work, "护士")
    with pytest.raises(Invalid):
        misses.note(work, " （")


def test_a_day_keeps_so_many_and_a_year_so_long(work, clock: StillClock):
    for words in ("甲甲甲", "乙乙乙", "丙丙丙", "甲甲甲"):
        misses.note(work, words, most=2)
        if work.unfinished:
            work.commit()
    assert kept(work) == {("甲甲甲", 2), ("乙乙乙", 1)}
    clock.forward(days=400)
    misses.note(work, "丁" * 300)
    assert kept(work) == {("丁" * 100, 1)}


def test_who_edits_items_sees_them_with_what_they_find_now(begin, items):
    with begin() as work:
        for words in ("护士证书", "护士证书", "不存在的事"):
            misses.note(work, words)
        publish(work, items)
        work.commit()
    with begin(EDITOR) as work:
        told = {miss.words: (miss.number, bool(miss.now)) for miss in misses.listed(work)}
        assert told == {"护士证书": (2, True), "不存在的事": (1, False)}
        assert misses.listed(work)[0].number == 2
    with begin(Actor("c", "某人", frozenset({"citizen"}))) as work, pytest.raises(Forbidden):
        misses.listed(work)
