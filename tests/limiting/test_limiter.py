"""The limiter's promise, kept in memory and in Redis."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from servicehall.limiting.adapters.counters import Counters
from servicehall.limiting.limiter import MOST, PERIOD, Limiter
from tests.redis_server import free_port, redis_server


@pytest.fixture(params=["memory", pytest.param("redis", marks=pytest.mark.tool)])
def limiter(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Limiter]:
    if request.param == "memory":
        yield Counters("memory://")
        return
    with redis_server(tmp_path) as url:
        yield Counters(url)


def test_sixty_wrong_guesses_are_free_and_no_more(limiter: Limiter) -> None:
    for _ in range(MOST):
        assert limiter.wait("signin", "192.0.2.1") == 0
        limiter.failed("signin", "192.0.2.1")
    assert limiter.wait("signin", "192.0.2.1") == PERIOD


def test_another_door_and_another_address_are_not_concerned(limiter: Limiter) -> None:
    for _ in range(MOST):
        limiter.failed("signin", "192.0.2.1")
    assert limiter.wait("verify", "192.0.2.1") == 0
    assert limiter.wait("signin", "192.0.2.2") == 0


def test_a_redis_that_is_down_turns_nobody_away() -> None:
    limiter = Counters(f"redis://127.0.0.1:{free_port()}/0")
    limiter.failed("signin", "192.0.2.1")
    assert limiter.wait("signin", "192.0.2.1") == 0
