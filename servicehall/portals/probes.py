"""Probes (探针): is it alive, can it really work, and the figures operators watch."""

from flask import Blueprint, Response, current_app
from flask.typing import ResponseReturnValue
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from servicehall.portals.guard import ANYONE, admit

portal = admit(Blueprint("probes", __name__), ANYONE)


@portal.get("/healthz")
def alive() -> ResponseReturnValue:
    """The process answers."""
    return {"status": "ok"}


@portal.get("/readyz")
def ready() -> ResponseReturnValue:
    """The database takes a write, the store a file, the signer signs; else 503 and which fails."""
    failures = current_app.extensions["hall"].failures()
    if failures:
        return {"status": "unavailable", "failures": failures}, 503
    return {"status": "ready"}


@portal.get("/metrics")
def metrics() -> Response:
    """Prometheus text format."""
    return Response(generate_latest(), content_type=CONTENT_TYPE_LATEST)
