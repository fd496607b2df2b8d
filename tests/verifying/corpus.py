"""The corpus of RELIABILITY 3.4: genuine licenses, and bytes of them turned over at random."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field

from sqlalchemy import select

from servicehall.kernel.work import SYSTEM
from servicehall.licenses import enlisting, facing, library, mass
from servicehall.licenses.models import License
from servicehall.verifying.verdicts import Result, Verdict
from servicehall.verifying.verification import by_file, by_record
from tests.licenses.test_mass import orders

REFUSED = {Result.ALTERED, Result.UNKNOWN_ISSUER}


@dataclass
class Count:
    """What came of it: all four numbers, and what should not have been."""

    flips: int = 0
    genuine: int = 0
    accepted: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)

    @property
    def clean(self):
        return not self.accepted and not self.refused


def flipped(content: bytes, count: int, seed: int) -> Iterator[tuple[str, bytes]]:
    """*content* with one byte changed, *count* times, at other places each time."""
    drawn = random.Random(seed)  # noqa: S311 - the same places each time
    for place in drawn.sample(range(len(content)), min(count, len(content))):
        other = content[place] ^ drawn.randrange(1, 256)
        yield f"byte {place} is {other}", content[:place] + bytes([other]) + content[place + 1 :]


def issued(hall, count, *, faces):
    """So many licenses, the first *faces* of them with their PDF."""
    with hall.work() as work:
        enlisting.begin(work)
        mass.issue(work, orders(count))
        work.commit()
    tried: set[int] = set()
    for _ in range(faces):
        with hall.work(SYSTEM) as work:
            facing.face_one(work, tried)
            work.commit()


def judged(hall, *, flips: int, genuine: int, faces: int, seed: int) -> Count:
    """Half of the *flips* in PDFs, half in records, spread over licenses; every genuine one."""
    issued(hall, genuine, faces=faces)
    told = Count()
    with hall.work() as work:
        held = work.session.scalars(select(License).order_by(License.id)).all()
        files = [(one, library.pdf(work, one)) for one in held[:faces]]
        for one in held:
            _genuine(told, one, by_record(work, one.jws))
        for one, file in files:
            _genuine(told, one, by_file(work, file))
        each = -(-flips // 2 // faces)
        for number, (one, file) in enumerate(files):
            for content in (file, one.jws.encode()):
                for name, forged in flipped(content, each, seed + number):
                    _forged(told, f"{number}: {name}", by_file(work, forged))
    return told


def _genuine(told: Count, license: License, found: Verdict) -> None:
    told.genuine += found.same_file is None
    if found.result is not Result.VALID or found.same_file is False:
        told.refused.append(f"{license.identifier}: {found.reasons}")


def _forged(told: Count, name: str, found: Verdict) -> None:
    told.flips += 1
    if found.genuine or found.same_file or found.result not in REFUSED:
        told.accepted.append(f"{name}: {found}")
