"""The bell's promise: a ring wakes who waits, a lost one costs a pause, nothing raises."""

from pathlib import Path

import pytest
import redis

from servicehall.waking.adapters.broker import KEY, Broker
from servicehall.waking.adapters.pausing import Pause
from tests.redis_server import free_port, redis_server

FOR_EVER = 3600.0


def test_without_a_broker_a_wait_is_a_pause() -> None:
    bell = Pause()
    bell.ring()
    bell.wait(0.001)


@pytest.mark.tool
def test_a_ring_wakes_a_worker_of_another_process(tmp_path: Path) -> None:
    with redis_server(tmp_path) as url:
        Broker(url).ring()
        Broker(url).wait(FOR_EVER)  # returns, because it has rung already


@pytest.mark.tool
def test_rings_do_not_pile_up(tmp_path: Path) -> None:
    with redis_server(tmp_path) as url:
        bell = Broker(url)
        for _ in range(5):
            bell.ring()
        bell.wait(FOR_EVER)
        with redis.Redis.from_url(url) as asked:
            assert asked.llen(KEY) == 0


def test_a_broker_that_is_down_stops_nobody() -> None:
    bell = Broker(f"redis://127.0.0.1:{free_port()}/0")
    bell.ring()
    bell.wait(0.001)
