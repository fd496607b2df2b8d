"""What every RegistryConnector promises, kept by every engine: in process, and over a socket in each dialect."""

import itertools
import ssl
import threading
from datetime import UTC, datetime

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from servicehall.city.town import town
from servicehall.registries import fanout, protocol
from servicehall.registries.adapters.embedded import EmbeddedConnector
from servicehall.registries.adapters.exchange import ExchangeConnector
from servicehall.registries.breakers import Breakers
from servicehall.registries.connector import Query
from servicehall.registries.dialects import Own
from servicehall.registries.fanout import Asker
from servicehall.sharing.datasets import DATASETS
from servicehall.signing import certificates
from tests.builders import NOON
from tests.registries import serving
from tests.registries.serving import KEY, REQUESTER

NUMBERS = itertools.count(1)


def query(dataset, /, *fields, subject="", call="", **changes):
    """A question; each has a call of its own, for a registry answers a call once."""
    given = {
        "call": call or f"call-{next(NUMBERS):04}", "dataset": dataset, "subject": subject or town().cast.wang.number,
        "fields": fields or tuple(DATASETS[dataset].fields), "purpose": "核对身份",
        "item": "990123009000", "case": "matter-1", "actor": "actor-1",
        "party": "person:person-1",
    }  # fmt: skip
    return Query(**{**given, **changes})


@pytest.fixture(params=["embedded", *serving.DIALECTS])
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
def test_the_thread_is_free_again_after_the_deadline(chaos, patient, act):
    free = threading.Event()

    def send(sent, line):
        try:
            return patient._send(sent, line)
        finally:
            free.set()

    chaos.acts = {"credit.record": act}
    (answer,) = fanout.ask([query("credit.record")], NOON, patient.asker, send)
    assert answer.reason in ("no answer within 1.2 s", "TimeoutError")  # whichever comes first
    assert free.wait(30)


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


@pytest.mark.parametrize("url", ["https://host", "https://name@host", "https://:key@host", "http:"])
def test_a_url_without_requester_or_key_is_refused(url):
    with pytest.raises(ValueError, match="requester:key@host"):
        ExchangeConnector(url, Own, serving.anchors)


def test_a_url_may_have_a_path_a_port_and_escaped_characters():
    connector = ExchangeConnector(
        "https://ha%40ll:k%2Fey@example.invalid:8443/base/", Own, serving.anchors
    )
    assert (connector.asker.dialect, connector.base) == (Own("ha@ll", b"k/ey"), "/base")
    assert (connector.host, connector.port) == ("example.invalid", 8443)
    assert connector.tls.verify_mode is ssl.CERT_REQUIRED
    assert connector.tls.check_hostname


def test_a_certificate_nobody_vouches_for_is_not_talked_to(tmp_path):
    key = ec.generate_private_key(ec.SECP256R1())
    root = certificates.make_root(key, "自签", now=datetime.now(UTC))
    pair = tmp_path / "pair.pem"
    sealed = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    pair.write_bytes(sealed + root.public_bytes(Encoding.PEM))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pair)
    with serving.real_registry(context) as port:
        asking = ExchangeConnector(
            serving.url(port).replace("http:", "https:"), Own, serving.anchors
        )
        (answer,) = asking.ask([query("population.person", "name")], NOON)
        asking.close()
    assert (answer.outcome, answer.reason) == ("unavailable", "SSLCertVerificationError")


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
