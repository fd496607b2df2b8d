"""How fast this computer is beside the one whose milliseconds the budgets are."""

import time
from statistics import median

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256

THEIRS = 56_000  # ES256 signatures a second of one core of that computer, by the same library
ROUNDS = 9


def signatures() -> float:
    """ES256 signatures a second: nothing but one core at work, for a fifth of a second, the median."""
    key, algorithm = ec.generate_private_key(ec.SECP256R1()), ec.ECDSA(SHA256())
    rates = []
    for _ in range(ROUNDS):
        begun, done = time.perf_counter(), 0
        while (spent := time.perf_counter() - begun) < 0.2:
            key.sign(b"machine", algorithm)
            done += 1
        rates.append(done / spent)
    return median(rates)


def slowness() -> float:
    """How many times longer this computer takes than that one; never less than one."""
    return max(1.0, THEIRS / signatures())
