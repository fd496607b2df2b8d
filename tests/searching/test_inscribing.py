"""Many rows are written at once, on either database, in the order given."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from servicehall.searching import inscribing


def test_many_numbers_are_put_at_once(work):
    rows = [(key, "b", key) for key in range(1, 30)]
    inscribing.write(
        work.session.connection(), [(inscribing.PLACES, rows), (inscribing.PLACES, [])]
    )
    asked = text("SELECT sum(number) FROM search_place")
    assert work.session.execute(asked).scalar() == sum(range(1, 30))


def test_each_write_is_done_beside_the_others(work):
    connection = work.session.connection()
    inscribing.write(connection, [(inscribing.PLACES, [(1, "a", 1), (1, "b", 2), (2, "a", 3)])])
    together = [
        (inscribing.PLACES, [(3, "a", 1)]),
        (inscribing.NUMBERS, [(1, "a", 7)]),
        (inscribing.NO_PLACES, [(1, "b")]),
        (inscribing.GONE[0], [(2,)]),
        (inscribing.GONE[1], []),
    ]
    inscribing.write(connection, together)
    asked = text("SELECT name_id, place, number FROM search_place ORDER BY name_id")
    assert work.session.execute(asked).all() == [(1, "a", 7), (3, "a", 1)]


def test_keys_are_set_by_row(work):
    work.session.execute(
        text("INSERT INTO serial (id, name, value) VALUES (1, 'a', 0), (2, 'b', 0)")
    )
    into = inscribing.keys_of("serial", ("value",))
    inscribing.write(work.session.connection(), [(into, [(1, 5), (2, 6)])])
    asked = text("SELECT value FROM serial ORDER BY id")
    assert work.session.execute(asked).scalars().all() == [5, 6]


def test_what_the_database_refuses_is_said_as_ever(work):
    twice = [(1, "a", 1), (1, "a", 2)]
    with pytest.raises(IntegrityError):
        inscribing.write(work.session.connection(), [(inscribing.PLACES, twice)])
    work.rollback()
    assert work.session.execute(text("SELECT count(*) FROM search_place")).scalar() == 0
