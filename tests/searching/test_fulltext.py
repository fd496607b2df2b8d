"""Each database answers the same to the same expression, and keeps its index in step."""

import sqlite3

import pytest
from sqlalchemy import inspect, text
from sqlalchemy.exc import DBAPIError

from servicehall.kernel.database import refusal
from servicehall.kernel.errors import Unavailable
from servicehall.searching import fulltext, indexing, matching
from servicehall.searching.models import SearchDocument
from servicehall.tables import METADATA
from tests.searching.conftest import FOOD


def test_an_expression_in_both_languages():
    wanted = [[["a", "b"], ["c"]], [["d"]]]
    assert fulltext.expression("sqlite", wanted) == '(("a" AND "b") OR ("c")) AND "d"'
    assert fulltext.expression("postgresql", wanted) == "(('a' & 'b') | ('c')) & 'd'"


def test_the_parts_of_the_index_are_no_tables_of_ours(database):
    names = set(inspect(database.engine).get_table_names())
    for name in names - set(METADATA.tables):
        assert fulltext.is_part(name)
    assert not fulltext.is_part("search_name")
    assert not fulltext.is_part(None)


@pytest.mark.parametrize("sign", ["c食品", "h食", "yshi_pin", "isp", "tk-legal", "c-28"])
def test_every_kind_of_token_is_found(work, sign):
    indexing.change(work.session, {FOOD: {"b": 1}})
    assert matching.names(work.session, [[[sign]]], before=indexing.first(5), most=5)


def test_rows_changed_or_deleted_behind_our_back_are_followed(work):
    indexing.change(work.session, {FOOD: {"b": 1}})

    def found(token):
        return len(matching.names(work.session, [[[token]]], before=indexing.first(5), most=5))

    row = work.session.query(SearchDocument).one()
    row.tokens = "cnew cother"
    work.session.flush()
    assert (found("cnew"), found("c食品")) == (1, 0)
    work.session.delete(row)
    work.session.flush()
    assert found("cnew") == 0


def test_tables_can_be_dropped_and_made_again(database):
    METADATA.drop_all(database.engine)
    METADATA.create_all(database.engine)
    with database.session() as session:
        assert fulltext.is_sound(session.connection())


def test_what_was_put_aside_is_filed_and_found_all_along(work):
    indexing.change(work.session, {FOOD: {"b": 1}})
    connection = work.session.connection()

    def found():
        return len(matching.names(work.session, [[["c食品"]]], before=indexing.first(5), most=5))

    assert found() == 1
    filed = fulltext.tidy(connection)
    assert (filed > 0) == (connection.dialect.name == "postgresql")
    assert (fulltext.tidy(connection), found()) == (0, 1)


def test_a_query_that_cannot_be_is_told_as_any_other_is(work):
    with pytest.raises((DBAPIError, sqlite3.Error)):
        fulltext.fetch(work.session.connection(), "SELECT nothing FROM nowhere", {})


def test_a_connection_that_is_gone_is_an_outage(database):
    if database.engine.dialect.name == "sqlite":
        return  # it has no server that could go away
    with database.session() as session, database.session() as other:
        mine = session.connection()
        number = mine.scalar(text("SELECT pg_backend_pid()"))
        other.execute(text("SELECT pg_terminate_backend(:number)"), {"number": number})
        with pytest.raises(DBAPIError) as caught:
            fulltext.fetch(mine, "SELECT 1", {})
        assert isinstance(refusal(caught.value), Unavailable)
        session.invalidate()


def test_a_question_is_asked_about_lists(work):
    asked = {
        "sqlite": "SELECT a.value, b.value FROM json_each(:some) AS a, json_each(:others) AS b",
        "postgresql": "SELECT a, b FROM unnest(CAST(:some AS bigint[])) AS a,"
        " unnest(CAST(:others AS text[])) AS b",
    }
    connection = work.session.connection()
    found = fulltext.among(connection, asked, some=[1, 2], others=["许可"])
    assert sorted(map(tuple, found)) == [(1, "许可"), (2, "许可")]
    assert list(fulltext.among(connection, asked, some=[1], others=[])) == []
