"""Serials: one after the other, each once, given back with the transaction."""

import threading

from servicehall.kernel import serials


def test_numbers_begin_at_one_and_names_are_apart(work):
    assert [serials.take(work.session, "a") for _ in range(3)] == [1, 2, 3]
    assert serials.take(work.session, "b") == 1
    assert (serials.last(work.session, "a"), serials.last(work.session, "c")) == (3, 0)


def test_a_number_is_given_back_with_its_transaction(database):
    with database.session() as session:
        serials.take(session, "a")
        session.commit()
        assert serials.take(session, "a") == 2
        session.rollback()
        assert serials.take(session, "a") == 2


def test_many_at_once_leave_no_gap_and_take_nothing_twice(database):
    taken, start = [], threading.Barrier(6)

    def take_some():
        start.wait()
        for _ in range(15):
            with database.session() as session:
                number = serials.take(session, "case")
                session.commit()
                taken.append(number)

    threads = [threading.Thread(target=take_some) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(taken) == list(range(1, 91))
    with database.session() as session:
        assert serials.last(session, "case") == 90
