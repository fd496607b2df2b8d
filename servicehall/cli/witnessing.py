"""Witnessing (日志核对): the whole record against its checkpoints, or one proof file against the root."""

import argparse
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from sqlalchemy.engine import make_url

from servicehall import factory
from servicehall.kernel import audit
from servicehall.kernel.audit import Head
from servicehall.kernel.errors import Invalid
from servicehall.kernel.settings import Settings
from servicehall.kernel.words import N_
from servicehall.kernel.work import SYSTEM, UnitOfWork
from servicehall.signing.signer import Signer
from servicehall.transparency import checkpoints, evidence
from servicehall.wiring import Hall


def verify(chosen: argparse.Namespace) -> int:
    """``log verify [FILE]``: all entries, nodes and checkpoints; or one proof file, without the hall.

    A file is held to the root certificates in ``--root PEM``, else to those this hall has.
    """
    return _file(Path(chosen.file), chosen.root) if chosen.file else _record()


def _record() -> int:
    with opened(Settings.load()) as hall, hall.work(SYSTEM) as work:
        heads, found = outside(hall, work)
        found += audit.broken(work.session, heads)
        end = audit.head(work.session)
    said = f"log: {end.length} entries, {len(heads)} checkpoints, root {end.hash}"
    print("\n".join(found) or said)
    return 1 if found else 0


def _file(path: Path, root: str) -> int:
    proven = evidence.verified(path.read_text("utf8"), anchors(root))
    signed = proven.checkpoint
    print(f"checkpoint: {signed.head.length} entries, signed {signed.at.isoformat()}")
    if proven.earlier:
        print(f"begins with the {proven.earlier.head.length} entries signed before")
    if proven.entry is not None:
        print(json.dumps(proven.entry, ensure_ascii=False, indent=1))
        print(f"actor: {proven.actor or 'not told'}")
    return 0


def anchors(root: str) -> tuple[bytes, ...]:
    """The roots (DER) in the file *root* (PEM), else those this hall has."""
    if root:
        pinned = x509.load_pem_x509_certificates(Path(root).read_bytes())
        return tuple(one.public_bytes(Encoding.DER) for one in pinned)
    with opened(Settings.load()) as hall:
        known: tuple[bytes, ...] = hall.adapters[Signer].anchors()
        return known


@contextmanager
def opened(settings: Settings) -> Iterator[Hall]:
    """The hall of *settings*, if there is one: an empty folder must not look like a clean hall."""
    refuse_nothing(settings)
    hall = factory.open_hall(settings)
    try:
        yield hall
    finally:
        hall.close()


def refuse_nothing(settings: Settings) -> None:
    url = make_url(settings.engine("database"))
    if url.get_backend_name() == "sqlite" and not Path(str(url.database)).exists():
        raise Invalid(N_("%(folder)s 里没有政务服务大厅的数据"), folder=settings.folder)


def license_heads(hall: Hall) -> tuple[list[Head], list[str]]:
    """The signed heads of the license log, and which line of their file is none."""
    try:
        return hall.license_heads(), []
    except ValueError as error:
        return [], [str(error)]


def outside(hall: Hall, work: UnitOfWork) -> tuple[list[Head], list[str]]:
    """The signed heads, and what is wrong with them: a bad line, none at all, or none of late."""
    try:
        heads = hall.heads()
    except ValueError as error:
        return [], [str(error)]
    last, end = heads[-1].length if heads else 0, audit.head(work.session).length
    if end - last >= 2 * checkpoints.ENTRIES or (end and not heads):
        return heads, [f"no checkpoint was signed for the last {end - last} audit entries"]
    return heads, []
