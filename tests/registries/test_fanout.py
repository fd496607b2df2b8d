"""All at once, each outcome told apart, a deadline over the whole."""

import threading
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


def honest(sent, _):
    asked = protocol.parse(protocol.Request, sent.body)
    records = [{"name": "王小明"}] if asked.dataset == "population.person" else []
    said = serving.seal(asked.dataset, serving.signed(asked, sent.body, records))
    return Reply(200, {}, said.encode())


def ask(send, *queries, total=0.3):
    return fanout.ask(queries, NOON, Asker(Own("hall", KEY), serving.anchors, total), send)


def test_found_none_and_the_hashes_of_both_sides():
    asked = query("population.person", "name")
    found, none = ask(honest, asked, query("credit.record"), total=30)
    assert (found.outcome, found.records) == ("found", ({"name": "王小明"},))
    assert (none.outcome, none.records) == ("none", ())
    sent = Own("hall", KEY).question(asked, NOON)
    assert (found.request_hash, found.sent) == (sent.hash, sent.message)
    assert found.response_hash == protocol.digest(honest(sent, None).body)
    assert found.said.encode() == honest(sent, None).body


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
    def send(sent, line):
        return replace(honest(sent, line), status=status)

    (answer,) = ask(send, query("population.person", "name"), total=30)
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
    def send(sent, line):
        raise error

    (answer,) = ask(send, query("population.person"), total=30)
    assert (answer.outcome, answer.reason) == ("unavailable", reason)


def test_who_is_late_is_cut_and_the_others_count():
    released = threading.Event()
    lines = {}

    def send(sent, line):
        if sent.dataset == "credit.record":
            lines["late"] = line
            released.wait()
        return honest(sent, line)

    try:
        late, good = ask(send, query("credit.record"), query("population.person", "name"))
    finally:
        released.set()
    assert (late.outcome, late.reason) == ("unavailable", "no answer within 0.3 s")
    assert good.outcome == "found"
    assert lines["late"].is_cut


def test_what_waits_for_a_thread_past_the_deadline_is_never_sent():
    released, sent_calls = threading.Event(), []

    def send(sent, line):
        sent_calls.append(sent)
        released.wait()
        return honest(sent, line)

    many = fanout.WORKERS + 5
    try:
        answers = ask(send, *[query("credit.record")] * many)
    finally:
        released.set()
    assert {a.outcome for a in answers} == {"unavailable"}
    assert len(sent_calls) <= fanout.WORKERS


def test_the_pool_is_one_and_the_deadline_three_seconds():
    assert fanout.pool() is fanout.pool()
    assert fanout.TOTAL_SECONDS == 3.0
