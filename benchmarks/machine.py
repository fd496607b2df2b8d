"""How fast this computer is beside the one whose milliseconds the budgets are."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from statistics import mean, median

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256

THEIRS = 56_000  # ES256 signatures a second of one core of that computer, by the same library
ROUNDS, SECONDS = 5, 0.1


def signatures() -> float:
    """ES256 signatures a second: nothing but one core at work, for half a second, the median."""
    key, algorithm = ec.generate_private_key(ec.SECP256R1()), ec.ECDSA(SHA256())
    rates = []
    for _ in range(ROUNDS):
        begun, done = time.perf_counter(), 0
        while (spent := time.perf_counter() - begun) < SECONDS:
            key.sign(b"machine", algorithm)
            done += 1
        rates.append(done / spent)
    return median(rates)


def slowness() -> float:
    """How many times longer this computer takes than that one; never less than one."""
    return max(1.0, THEIRS / signatures())


@contextmanager
def watched() -> Iterator[Callable[[], float]]:
    """Says how slow the computer was before and after what is done meanwhile: the mean of both. One
    that is shared with others is at times half as fast as a minute before."""
    seen = [slowness()]
    yield lambda: mean(seen)
    seen.append(slowness())
