"""Sealing (电子签章): a PDF signed by its department (PAdES B-B), with what belongs to it attached."""

from dataclasses import dataclass
from datetime import datetime
from io import BytesIO

from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import copy_into_new_writer
from pyhanko.sign import signers
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter

from servicehall.kernel.clock import local
from servicehall.signing import certificates
from servicehall.signing.hanko import DepartmentSigner, StillPdfSigner, attach
from servicehall.signing.signer import Issuer, Signer

FIELD = "DepartmentSignature"
_ROOM = 8192  # bytes kept for the signature; certificates and signature need about 2,500


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that travels inside the PDF; *kind* is its media type."""

    name: str
    content: bytes
    kind: str
    description: str


def seal(
    pdf: bytes,
    signer: Signer,
    issuer: Issuer,
    *,
    now: datetime,
    attachment: Attachment | None = None,
) -> bytes:
    """*pdf* with its *attachment* and a certification signature over all of it.

    One revision, one signature, no change permitted afterwards (DocMDP P=1, ISO 32000-1 12.8.2.2).
    Raises Unavailable outside the dates of the department's certificate.
    """
    certificates.refuse_outside(signer.chain(issuer)[0], now)
    writer = copy_into_new_writer(PdfFileReader(BytesIO(pdf)))
    if attachment:
        attach(writer, attachment.name, attachment.content, attachment.kind, attachment.description)
    metadata = signers.PdfSignatureMetadata(
        field_name=FIELD,
        md_algorithm="sha256",
        certify=True,
        docmdp_permissions=MDPPerm.NO_CHANGES,
        subfilter=SigSeedSubFilter.PADES,
        name=issuer.name,
    )
    out = BytesIO()
    pdf_signer = StillPdfSigner(metadata, DepartmentSigner(signer, issuer))
    pdf_signer.moment = local(now)
    pdf_signer.sign_pdf(writer, output=out, bytes_reserved=_ROOM)
    return out.getvalue()
