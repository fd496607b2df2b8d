"""Sealing (电子签章): a PDF signed by its department (PAdES B-B), with what belongs to it attached."""

from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any

from asn1crypto import x509
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from pyhanko.pdf_utils.embed import EmbeddedFileObject, FileSpec, embed_file
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import copy_into_new_writer
from pyhanko.sign import signers
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
from pyhanko_certvalidator.registry import SimpleCertificateStore

from servicehall.kernel.clock import local
from servicehall.signing import certificates
from servicehall.signing.signer import Issuer, Signer

FIELD = "DepartmentSignature"
_ROOM = 8192  # bytes kept for the signature; certificates and signature need about 2,500


class DepartmentSigner(signers.Signer):
    """pyHanko's view of the hall's Signer port: DER signatures by one department's key."""

    def __init__(self, signer: Signer, issuer: Issuer) -> None:
        load = x509.Certificate.load
        chain = [load(der) for der in signer.chain(issuer)]
        registry = SimpleCertificateStore.from_certs(chain)  # type: ignore[no-untyped-call]
        super().__init__(signing_cert=chain[0], cert_registry=registry)
        self._port, self._issuer = signer, issuer

    async def async_sign_raw(
        self, data: bytes, digest_algorithm: str, dry_run: bool = False
    ) -> bytes:
        if digest_algorithm != "sha256":
            raise ValueError(f"ES256 signs SHA-256, not {digest_algorithm}")
        if dry_run:
            return bytes(72)
        raw = self._port.sign(self._issuer, data)
        return encode_dss_signature(int.from_bytes(raw[:32]), int.from_bytes(raw[32:]))


class StillPdfSigner(signers.PdfSigner):
    """Dates signatures by the hall's clock instead of the computer's."""

    moment: datetime

    def init_signing_session(self, *given: Any, **named: Any) -> Any:
        session = super().init_signing_session(*given, **named)
        session.system_time = self.moment
        return session


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
        _attach(writer, attachment)
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


def _attach(writer: Any, attachment: Attachment) -> None:
    file = EmbeddedFileObject.from_file_data(writer, attachment.content, mime_type=attachment.kind)
    spec = FileSpec(
        file_spec_string=attachment.name,
        file_name=attachment.name,
        embedded_data=file,
        description=attachment.description,
    )
    embed_file(writer, spec)
