"""Resigning (重签): licenses under a stolen key get a new signature over the same bytes.

Identifier, version and content stay: nothing was decided anew. The earlier signature stays in the
log and on record; the new one is another leaf, the PDF face is made anew by the worker.
"""

from collections.abc import Sequence

from sqlalchemy import insert, select, update

from servicehall.identity import policy
from servicehall.kernel.work import UnitOfWork
from servicehall.licenses import record
from servicehall.licenses.models import License, PastSigning, State
from servicehall.licenses.record import TYP
from servicehall.signing import jws
from servicehall.signing.signer import Signer, Sm2Signer
from servicehall.transparency import distrust, licenselog, treeheads

CHUNK = 500  # in one transaction
_GOOD = (State.VALID, State.SUSPENDED)


def waiting(work: UnitOfWork, issuer: str, *, after: int = 0) -> Sequence[License]:
    """Up to ``CHUNK`` licenses of *issuer* that have not ended and whose signature is under a
    distrusted certificate, by row number, above row *after*; found anew on each run."""
    distrusted, found = distrust.listed(work), list[License]()
    query = (
        select(License)
        .where(License.issuer == issuer, License.state.in_(_GOOD), License.id > after)
        .order_by(License.id)
    )
    if distrusted:
        for license in work.session.scalars(query.execution_options(yield_per=CHUNK)):
            if distrust.since(jws.opened(license.jws or "", typ=TYP), distrusted):
                found.append(license)
                if len(found) == CHUNK:
                    break
    return found


def resign(work: UnitOfWork, licenses: Sequence[License]) -> int:
    """Sign each anew under its department's key of now; how many were. The caller commits.

    Of two that run at once each license is signed by one of them. Raises Unavailable, and then
    none is.
    """
    policy.require(work.actor, "license.issue")
    treeheads.refuse_earlier(work)
    past, signed = [], []
    for license in licenses:
        held = {
            "jws": license.jws, "pdf_sha256": license.pdf_sha256,
            "archive_sha256": license.archive_sha256,
        }  # fmt: skip
        text = record.sign(
            work.use(Signer), license.payload, now=work.now(), second=work.use(Sm2Signer)
        )
        if not _took(work, license, text):
            continue
        past.append(
            {"license_id": license.id, "signing": license.signing, "until": work.now(), **held}
        )
        signed.append((license.identifier, text))
        work.record("license.resigned", license.identifier, person=license.party, type=license.type)
    if signed:
        work.session.execute(insert(PastSigning), past)
        licenselog.append(work, signed)
    return len(signed)


def _took(work: UnitOfWork, license: License, text: str) -> bool:
    """Whether the row was as it was read, and now holds *text*."""
    moved = work.session.execute(
        update(License)
        .where(
            License.id == license.id, License.signing == license.signing, License.state.in_(_GOOD)
        )
        .values(jws=text, pdf_sha256=None, archive_sha256=None, signing=license.signing + 1)
        .execution_options(synchronize_session=False)
        .returning(License.id)
    ).all()
    return bool(moved)
