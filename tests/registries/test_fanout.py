"""All at once, each outcome told apart, a deadline over the whole."""

from dataclasses import replace

import pytest

from servicehall.registries import fanout, protocol
from servicehall.registries.dialects import Own
from servicehall.registries.fanout import Asker
from servicehall.registries.protocol import Malformed, Reply
from tests.builders import NOON
from tests.registries import serving
from tests.registries.asking import query
from tests.registries.serving import KEY


def honest(sent):
    asked = protocol.parse(protocol.Request, sent.body)
    records = [{"name": "王小明"}] if asked.dataset == "population.person" else []
    said = serving.seal(asked.dataset, serving.signed(asked, sent.body, records))
    return Reply(200, {}, said.encode())


def ask(say, *queries, total=30.0):
    """Ask where each request is answered by *say*; what it gives None for is not answered in time."""

    def exchange(sent, seconds):
        assert seconds == total
        said = [(place, say(one)) for place, one in enumerate(sent)]
        yield from reversed([(place, heard) for place, heard in said if heard is not None])

    return fanout.ask(queries, NOON, Asker(Own("hall", KEY), serving.anchors, total), exchange)


def test_found_none_and_the_hashes_of_both_sides():
    asked = query("population.person", "name")
    found, none = ask(honest, asked, query("credit.record"))
    assert (found.outcome, found.records) == ("found", ({"name": "王小明"},))
    assert (none.outcome, none.records) == ("none", ())
    sent = Own("hall", KEY).question(asked, NOON)
    assert (found.request_hash, found.sent) == (sent.hash, sent.message)
    assert found.response_hash == protocol.digest(honest(sent).body)
    assert found.said.encode() == honest(sent).body


@pytest.mark.parametrize(
    ("status", "outcome", "reason"),
    [
        (403, "refused", "the registry refused this purpose"),
        (401, "unavailable", "the registry answered 401"),
        (302, "unavailable", "the registry answered 302"),
        (500, "unavailable", "the registry answered 500"),
    ],
)
def test_a_status_that_is_not_200_has_no_records(status, outcome, reason):
    (answer,) = ask(
        lambda sent: replace(honest(sent), status=status), query("population.person", "name")
    )
    assert (answer.outcome, answer.reason, answer.records) == (outcome, reason, ())


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (Malformed("the answer is too large"), "the answer is too large"),
        (OSError("password=secret 110101199003071233"), "OSError"),
        (PermissionError("no route"), "PermissionError"),
        (MemoryError(), "MemoryError"),
    ],
)
def test_an_error_is_unavailable_and_its_words_stay_inside(error, reason):
    (answer,) = ask(lambda sent: error, query("population.person"))
    assert (answer.outcome, answer.reason) == ("unavailable", reason)


def test_who_is_late_is_unavailable_and_the_others_count_in_their_order():
    def say(sent):
        return None if sent.dataset == "credit.record" else honest(sent)

    late, good = ask(say, query("credit.record"), query("population.person", "name"), total=0.3)
    assert (late.outcome, late.reason) == ("unavailable", "no answer within 0.3 s")
    assert good.outcome == "found"


def test_the_pool_is_one_and_the_deadline_three_seconds():
    assert fanout.pool() is fanout.pool()
    assert fanout.TOTAL_SECONDS == 3.0
