"""Whatever a registry does, the citizen waits no longer and the others answer."""

import select

import pytest

from servicehall.registries import fanout
from servicehall.registries.breakers import Breakers
from tests.builders import NOON
from tests.registries import serving
from tests.registries.asking import query


@pytest.fixture
def chaos():
    with serving.misbehaving() as server:
        yield server


@pytest.fixture
def patient(chaos):
    """To the misbehaving server, little more than a second for everything."""
    opened = serving.connector(chaos.server_address[1], total=1.2)
    yield opened
    opened.close()


@pytest.mark.parametrize("act", serving.MISCHIEF, ids=lambda act: act.__name__)
def test_whatever_a_registry_does_it_is_unavailable_and_the_others_answer(chaos, patient, act):
    chaos.acts = {"credit.record": act, "population.person": serving.honest}
    bad, good = patient.ask([query("credit.record"), query("population.person", "name")], NOON)
    assert (bad.outcome, bad.records) == ("unavailable", ())
    assert bad.reason
    assert (good.outcome, good.records) == ("found", ({"name": "好"},))


@pytest.mark.parametrize(
    "act", [serving.hang, serving.drip_head, serving.drip_body, serving.drip_chunks]
)
def test_nothing_stays_open_after_the_deadline(chaos, patient, act):
    chaos.acts = {"credit.record": act}
    (answer,) = patient.ask([query("credit.record")], NOON)
    assert answer.reason in ("no answer within 1.2 s", "TimeoutError")  # whichever comes first
    assert patient.wires.idle() is None
    if act is not serving.hang:  # which never writes, and so never learns
        assert chaos.gone.wait(30)


def test_a_full_pool_of_hanging_questions_does_not_stay_full(chaos, patient):
    chaos.acts = {"credit.record": serving.drip_head, "population.person": serving.honest}
    dead = [query("credit.record")] * (fanout.WORKERS + 10)
    assert {a.outcome for a in patient.ask(dead, NOON)} == {"unavailable"}
    (answer,) = patient.ask([query("population.person", "name")], NOON)
    assert answer.outcome == "found"


def test_a_connection_that_misbehaved_is_not_used_again(chaos, patient):
    chaos.acts = {"population.person": serving.cut_short}
    assert patient.ask([query("population.person")], NOON)[0].outcome == "unavailable"
    chaos.acts = {"population.person": serving.honest}
    assert patient.ask([query("population.person")], NOON)[0].outcome == "found"


def test_nobody_listening_is_unavailable():
    with serving.misbehaving() as server:
        port = server.server_address[1]
    connector = serving.connector(port)
    (answer,) = connector.ask([query("credit.record")], NOON)
    assert (answer.outcome, answer.reason) == ("unavailable", "ConnectionRefusedError")


def test_line_breaks_in_a_value_become_blanks(chaos, patient):
    def broken_lines(talk, asked):
        answer = serving.signed(asked, talk.body, [{"name": " 王\r\n小明\t"}])
        talk.send_signed(answer, asked.dataset)

    chaos.acts = {"population.person": broken_lines}
    (answer,) = patient.ask([query("population.person", "name")], NOON)
    assert answer.records == ({"name": "王 小明"},)


def test_a_kept_connection_that_was_closed_meanwhile_is_not_used(chaos):
    """The misbehaving server hangs up after each answer, though it did not say so."""
    asking = serving.connector(chaos.server_address[1])

    def silently(talk, asked):
        body = serving.seal(asked.dataset, serving.signed(asked, talk.body, [{"name": "好"}]))
        talk.wfile.write(f"HTTP/1.1 200 OK\r\nContent-Length: {len(body)}\r\n\r\n{body}".encode())

    chaos.acts = {"population.person": silently}
    for _ in range(3):
        (answer,) = asking.ask([query("population.person", "name")], NOON)
        assert answer.outcome == "found", answer.reason
        kept = asking.wires._idle.queue[-1]
        select.select([kept], [], [], 30)  # until the server's end has come
    asking.close()


def test_a_registry_that_keeps_failing_is_left_alone(chaos):
    failing = serving.connector(chaos.server_address[1], breakers=Breakers(failures=2, rest=1000))
    chaos.acts = {"credit.record": serving.fail, "population.person": serving.honest}
    reasons = [failing.ask([query("credit.record")], NOON)[0].reason for _ in range(3)]
    assert reasons == ["the registry answered 500"] * 2 + [
        "not asked: it failed too often a moment ago"
    ]
    (good,) = failing.ask([query("population.person", "name")], NOON)
    assert good.outcome == "found"
    failing.close()
