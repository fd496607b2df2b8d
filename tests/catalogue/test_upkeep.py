"""The index follows publishing, suspending and cancelling; what is built at once is the same."""

import threading

from sqlalchemy import text, update

from servicehall.catalogue import publishing, upkeep
from servicehall.catalogue.models import ItemEntry
from servicehall.kernel.work import SYSTEM
from servicehall.searching import fulltext, indexing, matching, tokens
from tests.cases.halls import NURSE, hall

__all__ = ["hall"]


def found(work, word):
    wanted = [[tokens.grams(word)]]
    return len(matching.names(work.session, wanted, before=indexing.first(2), most=50))


def test_what_is_published_is_found_and_proven(work, items):
    publishing.publish(work, items)
    assert found(work, "护士") == 1
    assert upkeep.rebuild(work) == 0
    changed = [
        item.model_copy(update={"name": item.name.replace("护士", "护理师")}) for item in items
    ]
    assert publishing.publish(work, changed) == 1
    assert (found(work, "护士"), found(work, "护理师")) == (1, 1)  # 护士证 is another name of it
    assert upkeep.rebuild(work) == 0


def test_what_is_cancelled_is_not_found(work, items):
    publishing.publish(work, items)
    code = next(item.code for item in items if "护士" in item.name)
    for state, number in (("cancelled", 0), ("suspended", 1), ("cancelled", 0), ("in_use", 1)):
        publishing.mark(work, code, state=state, reason="暂停")
        assert found(work, "护士") == number
        assert upkeep.rebuild(work) == 0


def test_what_is_suspended_is_found_as_what_nobody_can_apply_for(work, items):
    publishing.publish(work, items)
    code = next(item.code for item in items if "护士" in item.name)
    publishing.mark(work, code, state="suspended", reason="暂停")
    wanted = [[tokens.grams("护士")]]
    (row,) = matching.names(work.session, wanted, before=indexing.first(2), most=50)
    assert "a-0" in row.tags.split()
    assert upkeep.differences(work) == []


def test_what_changed_behind_its_back_is_mended(work, items):
    publishing.publish(work, items)
    work.session.execute(update(ItemEntry).values(name_id=None))
    work.session.execute(text("DELETE FROM search_name"))
    assert upkeep.is_behind(work)
    assert upkeep.rebuild(work) > len(items)
    assert not upkeep.is_behind(work)
    assert found(work, "护士") == 1
    assert upkeep.rebuild(work) == 0


def test_what_differs_is_told_and_left_as_it_is(work, items):
    publishing.publish(work, items)
    assert upkeep.differences(work) == []
    work.session.execute(update(ItemEntry).values(name_id=1))
    work.session.execute(text("DELETE FROM search_place"))
    for _ in range(2):
        told = upkeep.differences(work)
        assert ["numbers at places that are missing" in told[0], "point to" in told[1]] == [1, 1]


def test_nothing_changed_writes_nothing(work, items):
    publishing.publish(work, items)
    before = work.session.query(ItemEntry.id, ItemEntry.name_id).all()
    with upkeep.followed(work, [items[0].code]):
        pass
    assert work.session.query(ItemEntry.id, ItemEntry.name_id).all() == before


def renamed(work, name):
    """The nurse registration is published under another name."""
    item = work.session.query(ItemEntry).filter_by(code=NURSE).one().current.item
    assert publishing.publish(work, [item.model_copy(update={"name": name})]) == 1


def test_two_who_change_one_item_at_once_leave_the_index_right(hall, monkeypatch):
    """The second may only see what the item was once the first is through."""
    asks = threading.Event()

    def second(what):
        if threading.current_thread() is other:
            asks.set()
        return what

    def change():
        with hall.work(SYSTEM) as work:
            renamed(work, "护士注册乙")
            work.commit()

    other = threading.Thread(target=change)
    waits, reads = fulltext.alone, upkeep._found
    monkeypatch.setattr(fulltext, "alone", lambda connection: waits(second(connection)))
    monkeypatch.setattr(upkeep, "_found", lambda *asked: second(reads(*asked)))
    with hall.work(SYSTEM) as work:
        renamed(work, "护士注册甲")
        other.start()
        assert asks.wait(600)
        work.commit()
    other.join()
    with hall.work(SYSTEM) as work:
        assert upkeep.differences(work) == []
