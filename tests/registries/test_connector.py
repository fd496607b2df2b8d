"""What every RegistryConnector promises, kept by every engine: in process, and over a socket in each dialect."""

import ssl
import threading

import pytest

from servicehall.city.town import town
from servicehall.registries import protocol
from servicehall.registries.adapters.embedded import EmbeddedConnector
from servicehall.registries.adapters.exchange import ExchangeConnector
from servicehall.registries.dialects import Own
from servicehall.registries.fanout import Asker
from servicehall.sharing.datasets import DATASETS
from tests.builders import NOON
from tests.registries import serving
from tests.registries.asking import query
from tests.registries.serving import KEY, REQUESTER


@pytest.fixture(params=["embedded", "http", "national+http", "xroad+http"])
def connector(request):
    if request.param == "embedded":
        yield embedded(serving.service())
        return
    with serving.real_registry() as port:
        opened = serving.connector(port, request.param)
        yield opened
        opened.close()


def embedded(service):
    return EmbeddedConnector(service, Asker(Own(REQUESTER, KEY), serving.anchors))


def test_what_is_held_is_found_with_the_named_fields_only(connector):
    asked = query("population.person", "name", "sex")
    (answer,) = connector.ask([asked], NOON)
    assert answer.outcome == "found", answer.reason
    assert answer.records == ({"name": "王雨桐", "sex": "女"},)
    assert answer.call == asked.call
    assert answer.at == NOON
    assert len(answer.request_hash) == len(answer.response_hash) == 64


def test_the_very_bytes_come_back_and_prove_who_answered_what(connector):
    asked = query("population.person", "name")
    (answer,) = connector.ask([asked], NOON)
    body = protocol.body_of(answer.sent)
    assert protocol.digest(body) == answer.request_hash
    assert protocol.parse(protocol.Request, body).party == "person:person-1"
    assert protocol.digest(answer.said.encode()) == answer.response_hash
    told = protocol.opened(answer.said, serving.anchors())
    assert (told.call, told.request_hash) == (asked.call, answer.request_hash)
    assert told.records == [{"name": "王雨桐"}]


def test_yes_or_no_comes_without_the_value_behind_it(connector):
    (answer,) = connector.ask([query("population.person", "adult", "local")], NOON)
    assert answer.records == ({"adult": "是", "local": "是"},)
    assert (
        str(town().cast.wang.birth)
        not in protocol.opened(answer.said, serving.anchors()).model_dump_json()
    )


def test_a_call_is_answered_once(connector):
    asked = query("population.person", "name")
    first, again = (connector.ask([asked], NOON)[0] for _ in range(2))
    assert first.outcome == "found"
    assert (again.outcome, again.reason) == ("unavailable", "the registry answered 409")


def test_all_datasets_answer_at_once_and_in_order(connector):
    asked = [query(dataset, call=f"call-{dataset}") for dataset in DATASETS]
    answers = connector.ask(asked, NOON)
    assert [a.call for a in answers] == [q.call for q in asked]
    assert {a.outcome for a in answers} == {"found", "none"}
    for one, answer in zip(asked, answers, strict=True):
        assert all(set(record) == set(one.fields) for record in answer.records)


def test_many_questions_share_connections_and_pool(connector):
    numbers = list(town().people)[:100]  # fewer than wait in line before the test server
    asked = [query("population.person", "number", subject=n) for n in numbers]
    assert [a.records[0]["number"] for a in connector.ask(asked, NOON)] == numbers


def test_nobody_asked_about_is_found_where_nobody_is(connector):
    (answer,) = connector.ask([query("population.person", subject="110101199003071233")], NOON)
    assert (answer.outcome, answer.records) == ("none", ())


@pytest.mark.parametrize(
    "changes",
    [
        {"purpose": " "},
        {"case": " "},
        {"party": " "},
        {"fields": ("name", "password")},
        {"dataset": "tax.return"},
    ],
)
def test_what_is_not_shared_is_refused(connector, changes):
    (answer,) = connector.ask([query("population.person", "name", **changes)], NOON)
    assert (answer.outcome, answer.records) == ("refused", ())


def test_a_question_without_fields_is_not_answered(connector):
    (answer,) = connector.ask([query("population.person", fields=())], NOON)
    assert answer.outcome == "unavailable"


def test_no_question_no_answer(connector):
    assert connector.ask([], NOON) == []


def test_many_askers_at_once(connector):
    found, numbers = [], list(town().people)[:16]

    def ask(number):
        (answer,) = connector.ask([query("population.person", "number", subject=number)], NOON)
        found.append(answer.records[0]["number"])

    threads = [threading.Thread(target=ask, args=(n,)) for n in numbers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(found) == sorted(numbers)


def test_a_wrong_key_is_unavailable_in_process():
    connector = embedded(serving.service(b"another key"))
    (answer,) = connector.ask([query("population.person")], NOON)
    assert (answer.outcome, answer.reason) == ("unavailable", "the registry answered 401")
    assert KEY.decode() not in repr(connector)


def test_a_service_that_fails_is_unavailable_in_process():
    def broken(environ, start):
        raise ZeroDivisionError

    connector = embedded(broken)
    (answer,) = connector.ask([query("population.person")], NOON)
    assert (answer.outcome, answer.reason) == ("unavailable", "ZeroDivisionError")


def test_a_service_is_closed_after_it_was_read():
    closed = []

    class Parts(list):
        def close(self):
            closed.append(True)

    def says_nothing(environ, start):
        start("200 OK", [])
        return Parts()

    embedded(says_nothing).ask([query("population.person")], NOON)
    assert closed == [True]


@pytest.mark.parametrize("url", ["https://host", "https://name@host", "https://:key@host", "http:"])
def test_a_url_without_requester_or_key_is_refused(url):
    with pytest.raises(ValueError, match="requester:key@host"):
        ExchangeConnector(url, Own, serving.anchors)


def test_a_url_may_have_a_path_a_port_and_escaped_characters():
    connector = ExchangeConnector(
        "https://ha%40ll:k%2Fey@example.invalid:8443/base/", Own, serving.anchors
    )
    assert (connector.asker.dialect, connector.base) == (Own("ha@ll", b"k/ey"), "/base")
    assert (connector.wires.host, connector.wires.port) == ("example.invalid", 8443)
    assert connector.wires.tls.verify_mode is ssl.CERT_REQUIRED
    assert connector.wires.tls.check_hostname


def test_a_certificate_nobody_vouches_for_is_not_talked_to(tls):
    with serving.real_registry(tls) as port:
        asking = serving.connector(port, "https")
        (answer,) = asking.ask([query("population.person", "name")], NOON)
        asking.close()
    assert (answer.outcome, answer.reason) == ("unavailable", "SSLCertVerificationError")
