"""Bringing in (归集入库): every row is added, changed, known already, or refused with a reason."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from sqlalchemy import select

from servicehall.aggregating import rows
from servicehall.aggregating.models import GatheredLicense, Trust
from servicehall.identity import policy
from servicehall.kernel.errors import Conflict, Invalid
from servicehall.kernel.words import N_
from servicehall.kernel.work import UnitOfWork
from servicehall.licenses.models import normal_code
from servicehall.licenses.record import verified
from servicehall.licenses.schema import LicenseType
from servicehall.signing.certificates import UnknownIssuer
from servicehall.storage.store import FileStore

LARGEST: Final = 10 * 1024 * 1024  # bytes of a scan
_KINDS: Final = {
    b"%PDF-": "pdf", b"\xff\xd8\xff": "jpg", b"\x89PNG\r\n": "png", b"PK\x03\x04": "ofd",
}  # fmt: skip


@dataclass
class Report:
    """What became of the rows; ``refused`` holds (line, field, why)."""

    added: int = 0
    changed: int = 0
    same: int = 0
    refused: list[tuple[int, str, str]] = field(default_factory=list)

    @property
    def rows(self) -> int:
        return self.added + self.changed + self.same + len(self.refused)


@dataclass(frozen=True)
class Source:
    """A system that gives its licenses (归集来源): its code, how far what it does not sign is to be
    trusted, where its files lie, and the roots whose signed records are believed."""

    code: str
    trust: Trust
    folder: Path
    types: Mapping[str, LicenseType]  # by type code
    anchors: tuple[bytes, ...] = ()

    def __post_init__(self) -> None:
        """Raises Invalid: A is proven row by row, nobody claims it."""
        if self.trust is Trust.A:
            raise Invalid(N_("A 级要逐条验证签名，不能由来源声明"), field="trust")


def bring(
    work: UnitOfWork, source: Source, line: int, said: Mapping[str, Any], report: Report
) -> None:
    """Put the license that *said* describes into the library as *source* tells it now, and count it.

    The caller commits. A row that does not hold is counted with its reason and changes nothing.
    """
    policy.require(work.actor, "license.gather")
    try:
        row = rows.read(said, source.types, work.today())
        trust, scan = _graded(source, row), _scan(source, row)
        found = work.session.scalar(select(GatheredLicense).filter_by(key=row.key))
        if found is not None and found.source != source.code:
            raise Conflict(N_("另一个来源已经归集了这份证照"), field="ZZBS")
    except (Invalid, Conflict) as error:
        report.refused.append((line, error.field, str(error)))
        return
    digest = _digest(said, trust, scan)
    if found is not None and found.digest == digest:
        report.same += 1
        return
    _put(work, source, row, trust, digest, scan, found)
    if found is None:
        report.added += 1
    else:
        report.changed += 1


def _graded(source: Source, row: rows.Row) -> Trust:
    """A where the row brings a record whose signature holds and which says the same."""
    if not row.record:
        if source.trust is Trust.D and not row.file:
            raise Invalid(N_("历史证照要有扫描件"), field="WJ")
        return source.trust
    try:
        record, _ = verified(row.record, source.anchors)
    except (Invalid, UnknownIssuer) as error:
        raise Invalid(error.message, field="QMJL", **error.params) from None
    told = (row.identifier, row.holder_code, row.issuer)
    if told != (record.identifier, normal_code(record.holder.code), record.issuer.code):
        raise Invalid(N_("签名记录与本行不是同一份证照"), field="QMJL")
    return Trust.A


def _scan(source: Source, row: rows.Row) -> bytes:
    """The row's file, empty where it names none. Raises Invalid."""
    if not row.file:
        return b""
    path = (source.folder / row.file).resolve()
    if not path.is_relative_to(source.folder.resolve()) or not path.is_file():
        raise Invalid(N_("没有这个文件"), field="WJ")
    if path.stat().st_size > LARGEST:
        raise Invalid(N_("文件超过 10 MB"), field="WJ")
    content = path.read_bytes()
    if not _kind(content):
        raise Invalid(N_("扫描件只能是 PDF、OFD、JPEG 或 PNG"), field="WJ")
    return content


def _digest(said: Mapping[str, Any], trust: Trust, scan: bytes) -> str:
    """What tells one telling of a license from another. Whatever JSON holds: fields that nobody reads
    may be numbers of any size, or halves of characters."""
    told = json.dumps([said, trust, sha256(scan).hexdigest()], sort_keys=True)
    return sha256(told.encode()).hexdigest()


def _kind(content: bytes) -> str:
    return next((kind for magic, kind in _KINDS.items() if content.startswith(magic)), "")


def _put(
    work: UnitOfWork, source: Source, row: rows.Row, trust: Trust, digest: str, scan: bytes,
    found: GatheredLicense | None,
) -> None:  # fmt: skip
    known = found or GatheredLicense(key=row.key, source=source.code, gathered_at=work.now())
    for name in (
        "identifier", "number", "issuer", "issuer_name", "region", "holder_type", "holder_code",
        "holder_name", "faces", "issued_on", "valid_from", "valid_to", "state",
    ):  # fmt: skip
        setattr(known, name, getattr(row, name))
    known.type, known.holder_index = row.kind.slug, row.holder_code
    known.trust, known.jws, known.digest = trust, row.record or None, digest
    known.file_key = _kept(work, scan) if scan else None
    known.changed_at = work.now()
    work.session.add(known)
    work.session.flush()
    act = "license.gathered" if found is None else "license.regathered"
    work.record(act, f"gathered:{known.id}", source=source.code, type=known.type, trust=trust.value)


def _kept(work: UnitOfWork, scan: bytes) -> str:
    name = sha256(scan).hexdigest()
    key = f"gathered/{name[:2]}/{name}.{_kind(scan)}"
    work.use(FileStore).keep(key, scan)
    return key
