"""Broker (消息代理): a bell over Redis, for workers on other machines than the web processes."""

import threading

import redis
import structlog

KEY = "hall:bell"
PATIENCE = 0.2  # seconds a ring may take from a request
log = structlog.get_logger()


class Broker:
    """The bell of ``redis://host:port/0``: one pending ring at most, so that none pile up.

    A Redis that does not answer turns it into a pause: the work is in the database.
    """

    def __init__(self, url: str) -> None:
        self._ringer = redis.Redis.from_url(
            url, socket_timeout=PATIENCE, socket_connect_timeout=PATIENCE
        )
        self._listener = redis.Redis.from_url(url, socket_connect_timeout=PATIENCE)
        self._never = threading.Event()

    def ring(self) -> None:
        """Leave one ring, whether or not one is there already."""
        try:
            with self._ringer.pipeline() as both:
                both.lpush(KEY, b"1")
                both.ltrim(KEY, 0, 0)
                both.execute()
        except redis.RedisError:
            log.warning("bell.silent")

    def wait(self, seconds: float) -> None:
        """Take the ring that is there, or the next one within *seconds*."""
        try:
            self._listener.blpop([KEY], timeout=seconds)
        except redis.RedisError:
            log.warning("bell.silent")
            self._never.wait(seconds)
