"""Keeping (保管): fsck, backup, restore, doctor, and verifying a license file."""

import argparse
import json
import shutil
import sqlite3
import tarfile
import tempfile
from contextlib import closing
from pathlib import Path

from sqlalchemy import create_engine, select
from sqlalchemy.engine import make_url
from sqlalchemy.orm import Session

from servicehall import factory
from servicehall.applying import consenting
from servicehall.calendars import amending
from servicehall.cases.models import CaseMaterial
from servicehall.cli import witnessing
from servicehall.documents.models import Document, file_key
from servicehall.kernel.clock import SystemClock
from servicehall.kernel.errors import Invalid
from servicehall.kernel.settings import Settings
from servicehall.kernel.words import N_
from servicehall.kernel.work import SYSTEM
from servicehall.licenses import proving
from servicehall.oversight import integrity
from servicehall.verifying import offline, presenting, verification
from servicehall.wiring import CHECKPOINTS, LICENSE_HEADS

DATABASE, KEYS, FILES = "hall.db", "keys", "files"
PARTS = frozenset(
    {CHECKPOINTS, LICENSE_HEADS, "checkpoints.jsonl", DATABASE, KEYS, FILES}
)  # .jsonl: before 0011


def fsck(_: argparse.Namespace) -> int:
    """``fsck``: one line for each breach; 0 only if there is none."""
    with witnessing.opened(Settings.load()) as hall, hall.work(SYSTEM) as work:
        heads, found = witnessing.outside(hall, work)
        logged, wrong = witnessing.license_heads(hall)
        found += [*wrong, *integrity.breaches(work, heads, logged), *integrity.of_the_list(work)]
    print("\n".join(found) or "fsck: clean")
    return 1 if found else 0


def verify_receipt(chosen: argparse.Namespace) -> int:
    """``receipt verify FILE``: what a consent receipt says, as JSON; 0 only if its signature holds."""
    text = Path(chosen.file).read_text("ascii")
    with witnessing.opened(Settings.load()) as hall, hall.work(SYSTEM) as work:
        print(json.dumps(consenting.verified(work, text), ensure_ascii=False, indent=1))
    return 0


def verify_license(chosen: argparse.Namespace) -> int:
    """``license verify FILE``: the result as JSON; 0 only for valid.

    With ``--root PEM`` nothing but the file is asked (and ``--status``, the list as it was fetched,
    and ``--proof``, that of the public log, its timestamps under the same roots).
    """
    content = Path(chosen.file).read_bytes()
    if chosen.root:
        token = Path(chosen.status).read_text("ascii", "replace") if chosen.status else None
        now = SystemClock().now()
        proof = Path(chosen.proof).read_text("utf8", "replace") if chosen.proof else None
        anchors = witnessing.anchors(chosen.root)
        verdict = offline.by_file(content, anchors, token=token, at=now, proof=proof)
    else:
        with witnessing.opened(Settings.load()) as hall, hall.work(SYSTEM) as work:
            verdict = verification.by_file(work, content)
    print(json.dumps(presenting.as_json(verdict), ensure_ascii=False, indent=1))
    return 0 if verdict.result == "valid" else 1


def doctor(_: argparse.Namespace) -> int:
    """``doctor``: database, store and signer do their work; settings as they are in force."""
    settings = Settings.load()
    hall = factory.open_hall(settings)
    failures = hall.failures()
    print(f"mode {settings.mode} · data {settings.folder} · address {settings.address}")
    print(f"database {make_url(settings.engine('database')).render_as_string()}")
    print(f"failing: {', '.join(failures)}" if failures else "database, storage and signer work")
    with hall.work(SYSTEM) as work:
        first, last = amending.years(work)
        print(
            f"calendar {first} to {last}; dates in {last + 1} are not guessed until it is published"
        )
    hall.close()
    return 1 if failures else 0


def backup(chosen: argparse.Namespace) -> int:
    """``backup OUT.tar``: checkpoints, then a snapshot of the database, then its files (D9).

    The hall may go on meanwhile: every checkpoint is in the chain, every file that the snapshot
    knows is there, and none that it does not. The archive holds the keys: mode 0600, only whole.
    """
    settings, out = Settings.load(), Path(chosen.out)
    witnessing.refuse_nothing(settings)
    with tempfile.TemporaryDirectory(dir=out.absolute().parent) as scratch:
        whole = Path(scratch) / "whole.tar"
        whole.touch(mode=0o600)
        with tarfile.open(whole, "w") as archive:
            _collect(archive, settings, Path(scratch))
        whole.replace(out)
    print(f"backup: {out}")
    return 0


def restore(chosen: argparse.Namespace) -> int:
    """``restore FILE``: into a state folder that holds no hall yet; then run fsck."""
    folder = Settings.load().folder
    if (folder / DATABASE).exists() or (folder / "keys").exists():
        raise Invalid(N_("%(folder)s 里已经有数据，不能覆盖恢复"), folder=folder)
    with tarfile.open(chosen.file) as archive:
        for member in archive.getmembers():
            _put_back(archive, member, folder)
    return fsck(chosen)


def _put_back(archive: tarfile.TarFile, member: tarfile.TarInfo, folder: Path) -> None:
    """One file of a backup, and nothing that no backup holds: no link, no way out of *folder*."""
    parts = Path(member.name).parts
    if not (member.isfile() or member.isdir()) or parts[0] not in PARTS or ".." in parts:
        raise Invalid(N_("备份文件里有不该有的内容：%(name)s"), name=member.name)
    path = folder.joinpath(*parts)
    made = path if member.isdir() else path.parent
    made.mkdir(parents=True, exist_ok=True, mode=0o700)
    if content := archive.extractfile(member):
        path.touch(mode=0o600)
        with path.open("wb") as file:
            shutil.copyfileobj(content, file)


def _collect(archive: tarfile.TarFile, settings: Settings, scratch: Path) -> None:
    for name in (CHECKPOINTS, LICENSE_HEADS):
        if (kept := settings.folder / name).exists():
            archive.add(shutil.copy(kept, scratch), name)
    wanted = None
    url = make_url(settings.engine("database"))
    if url.get_backend_name() == "sqlite":
        copy = _snapshot(str(url.database), scratch)
        archive.add(copy, DATABASE)
        wanted = _files(copy)
    else:
        print("PostgreSQL: take pg_dump first; this archive holds the files only")
    archive.add(settings.folder / KEYS, KEYS)
    for path in sorted((settings.folder / FILES).rglob("*")):
        name = path.relative_to(settings.folder / FILES).as_posix()
        if path.is_file() and (name in wanted if wanted is not None else name[0] != "."):
            archive.add(path, f"{FILES}/{name}")


def _snapshot(path: str, scratch: Path) -> Path:
    copy = scratch / DATABASE
    with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target)
    return copy


def _files(copy: Path) -> set[str]:
    """The files that a snapshot speaks of; what was kept since then belongs to the next one."""
    engine = create_engine(f"sqlite:///{copy}")
    with Session(engine) as session:
        uploads = session.scalars(select(CaseMaterial.file_key)).all()
        papers = map(file_key, session.scalars(select(Document.key)))
        found = {*proving.files(session), *filter(None, uploads), *papers}
    engine.dispose()
    return found
