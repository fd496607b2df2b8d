"""Services of the peer: a PostgreSQL cluster and a Redis of its own, on this machine only."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from benchmarks.processes import CLUSTER, free_port, running

EXTENSIONS = ("unaccent", "pg_trgm")


class Missing(Exception):
    """Something this machine does not have; the text is the reason in the report."""


@contextmanager
def postgres(database: str) -> Iterator[tuple[str, int]]:
    """A fresh cluster on a unix socket, durable as PostgreSQL is by default: folder and pid."""
    folder = Path(tempfile.mkdtemp(prefix=CLUSTER))
    try:
        with cluster(folder) as (socket, pid):
            create(folder, database)
            yield socket, pid
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def cluster(folder: Path, settings: Sequence[str] = ()) -> Iterator[tuple[str, int]]:
    """The cluster in *folder*, made where there is none, run with *settings*: socket and pid."""
    user, data = _give(folder), folder / "data"
    if not data.exists():
        _run([*user, _postgres_program("initdb"), "-D", str(data), "-E", "UTF8", "--locale=C",
              "-A", "trust", "-U", "postgres"])  # fmt: skip
    command = [*user, _postgres_program("pg_ctl"), "-D", str(data), "-w", "-t", "600", "-l",
               str(folder / "log")]  # fmt: skip
    said = " ".join(f"-c {one}" for one in ("listen_addresses=''", *settings))
    _run([*command, "-o", f"-k {folder} {said}", "start"])
    try:
        yield str(folder), int((data / "postmaster.pid").read_text().split()[0])
    finally:
        _run([*command, "-m", "fast", "stop"])


def _postgres_program(name: str) -> str:
    """PATH first, then where Debian keeps it."""
    debian = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    found = shutil.which(name) or (str(debian[-1]) if debian else "")
    if not found:
        raise Missing("PostgreSQL is not installed (Debian: postgresql postgresql-contrib)")
    return found


def _give(folder: Path) -> list[str]:
    """PostgreSQL refuses root: as root the cluster belongs to user postgres."""
    if os.getuid() != 0:
        return []
    try:
        owner = pwd.getpwnam("postgres")
    except KeyError:
        raise Missing("there is no user postgres to run the cluster as") from None
    os.chown(folder, owner.pw_uid, owner.pw_gid)
    return ["runuser", "-u", "postgres", "--"]


def create(folder: Path, database: str) -> None:
    """One more database there, with the extensions the peers want."""
    psql = [_postgres_program("psql"), "-h", str(folder), "-U", "postgres", "-v", "ON_ERROR_STOP=1"]
    _run([*psql, "-c", f"CREATE DATABASE {database} TEMPLATE template0 ENCODING 'UTF8'"])
    for name in EXTENSIONS:
        _run([*psql, "-d", database, "-c", f"CREATE EXTENSION {name}"])


@contextmanager
def redis(folder: Path) -> Iterator[tuple[int, int]]:
    """A Redis that keeps nothing: port and pid."""
    program = shutil.which("redis-server")
    if program is None:
        raise Missing("Redis is not installed (Debian: redis-server)")
    port = free_port()
    command = [program, "--port", str(port), "--bind", "127.0.0.1", "--save", "",
               "--appendonly", "no", "--dir", str(folder)]  # fmt: skip
    with running(command, folder / "redis.log", {}) as pid:
        yield port, pid


def _run(command: list[str]) -> str:
    done = subprocess.run(
        command, capture_output=True, text=True, timeout=660, check=False, cwd="/",
        stdin=subprocess.DEVNULL,
    )  # fmt: skip
    if done.returncode:
        raise Missing(f"{Path(command[-1]).name}: {(done.stderr or done.stdout)[-300:].strip()}")
    return done.stdout
