"""``python -m benchmarks.licenses``: issuing and verifying against the raw limits of the same run (issue 6)."""

import argparse
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
from io import BytesIO
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from msgspec.structs import replace
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers
from pyhanko.sign.fields import SigFieldSpec
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen import canvas
from sqlalchemy import select

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
from servicehall.signing.hanko import DepartmentSigner
from servicehall.signing.signer import Issuer, Signer
from servicehall.transparency import licenselog
from servicehall.wiring import Hall

TYPE = "nurse-certificate"
LIMITS = {
    "record and leaf": 0.45, "record verified": 0.60, "issue transaction": 0.50,
    "batch issue": 0.20, "PDF face": 5.0,
}  # fmt: skip


ROUNDS = 15


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

    def some(self) -> License:
        with self.hall.work(self.actor) as work:
            found = work.session.scalars(select(License).order_by(License.id.desc()).limit(1)).one()
            work.session.expunge(found)
            return found


def durable(folder: Path) -> Callable[[], None]:
    """One commit as durable as the machine makes it: 4 KiB appended and synced."""
    file, block = (folder / "durable").open("ab", buffering=0), secrets.token_bytes(4096)

    def commit() -> None:
        file.write(block)
        os.fsync(file.fileno())

    return commit


def plain_face(bench: Bench, license: License) -> Callable[[], bytes]:
    """The same words on a page by reportlab, signed by pyHanko: as scripts do it."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    press = bench.hall.adapters[Press]
    font = sorted(Path(press.fonts).glob("*.ttf"))[0]
    content = license.record

    def make() -> bytes:
        pdfmetrics.registerFont(TTFont("plain", str(font)))
        out = BytesIO()
        page = canvas.Canvas(out, pagesize=A4)
        page.setFont("plain", 14)
        texts = [content.type.name, content.statement, content.holder.name]
        texts += [f"{face.name} {face.value}" for face in content.faces]
        for line, text in enumerate(texts):
            page.drawString(80, 760 - 24 * line, text)
        page.showPage()
        page.save()
        writer = IncrementalPdfFileWriter(BytesIO(out.getvalue()))
        signed = signers.sign_pdf(
            writer, signers.PdfSignatureMetadata(field_name="S", md_algorithm="sha256"),
            signer=DepartmentSigner(bench.signer, bench.issuer),
            new_field_spec=SigFieldSpec("S"),
        )  # fmt: skip
        return bytes(signed.getvalue())

    return make


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


def measured(bench: Bench, folder: Path, seconds: float, batch: int) -> list[Measured]:
    key = ec.generate_private_key(ec.SECP256R1())
    algorithm = ec.ECDSA(SHA256())
    bench.batch(500)
    license = bench.some()
    payload, now = license.payload, bench.hall.clock.now()
    order = bench.order()
    with bench.hall.work(bench.actor) as work:
        anchors, today = bench.signer.anchors(), work.today()
    text, public = license.jws or "", key.public_key()
    mark = key.sign(payload, algorithm)
    content = license.record
    edge, seal = Edge(), jws.sealer(bench.signer, bench.issuer, typ=TYP, now=now)

    def record_and_leaf() -> None:
        """Validate, write in the one form, sign, hash into the tree: all before the commit."""
        faces = filled(order, today=today)
        made = replace(content, faces=faces)
        edge.add(licenselog.leaf(secrets.token_hex(16), seal(made.canonical())))

    press = bench.hall.adapters[Press]
    attached = rendering.attached(text)

    def face() -> None:
        pdf = rendering.to_pdf(press, content)
        sealing.seal(pdf, bench.signer, bench.issuer, now=now, attachment=attached)

    def often(job: Callable[[], object]) -> Callable[[float], float]:
        return lambda seconds: rate(job, seconds)

    def batches(seconds: float) -> float:
        return bench.batch(batch)

    signing = often(lambda: key.sign(payload, algorithm))
    verifying = often(lambda: public.verify(mark, payload, algorithm))
    verified = often(lambda: record.verified(text, anchors))
    plain = often(plain_face(bench, license))
    commits = often(durable(folder))
    return [
        against("record and leaf", often(record_and_leaf), "raw signing", signing, seconds),
        against("record verified", verified, "raw verifying", verifying, seconds),
        against("issue transaction", often(bench.single), "durable commits", commits, seconds),
        against("batch issue", batches, "raw signing", signing, seconds),
        against("PDF face", often(face), "plain PDF", plain, seconds),
    ]


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
        figures = measured(Bench(hall), Path(scratch), chosen.seconds, chosen.batch)
        hall.close()
    told: dict[str, float] = {}
    met = True
    for one in figures:
        met &= one.ratio >= LIMITS[one.name]
        told |= {one.name: round(one.rate, 1), one.of: round(one.limit, 1)}
        print(f"{one.name:18}{one.rate:>12,.1f} /s   {one.of:16}{one.limit:>12,.1f} /s", end="")
        print(f"   {one.ratio:6.3f}, wanted {LIMITS[one.name]:.2f}")
    middle = statistics.median(proofs(chosen.leaves))
    met &= middle <= 1
    print(f"proof from {chosen.leaves:,} leaves: {middle:.2f} ms, wanted 1")
    if chosen.json:
        Path(chosen.json).write_text(json.dumps(told | {"proof_ms": middle}, indent=1))
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
