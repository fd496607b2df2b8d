"""The data tracker keeps its published specification, whatever a machine thinks of asking.

Tests one specification, not one module: ``static/openapi/data-usage.yaml``.
"""

from collections.abc import Iterator
from urllib.parse import urlencode

import pytest
import schemathesis
from flask import Flask
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode, checks
from schemathesis.specs.openapi import checks as conformance
from werkzeug.test import TestResponse

from servicehall import factory
from servicehall.city.town import town
from servicehall.identity import clients
from servicehall.kernel.settings import HOME
from servicehall.kernel.work import SYSTEM
from tests.builders import NOON
from tests.cases.halls import NURSE, Scene
from tests.conftest import Prepared, copied

SPECIFICATION = HOME / "static" / "openapi" / "data-usage.yaml"
SERVICE = "11990101000000019X"


@pytest.fixture(scope="module")
def tracked(
    prepared: Prepared, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Flask, str]]:
    """A hall in which somebody applied, and the key of an enrolled portal."""
    with copied(prepared, tmp_path_factory.mktemp("tracked") / "data", "hall_tracked") as hall:
        Scene(hall).applied("wang", NURSE)
        with hall.work(SYSTEM) as work:
            key = clients.enroll(work, "DEMO/GOV/PORTAL", "省级门户", SERVICE)
            work.commit()
        yield factory.create_app(hall=hall), key


SCHEMA = schemathesis.openapi.from_path(SPECIFICATION)
CHECKS = [
    checks.not_a_server_error, conformance.status_code_conformance,
    conformance.content_type_conformance, conformance.response_schema_conformance,
]  # fmt: skip
few = settings(
    max_examples=25,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)


def sent(tracked: tuple[Flask, str], case: schemathesis.Case, **query: str) -> TestResponse:
    """What the machine thought of, signed as the enrolled portal signs."""
    app, key = tracked
    asked = urlencode({**(case.query or {}), **query}, doseq=True)
    path = f"/api/v1/data-usage{case.path}"
    told = {name: str(text) for name, text in (case.headers or {}).items()}
    user = query.get("userCode", told.get(clients.USER, ""))
    signed = clients.signed(key, "DEMO/GOV/PORTAL", f"{path}?{asked}", user, NOON)
    return app.test_client().get(f"{path}?{asked}", headers={**told, **signed})


@pytest.mark.parametrize("path", ["/findUsage", "/usagePeriod", "/heartbeat"])
def test_whatever_is_asked_rightly_is_answered_as_specified(
    tracked: tuple[Flask, str], path: str
) -> None:
    seen: set[int] = set()

    @few
    @given(SCHEMA[path]["GET"].as_strategy())
    def keeps(case: schemathesis.Case) -> None:
        known = {"userCode": town().cast.wang.number} if path == "/findUsage" else {}
        for query in ({}, known):
            answer = sent(tracked, case, **query)
            case.validate_response(answer, checks=CHECKS)
            seen.add(answer.status_code)

    keeps()
    assert 200 in seen
    assert seen <= {200, 400, 403}


def test_whatever_is_asked_wrongly_is_refused_as_specified(tracked: tuple[Flask, str]) -> None:
    seen: set[int] = set()

    @few
    @given(SCHEMA["/findUsage"]["GET"].as_strategy(GenerationMode.NEGATIVE))
    def keeps(case: schemathesis.Case) -> None:
        answer = sent(tracked, case)
        case.validate_response(answer, checks=CHECKS)
        seen.add(answer.status_code)

    keeps()
    assert seen & {400, 401, 403}


def test_what_the_hall_answers_has_every_member_of_the_specification(
    tracked: tuple[Flask, str],
) -> None:
    wang = town().cast.wang.number
    case = SCHEMA["/findUsage"]["GET"].Case(query={"userCode": wang}, headers={clients.USER: wang})
    answer = sent(tracked, case, userCode=wang)
    case.validate_response(answer, checks=CHECKS)
    assert answer.json is not None
    assert answer.json["totalUsages"] >= 4
    for one in answer.json["usages"]:
        assert set(one) == {
            "logtime", "action", "receiverCode", "receiverName", "receiverSystem",
        }  # fmt: skip
