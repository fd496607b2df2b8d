"""Metering: each request is counted once, under names that visitors cannot choose."""

from flask import Flask
from prometheus_client import REGISTRY

from servicehall.portals import metering


def counted(endpoint: str, method: str, status: int) -> float:
    labels = {"endpoint": endpoint, "method": method, "status": str(status)}
    return REGISTRY.get_sample_value("hall_requests_total", labels) or 0


def test_each_request_counts_once(app: Flask) -> None:
    before = counted("probes.alive", "GET", 200)
    for _ in range(3):
        app.test_client().get("/healthz")
    assert counted("probes.alive", "GET", 200) == before + 3
    seconds = REGISTRY.get_sample_value("hall_request_seconds_count", {"endpoint": "probes.alive"})
    assert seconds
    assert seconds >= 3


def test_an_address_or_a_method_made_up_gets_no_name_of_its_own(app: Flask) -> None:
    before = counted("none", "GET", 404), counted("none", "other", 405)
    app.test_client().get("/anything/at/all")
    app.test_client().open("/", method="MADEUP")
    assert (counted("none", "GET", 404), counted("none", "other", 405)) == (
        before[0] + 1,
        before[1] + 1,
    )
    assert "MADEUP" not in metering.METHODS
