"""What issuing is measured against: the disk's sync, the bare driver with the same rows, a plain script."""

import os
import secrets
import sqlite3
import time
from collections.abc import Callable, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers
from pyhanko.sign.fields import SigFieldSpec
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen import canvas
from sqlalchemy import Engine, event

from servicehall.kernel.database import PRAGMAS
from servicehall.licenses.record import Record
from servicehall.signing.hanko import DepartmentSigner
from servicehall.signing.signer import Issuer, Signer

_ES256 = ec.ECDSA(SHA256())
_RFC6979 = ec.ECDSA(SHA256(), deterministic_signing=True)
_WRITES = ("INSERT", "UPDATE", "DELETE")
Statement = tuple[str, Any, bool]


def synced(folder: Path) -> Callable[[], None]:
    """4 KiB appended and synced: the least that any durable commit does."""
    file, block = (folder / "synced").open("ab", buffering=0), secrets.token_bytes(4096)

    def commit() -> None:
        file.write(block)
        os.fsync(file.fileno())

    return commit


class Raw:
    """ES256 by ``cryptography`` alone, over the very bytes that the hall signed."""

    def __init__(self, contents: Sequence[bytes]) -> None:
        self._key, self._contents = ec.generate_private_key(ec.SECP256R1()), contents
        self._marks = [self._key.sign(content, _ES256) for content in contents]

    def sign(self) -> None:
        """Each with the nonce of RFC 6979, as the hall does."""
        for content in self._contents:
            self._key.sign(content, _RFC6979)

    def sign_at_random(self) -> None:
        """Each with a random nonce."""
        for content in self._contents:
            self._key.sign(content, _ES256)

    def verify(self) -> None:
        """Each signature."""
        public = self._key.public_key()
        for mark, content in zip(self._marks, self._contents, strict=True):
            public.verify(mark, content, _ES256)


class Bare:
    """A copy of a hall's SQLite database in which the bare driver does, statement by statement, what
    the hall did in the other: a durable commit of the same rows, and nothing else."""

    def __init__(self, engine: Engine, copy: Path) -> None:
        self._seen: list[Statement] = []
        self._waiting: list[list[Statement]] = []
        with sqlite3.connect(copy) as target:
            raw = engine.raw_connection()
            raw.driver_connection.backup(target)  # type: ignore[union-attr]
            raw.close()
        self._copy = sqlite3.connect(copy, isolation_level=None)
        for name, value in PRAGMAS.items():
            self._copy.execute(f"PRAGMA {name}={value}")
        event.listen(engine, "before_cursor_execute", self._note, retval=True)
        event.listen(engine, "commit", self._committed)

    def _note(
        self, connection: Any, cursor: Any, text: str, bound: Any, context: Any, many: bool
    ) -> tuple[str, Any]:
        self._seen.append((text, bound, many))
        return text, bound

    def _committed(self, connection: Any) -> None:
        self._waiting.append(self._seen)
        self._seen = []

    def rate(self) -> float:
        """How many of the transactions a second that the hall committed since the last time."""
        done, self._waiting = self._waiting, []
        began = time.perf_counter()
        for transaction in done:
            self._repeat(transaction)
        return len(done) / (time.perf_counter() - began)

    def _repeat(self, transaction: list[Statement]) -> None:
        cursor = self._copy.cursor()
        for text, bound, many in transaction:
            if text.startswith(_WRITES) and not self._copy.in_transaction:
                self._copy.execute("BEGIN IMMEDIATE")
            if many:
                cursor.executemany(text, bound)
            else:
                cursor.execute(text, bound).fetchall()
        self._copy.execute("COMMIT")


def plain_face(fonts: Path, content: Record, signer: Signer, issuer: Issuer) -> Callable[[], bytes]:
    """The same words on a page by reportlab, signed by pyHanko: as scripts do it."""
    font = min(fonts.glob("*.ttf"))

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
        signed = signers.sign_pdf(
            IncrementalPdfFileWriter(BytesIO(out.getvalue())),
            signers.PdfSignatureMetadata(field_name="S", md_algorithm="sha256"),
            signer=DepartmentSigner(signer, issuer), new_field_spec=SigFieldSpec("S"),
        )  # fmt: skip
        return bytes(signed.getvalue())

    return make
