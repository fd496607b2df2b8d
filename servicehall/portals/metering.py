"""Metering (运行指标): how many requests each page took and how long, without who asked."""

import time

from flask import Flask, Response, g, request
from prometheus_client import Counter, Histogram

REQUESTS = Counter(
    "hall_requests_total",
    "Requests by endpoint, method and status",
    ["endpoint", "method", "status"],
)
UNASKED = "hall.unasked"  # a page that nobody asked for: made beforehand, not counted
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
SECONDS = Histogram("hall_request_seconds", "Seconds by endpoint", ["endpoint"])


def register(app: Flask) -> None:
    """Count every request of *app*."""

    @app.before_request
    def start() -> None:
        g.started = time.perf_counter()

    @app.after_request
    def count(response: Response) -> Response:
        if UNASKED in request.environ:
            return response
        endpoint = request.endpoint or "none"
        method = (
            request.method if request.method in METHODS else "other"
        )  # a visitor may send any word
        REQUESTS.labels(endpoint, method, response.status_code).inc()
        SECONDS.labels(endpoint).observe(
            time.perf_counter() - g.get("started", time.perf_counter())
        )
        return response
