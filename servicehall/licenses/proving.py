"""Proving (证照自检): that every issued license has its files, and every file its license (fsck I3)."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from hashlib import sha256

from cryptography.exceptions import InvalidTag
from sqlalchemy import select
from sqlalchemy.orm import Session

from servicehall.kernel.errors import HallError, Unavailable
from servicehall.kernel.serials import Serial
from servicehall.kernel.work import UnitOfWork
from servicehall.licenses.models import License, State
from servicehall.licenses.record import verified
from servicehall.signing.signer import Signer
from servicehall.storage.store import FileStore
from servicehall.transparency import licenselog

PREFIX = "licenses/"


def breaches(work: UnitOfWork) -> Iterator[str]:
    """Each license whose record, signature or file is not as it was issued; each stray file."""
    anchors, known = work.use(Signer).anchors(), set()
    held: Counter[str] = Counter()
    for number in work.session.scalars(select(License.id).order_by(License.id)).all():
        try:
            license = work.session.get_one(License, number)
            series = f"license:{license.issuer}:{license.record.type.code}:{license.serial[:4]}"
        except (InvalidTag, ValueError):
            yield f"license row {number} cannot be read: it was not written by this hall"
            continue
        known |= set(_kept(license.identifier, license.issued_at, license.signing))
        held[series] += license.version == 1
        if license.state is not State.INTENT:
            try:
                yield from of(work, license, anchors)
            except Unavailable as error:
                yield f"license {license.identifier}: {error}"
    yield from _numbers(work, held)
    store = work.use(FileStore)
    for key in store.keys():  # noqa: SIM118 - a store is no mapping
        if key.startswith(PREFIX) and key not in known:
            yield f"signed file {key} belongs to no license"


def of(work: UnitOfWork, license: License, anchors: tuple[bytes, ...]) -> Iterator[str]:
    """What is wrong with an issued *license*, a line each. Raises Unavailable for the store."""
    name, store = f"license {license.identifier}", work.use(FileStore)
    try:
        yield from _changed(store, license, name)
        made = license.pdf_sha256 is not None  # else the worker makes both (facing)
        if made and store.get(license.record_key).decode() != license.jws:
            yield f"{name}: the kept record is not the one in the library"
        _, payload = verified(license.jws or "", anchors)
        if payload != license.payload:
            yield f"{name}: what was signed is not what was planned"
        if licenselog.missing(work, license.identifier, license.jws or ""):
            yield f"{name}: it is not in the license log"
    except Unavailable:
        raise
    except (HallError, ValueError) as error:
        yield f"{name}: {type(error).__name__} {error}"


def _changed(store: FileStore, license: License, name: str) -> Iterator[str]:
    """Each PDF of *license* that is not as it was made."""
    kept = {license.pdf_key: license.pdf_sha256, license.archive_key: license.archive_sha256}
    for key, digest in kept.items():
        if digest is not None and sha256(store.get(key)).hexdigest() != digest:
            what = "PDF" if key == license.pdf_key else "PDF for archiving"
            yield f"{name}: the {what} is not the one that was issued"


def files(session: Session) -> Iterator[str]:
    """Where the files of every license are kept, finished or only planned."""
    columns = select(License.identifier, License.issued_at, License.signing)
    for name, moment, last in session.execute(columns).all():
        yield from _kept(name, moment, last)


def _kept(identifier: str, issued_at: datetime, last: int) -> Iterator[str]:
    """The files of a license, those of earlier signatures included."""
    for signing in range(last + 1):
        license = License(identifier=identifier, issued_at=issued_at, signing=signing)
        yield from (license.record_key, license.pdf_key, license.archive_key)


def _numbers(work: UnitOfWork, held: Counter[str]) -> Iterator[str]:
    """Every number that was given out is on a license: no gap, no reuse (I2)."""
    given = select(Serial.name, Serial.value).where(Serial.name.like("license:%"))
    for name, last in work.session.execute(given).all():
        if (count := held.pop(name, 0)) != last:
            yield f"{name}: {last} numbers were given out, {count} licenses hold one"
    yield from (f"{name}: {count} licenses without a serial" for name, count in held.items())
