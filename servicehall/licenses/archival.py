"""Archival (归档版): the PDF of a license that proves itself without us, made once, when asked for."""

from hashlib import sha256

from servicehall.identity import policy
from servicehall.kernel.errors import Conflict, NotFound, Unavailable
from servicehall.kernel.words import N_
from servicehall.kernel.work import UnitOfWork
from servicehall.licenses import issuing, library, rendering, wallet
from servicehall.licenses.models import License, State
from servicehall.printing.press import Press
from servicehall.signing import archiving
from servicehall.signing.signer import Issuer, Listing, Signer
from servicehall.signing.stamper import Stamper
from servicehall.storage.store import FileStore
from servicehall.transparency import distrust


def own(work: UnitOfWork, code: str) -> bytes:
    """The PDF for archiving (PAdES B-LT) of the actor's own license. Raises NotFound for others'."""
    return _made(work, wallet.own(work, code))


def of_department(work: UnitOfWork, code: str) -> bytes:
    """The same for the department that issued it. Raises NotFound, Forbidden."""
    policy.require(work.actor, "license.archive")
    license = library.by_code(work, code)
    if work.actor.department != license.issuer:
        raise NotFound(N_("没有找到这份证照"))  # the very words for one that does not exist
    return _made(work, license)


def revocations(work: UnitOfWork) -> bytes:
    """The revocation list (DER) of our root, as of now. Raises Unavailable where the signer has none."""
    signer = work.use(Signer)
    if not isinstance(signer, Listing):
        raise Unavailable(N_("这种签名设备的吊销列表由它的证书机构公布"))
    stolen = {bytes.fromhex(one): since for one, since in distrust.listed(work).items()}
    return signer.revocations(stolen)


def _made(work: UnitOfWork, license: License) -> bytes:
    """The one that is kept; else made and kept. The caller commits. Of two the first file counts."""
    if license.state is State.INTENT:
        raise Conflict(N_("证照还没有签发"))
    store = work.use(FileStore)
    if license.archive_sha256 is not None:
        work.record("license.viewed", license.identifier, person=license.party)
        return store.get(license.archive_key)
    content, jws = license.record, issuing.kept_record(work, license)
    made = archiving.seal(
        rendering.to_pdf(work.use(Press), content), work.use(Signer), work.use(Stamper),
        Issuer(content.issuer.code, content.issuer.name), clock=work.clock,
        attachment=rendering.attached(jws), lists=(revocations(work),),
    )  # fmt: skip
    kept = store.keep(license.archive_key, made)
    license.archive_sha256 = sha256(kept).hexdigest()
    work.record(
        "license.archived", license.identifier, person=license.party, sha256=license.archive_sha256
    )
    return kept
