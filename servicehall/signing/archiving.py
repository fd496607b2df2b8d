"""Archiving (归档签章): PAdES B-LT (ETSI EN 319 142-1): a PDF that proves itself for decades.

A timestamp over the signature (B-T), and beside it the certificates and the revocation list that
prove both (DSS). All in one revision: whoever adds a byte changes the file.
"""

from io import BytesIO

from asn1crypto import crl as asn1crl
from asn1crypto import x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import copy_into_new_writer
from pyhanko.sign import signers
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
from pyhanko.sign.general import SigningError
from pyhanko.sign.signers.pdf_signer import DSSContentSettings, SigDSSPlacementPreference
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.errors import PathValidationError

from servicehall.kernel.clock import Clock, local
from servicehall.kernel.errors import Unavailable
from servicehall.kernel.words import N_
from servicehall.signing import certificates
from servicehall.signing.hanko import DepartmentSigner, Stamping, StillPdfSigner, attach
from servicehall.signing.sealing import FIELD, Attachment
from servicehall.signing.signer import Issuer, Signer
from servicehall.signing.stamper import Stamper

_ROOM = 16384  # bytes kept for signature and timestamp; they need about 5,000


def seal(
    pdf: bytes, signer: Signer, stamper: Stamper, issuer: Issuer, *, clock: Clock,
    attachment: Attachment, lists: tuple[bytes, ...],
) -> bytes:  # fmt: skip
    """*pdf* with its *attachment*, certified by *issuer* as ``sealing.seal`` does, timestamped, and
    with what proves both: the certificates and the revocation *lists* (DER).

    Raises Unavailable where the certificates do not hold by the lists: a department whose key was
    stolen seals nothing.
    """
    now = clock.now()
    certificates.refuse_outside(signer.pen(issuer).chain[0], now)
    writer = copy_into_new_writer(PdfFileReader(BytesIO(pdf)))
    attach(writer, attachment.name, attachment.content, attachment.kind, attachment.description)
    roots = [x509.Certificate.load(one) for one in (*signer.anchors(), *stamper.anchors())]
    metadata = signers.PdfSignatureMetadata(
        field_name=FIELD,
        md_algorithm="sha256",
        certify=True,
        docmdp_permissions=MDPPerm.NO_CHANGES,
        subfilter=SigSeedSubFilter.PADES,
        name=issuer.name,
        embed_validation_info=True,
        validation_context=ValidationContext(
            trust_roots=roots, crls=[asn1crl.CertificateList.load(one) for one in lists],
            moment=now, allow_fetching=False, revocation_mode="require",
        ),
        dss_settings=DSSContentSettings(
            include_vri=False, placement=SigDSSPlacementPreference.TOGETHER_WITH_SIGNATURE
        ),
    )  # fmt: skip
    sealer = StillPdfSigner(
        metadata, DepartmentSigner(signer, issuer), timestamper=Stamping(stamper)
    )
    sealer.moment = local(now)
    out = BytesIO()
    try:
        sealer.sign_pdf(writer, output=out, bytes_reserved=_ROOM)
    except (SigningError, PathValidationError) as error:
        raise Unavailable(
            N_(
                "%(name)s 的签名证书已被吊销或不能证明有效，归档版没有制作；请先更换密钥（keys rotate）"
            ),
            name=issuer.name,
        ) from error
    return out.getvalue()
