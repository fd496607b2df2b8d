"""Keeping (保管): fsck, audit, backup, restore, doctor, and verifying a license file."""

import argparse
import json
import sqlite3
import tarfile
import tempfile
from pathlib import Path

from sqlalchemy.engine import make_url

from servicehall import factory
from servicehall.kernel import audit
from servicehall.kernel.errors import Invalid
from servicehall.kernel.settings import Settings
from servicehall.kernel.words import N_
from servicehall.kernel.work import SYSTEM
from servicehall.licenses import presenting, verification
from servicehall.oversight import integrity

DATABASE = "hall.db"


def fsck(_: argparse.Namespace) -> int:
    """``fsck``: one line for each breach; 0 only if there is none."""
    hall = factory.open_hall(Settings.load())
    try:
        with hall.work(SYSTEM) as work:
            found = list(integrity.breaches(work, hall.heads()))
    finally:
        hall.close()
    print("\n".join(found) or "fsck: clean")
    return 1 if found else 0


def verify_audit(_: argparse.Namespace) -> int:
    """``audit verify``: the chain is whole and holds every signed checkpoint."""
    hall = factory.open_hall(Settings.load())
    try:
        seen = hall.heads()
        with hall.work(SYSTEM) as work:
            found = list(audit.broken(work.session, seen))
            end = audit.head(work.session)
    finally:
        hall.close()
    print(
        "\n".join(found) or f"audit: {end.length} entries, {len(seen)} checkpoints, head {end.hash}"
    )
    return 1 if found else 0


def verify_license(chosen: argparse.Namespace) -> int:
    """``license verify FILE``: the result as JSON; 0 only for valid."""
    hall = factory.open_hall(Settings.load())
    try:
        with hall.work(SYSTEM) as work:
            verdict = verification.by_file(work, Path(chosen.file).read_bytes())
            print(json.dumps(presenting.as_json(verdict), ensure_ascii=False, indent=1))
    finally:
        hall.close()
    return 0 if verdict.result == "valid" else 1


def doctor(_: argparse.Namespace) -> int:
    """``doctor``: database, store and signer do their work; settings as they are in force."""
    settings = Settings.load()
    hall = factory.open_hall(settings)
    failures = hall.failures()
    print(f"mode {settings.mode} · data {settings.folder} · address {settings.address}")
    print(f"database {make_url(settings.engine('database')).render_as_string()}")
    print(f"failing: {', '.join(failures)}" if failures else "database, storage and signer work")
    hall.close()
    return 1 if failures else 0


def backup(chosen: argparse.Namespace) -> int:
    """``backup OUT.tar``: a snapshot of the database first, then the files (append-only, D9)."""
    settings = Settings.load()
    url = make_url(settings.engine("database"))
    with tempfile.TemporaryDirectory() as scratch, tarfile.open(chosen.out, "w") as out:
        if url.get_backend_name() == "sqlite":
            out.add(_snapshot(str(url.database), Path(scratch)), DATABASE)
        else:
            print("PostgreSQL: take pg_dump first; this archive holds the files only")
        for name in ("keys", "files", "checkpoints.jsonl"):
            if (settings.folder / name).exists():
                out.add(settings.folder / name, name)
    print(f"backup: {chosen.out}")
    return 0


def restore(chosen: argparse.Namespace) -> int:
    """``restore FILE``: into a state folder that holds no hall yet; then run fsck."""
    folder = Settings.load().folder
    if (folder / DATABASE).exists() or (folder / "keys").exists():
        raise Invalid(N_("%(folder)s 里已经有数据，不能覆盖恢复"), folder=folder)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    with tarfile.open(chosen.file) as archive:
        archive.extractall(folder, filter="data")
    return fsck(chosen)


def _snapshot(path: str, scratch: Path) -> Path:
    copy = scratch / DATABASE
    with sqlite3.connect(path) as source, sqlite3.connect(copy) as target:
        source.backup(target)
    return copy
