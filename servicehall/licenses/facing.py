"""Facing (补制版式): the PDF of a license that was issued in a batch, made after it by the worker."""

from hashlib import sha256

from sqlalchemy import select, update

from servicehall.kernel.work import UnitOfWork
from servicehall.licenses import issuing
from servicehall.licenses.models import License, State


def face_one(work: UnitOfWork, tried: set[int]) -> bool:
    """Make, sign and shelve one face that is missing, not among *tried* yet; whether there was one.

    Of workers that make the same, the first stored file counts.
    """
    query = (
        select(License)
        .where(License.pdf_sha256.is_(None), License.state != State.INTENT)
        .where(License.id > max(tried, default=0)).order_by(License.id).limit(1)
    )  # fmt: skip
    if (license := work.session.scalar(query)) is None:
        return False
    tried.add(license.id)
    digest = sha256(issuing.kept_pdf(work, license, issuing.kept_record(work, license))).hexdigest()
    won = work.session.execute(
        update(License)
        .where(License.id == license.id, License.pdf_sha256.is_(None))
        .values(pdf_sha256=digest)
        .execution_options(synchronize_session=False)
        .returning(License.id)
    ).all()
    if won:
        work.record("license.faced", license.identifier, person=license.party, sha256=digest)
    return True
