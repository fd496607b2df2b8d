"""Talking (通话): questions go out over wires at once and are heard as answers come, by one thread.

The thread that asks waits on all its sockets itself: to hand each question to a thread of the pool
and its answer back costs more processor time than asking (benchmarks/prefill.py).
"""

import select
import socket
import ssl
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import Future, as_completed
from contextlib import closing, suppress
from dataclasses import dataclass, field

from servicehall.registries.fanout import Said, pool
from servicehall.registries.hearing import Hearing
from servicehall.registries.wires import Wires

_NOT_YET = (BlockingIOError, ssl.SSLWantReadError, ssl.SSLWantWriteError)


@dataclass(slots=True)
class _Talk:
    """One question under way: its place, its wire, and until when the other side may be silent."""

    place: int
    wire: socket.socket
    until: float
    hearing: Hearing = field(default_factory=Hearing)


def exchange(
    wires: Wires, messages: Mapping[int, bytes], total: float, silence: float
) -> Iterator[tuple[int, Said]]:
    """Send each message over a wire of its own; the place of each, and the reply to it or why there
    is none, in the order they come. One that says nothing for *silence* seconds ends with
    TimeoutError; what is not whole after *total* seconds is cut and not given."""
    with closing(_Round(wires, time.monotonic() + total, silence)) as held:
        yield from held.say(messages)
        yield from held.hear()


class _Round:
    """Questions of one asker. Wires in use when it ends are closed: what is left in them must not
    answer the next question."""

    def __init__(self, wires: Wires, until: float, silence: float) -> None:
        self._wires, self._until, self._silence = wires, until, silence
        self._talks: dict[int, _Talk] = {}  # by file descriptor
        self._poll = select.poll()

    def say(self, messages: Mapping[int, bytes]) -> Iterator[tuple[int, Said]]:
        """Send over the wires there are, then over new ones, made side by side."""
        making: dict[Future[socket.socket], int] = {}
        for place, message in messages.items():
            if (wire := self._wires.idle()) is None:
                making[pool().submit(self._wires.made)] = place
            elif failure := self._said(place, message, wire):
                yield place, failure
        with suppress(TimeoutError):
            for job in as_completed(making, timeout=self._until - time.monotonic()):
                place = making.pop(job)
                if failure := job.exception() or self._said(place, messages[place], job.result()):
                    yield place, failure
        for late in making:
            if not late.cancel():
                late.add_done_callback(self._kept)

    def hear(self) -> Iterator[tuple[int, Said]]:
        """Wait for all of them together."""
        while self._talks:
            first = min(talk.until for talk in self._talks.values())
            ready = self._poll.poll(max(0.0, first - time.monotonic()) * 1000)
            for handle, _ in ready:
                talk = self._talks[handle]
                if (said := self._heard(talk)) is not None:
                    yield talk.place, said
            now = time.monotonic()
            for talk in [talk for talk in self._talks.values() if talk.until <= now]:
                self._hang_up(talk)
                if now < self._until:
                    yield talk.place, TimeoutError("nothing was said for too long")

    def close(self) -> None:
        """Hang up what is still under way."""
        for talk in list(self._talks.values()):
            self._hang_up(talk)

    def _said(self, place: int, message: bytes, wire: socket.socket) -> BaseException | None:
        """Send *message*; why it could not be, if so."""
        try:
            wire.settimeout(self._silence)
            wire.sendall(message)
            wire.settimeout(0)
        except OSError as error:
            wire.close()
            return error
        self._talks[wire.fileno()] = _Talk(place, wire, self._patience())
        self._poll.register(wire, select.POLLIN)
        return None

    def _heard(self, talk: _Talk) -> Said | None:
        """The whole reply, or why there will be none, or None: there is more to come."""
        try:
            while not talk.hearing.is_whole:
                talk.hearing.more(talk.wire)
        except _NOT_YET:
            talk.until = self._patience()
            return None
        except Exception as error:
            self._hang_up(talk)
            return error
        self._let_go(talk)
        if talk.hearing.again:
            self._wires.keep(talk.wire)
        else:
            talk.wire.close()
        return talk.hearing.reply

    def _patience(self) -> float:
        return min(time.monotonic() + self._silence, self._until)

    def _let_go(self, talk: _Talk) -> None:
        handle = talk.wire.fileno()
        self._poll.unregister(handle)
        del self._talks[handle]

    def _hang_up(self, talk: _Talk) -> None:
        self._let_go(talk)
        talk.wire.close()

    def _kept(self, job: Future[socket.socket]) -> None:
        """A wire that was made too late for this round is good for the next."""
        if job.exception() is None:
            self._wires.keep(job.result())
