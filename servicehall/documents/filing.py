"""Filing (文书归档): the papers of a matter, and the sealed PDF of each."""

from collections.abc import Sequence

from sqlalchemy import select

from servicehall.documents import layout
from servicehall.documents.models import Document
from servicehall.kernel.errors import NotFound
from servicehall.kernel.work import UnitOfWork
from servicehall.printing.press import Press
from servicehall.signing import sealing
from servicehall.signing.signer import Issuer, Signer
from servicehall.storage.store import FileStore


def of(work: UnitOfWork, matter: str) -> Sequence[Document]:
    """The papers of *matter*, in the order in which they were written."""
    query = select(Document).where(Document.matter == matter).order_by(Document.id)
    return work.session.scalars(query).all()


def one(work: UnitOfWork, matter: str, key: str) -> Document:
    """The paper *key* of *matter*. Raises NotFound, also for another matter's."""
    found = work.session.scalar(select(Document).filter_by(matter=matter, key=key))
    if found is None:
        raise NotFound
    return found


def pdf(work: UnitOfWork, document: Document) -> bytes:
    """Its PDF with the department's signature (PAdES B-B), made when it is first wanted.

    The first one made is the one kept: everybody gets the same bytes. Raises Unavailable or
    StorageFull.
    """
    store = work.use(FileStore)
    if store.has(document.file_key):
        return store.get(document.file_key)
    page = layout.to_pdf(work.use(Press), document)
    issuer = Issuer(document.issuer, document.issuer_name)
    return store.keep(
        document.file_key, sealing.seal(page, work.use(Signer), issuer, now=work.now())
    )
