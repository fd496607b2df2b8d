"""``python -m benchmarks.licenses``: issuing and verifying against the raw limits of the same run (issue 6)."""

import argparse
import gc
import json
import os
import secrets
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from msgspec.structs import replace
from sqlalchemy import select

from benchmarks.licenses_limits import Bare, Raw, plain_face, synced
from servicehall import factory
from servicehall.cli import opening
from servicehall.kernel import merkle, trees
from servicehall.kernel.codes import citizen_check
from servicehall.kernel.merkle import Edge
from servicehall.kernel.settings import Settings
from servicehall.kernel.work import Actor
from servicehall.licenses import mass, orderfile, record, rendering
from servicehall.licenses.models import License
from servicehall.licenses.ordering import IssueOrder, filled
from servicehall.licenses.record import TYP, Holder
from servicehall.licenses.schema import LicenseTypes
from servicehall.printing.press import Press
from servicehall.signing import jws, sealing
from servicehall.signing.signer import Issuer, Signer
from servicehall.transparency import licenselog
from servicehall.wiring import Hall

TYPE = "nurse-certificate"
LIMITS = {
    "record and leaf": 0.45, "record verified": 0.60, "issue transaction": 0.50,
    "batch issue": 0.20, "PDF face": 5.0,
}  # fmt: skip
ROUNDS = 15
SOME = 200  # licenses that one turn of a job takes


@dataclass(frozen=True)
class Measured:
    """Rates a second of a job and of its limit, and the median of their ratios."""

    name: str
    of: str
    rate: float
    limit: float
    ratio: float


def rate(job: Callable[[], object], seconds: float, each: int = 1) -> float:
    """How often a second *job* is done, where one call does *each*."""
    done, began = 0, time.perf_counter()
    while (now := time.perf_counter()) - began < seconds:
        job()
        done += each
    return done / (now - began)


def against(
    name: str, job: Callable[[float], float], of: str, limit: Callable[[float], float],
    seconds: float,
) -> Measured:  # fmt: skip
    """*job* against *limit*, each the rate of so many seconds, in turns: a computer whose speed
    changes changes for both."""
    pairs = [(job(seconds / ROUNDS), limit(seconds / ROUNDS)) for _ in range(ROUNDS)]
    rates, limits = zip(*pairs, strict=True)
    ratio = statistics.median(one / other for one, other in pairs)
    return Measured(name, of, statistics.median(rates), statistics.median(limits), ratio)


def number(n: int) -> str:
    day = date.fromordinal(date(1950, 1, 1).toordinal() + n // 1000)
    plain = f"990101{day:%Y%m%d}{n % 1000:03}"
    return plain + citizen_check(plain)


class Bench:
    """One hall of the benchmark's own, and orders that it has not seen."""

    def __init__(self, hall: Hall) -> None:
        self.hall, self.given = hall, 0
        self.kind = hall.adapters[LicenseTypes][TYPE]
        self.issuer = Issuer(self.kind.issuer, self.kind.issuer_name)
        self.actor = Actor("bench", "bench", frozenset({"reviewer"}), department=self.kind.issuer)
        self.signer: Signer = hall.adapters[Signer]

    def order(self) -> IssueOrder:
        self.given += 1
        code, name = number(self.given), "王小明"
        faces = {
            "name": name, "sex": "女", "birth_date": f"{code[6:10]}-{code[10:12]}-{code[12:14]}",
            "number": code, "institution": "示范医院", "authority": self.kind.issuer_name,
        }  # fmt: skip
        holder = Holder(kind="person", code=code, name=name)
        key = f"batch:{os.getpid()}/{self.given}"
        return IssueOrder(key=key, type=self.kind, holder=holder, faces=faces)

    def batch(self, count: int) -> float:
        """Licenses a second of one batch, committed in portions as the command does it."""
        orders = [self.order() for _ in range(count)]
        began = time.perf_counter()
        for some in orderfile.chunks(orders):
            with self.hall.work(self.actor) as work:
                mass.issue(work, some)
                work.commit()
        return count / (time.perf_counter() - began)

    def single(self) -> None:
        with self.hall.work(self.actor) as work:
            mass.issue(work, [self.order()])
            work.commit()

    def some(self, many: int) -> list[License]:
        with self.hall.work(self.actor) as work:
            found = work.session.scalars(select(License).order_by(License.id.desc()).limit(many))
            return list(found)


def proofs(leaves: int) -> list[float]:
    """Milliseconds for each of a hundred proofs from a tree of *leaves*, as a database keeps it."""
    from servicehall.kernel.database import open_database
    from servicehall.kernel.vault import Vault
    from servicehall.transparency.models import LicenseNode

    with tempfile.TemporaryDirectory() as folder:
        database = open_database(f"sqlite:///{folder}/log.db", Vault(b"k" * 32))
        LicenseNode.__table__.create(database.engine)  # type: ignore[attr-defined]
        edge, hash_ = Edge(), merkle.leaf_hash(b"leaf")
        raw = database.engine.raw_connection()
        raw.execute("PRAGMA synchronous = OFF")  # type: ignore[attr-defined]
        for start in range(0, leaves, 50_000):
            rows = [
                node for _ in range(start, min(start + 50_000, leaves)) for node in edge.add(hash_)
            ]
            raw.executemany("INSERT INTO license_node (id, hash) VALUES (?, ?)", rows)  # type: ignore[attr-defined]
            raw.commit()
        raw.close()
        found = []
        with database.session() as session:
            for _ in range(100):
                index = secrets.randbelow(leaves)
                began = time.perf_counter()
                path = trees.inclusion(session, LicenseNode, index, leaves)
                found.append(1000 * (time.perf_counter() - began))
                assert merkle.is_in(hash_, index, leaves, path, edge.root)
        database.close()
    return found


class Jobs:
    """What a license costs beside the database, step by step for some of them, as a batch does it."""

    def __init__(self, bench: Bench) -> None:
        licenses = bench.some(SOME)
        self.texts = [license.jws or "" for license in licenses]
        self.content, self.now, self._edge = licenses[0].record, bench.hall.clock.now(), Edge()
        self._orders = [bench.order() for _ in licenses]
        with bench.hall.work(bench.actor) as work:
            self._anchors, self._today = bench.signer.anchors(), work.today()
        self._bench, self._press = bench, bench.hall.adapters[Press]
        self._seal = jws.sealer(bench.signer, bench.issuer, typ=TYP, now=self.now)
        self._attached = rendering.attached(self.texts[0])

    def records_and_leaves(self) -> None:
        """Validate, write in the one form, sign, hash into the tree: all before the commit."""
        faces = [filled(order, today=self._today) for order in self._orders]
        payloads = [replace(self.content, faces=told).canonical() for told in faces]
        sealed = [self._seal(payload) for payload in payloads]
        for salt, text in zip(merkle.salts(SOME), sealed, strict=True):
            self._edge.add(licenselog.leaf(salt, text))

    def verified(self) -> None:
        for text in self.texts:
            record.verified(text, self._anchors)

    def face(self) -> None:
        pdf = rendering.to_pdf(self._press, self.content)
        bench = self._bench
        sealing.seal(pdf, bench.signer, bench.issuer, now=self.now, attachment=self._attached)


def often(job: Callable[[], object], each: int = 1) -> Callable[[float], float]:
    """How often a second *job*, which does *each* at once, is done in so many seconds."""
    return lambda seconds: rate(job, seconds, each)


def measured(bench: Bench, folder: Path, seconds: float, batch: int) -> list[Measured]:
    bench.batch(500)
    jobs = Jobs(bench)
    raw = Raw([text.rpartition(".")[0].encode() for text in jobs.texts])
    signing, made = often(raw.sign, SOME), often(jobs.records_and_leaves, SOME)
    plain = plain_face(bench.hall.adapters[Press].fonts, jobs.content, bench.signer, bench.issuer)
    found = [
        against("record and leaf", made, "raw signing", signing, seconds),
        against("record and leaf *", made, "random nonces", often(raw.sign_at_random, SOME), seconds),
        against(
            "record verified", often(jobs.verified, SOME), "raw verifying",
            often(raw.verify, SOME), seconds,
        ),
        against("batch issue", lambda _: bench.batch(batch), "raw signing", signing, seconds),
        against("PDF face", often(jobs.face), "plain PDF", often(plain), seconds),
        against("issue *", often(bench.single), "4 KiB synced", often(synced(folder)), seconds),
    ]  # fmt: skip
    bare = Bare(bench.hall.database.engine, folder / "bare.db")
    name, of = "issue transaction", "same rows, bare"
    return [*found, against(name, often(bench.single), of, lambda _: bare.rate(), seconds)]


def main() -> int:
    options = argparse.ArgumentParser("benchmarks.licenses", description=__doc__)
    options.add_argument("--seconds", type=float, default=7.5)
    options.add_argument("--batch", type=int, default=1000)
    options.add_argument("--leaves", type=int, default=10_000_000)
    options.add_argument("--json", default="")
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        hall = factory.open_hall(Settings(data=str(Path(scratch) / "data")))
        opening.prepare(hall)
        gc.collect()
        gc.freeze()  # as the server does
        figures = measured(Bench(hall), Path(scratch), chosen.seconds, chosen.batch)
        hall.close()
    told: dict[str, float] = {}
    met = True
    for one in figures:
        wanted = LIMITS.get(one.name, 0)
        met &= one.ratio >= wanted
        told |= {one.name: round(one.rate, 1), one.of: round(one.limit, 1)}
        print(f"{one.name:18}{one.rate:>12,.1f} /s   {one.of:16}{one.limit:>12,.1f} /s", end="")
        print(f"   {one.ratio:6.3f}{f', wanted {wanted:.2f}' if wanted else ''}")
    middle = statistics.median(proofs(chosen.leaves))
    met &= middle <= 1
    print(f"proof from {chosen.leaves:,} leaves: {middle:.2f} ms, wanted 1")
    if chosen.json:
        Path(chosen.json).write_text(json.dumps(told | {"proof_ms": middle}, indent=1))
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
