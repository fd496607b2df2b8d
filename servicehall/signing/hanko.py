"""Hanko (pyHanko 接口): what pyHanko must know of the hall: its signers, its clock, its attachments."""

from datetime import datetime
from typing import Any

from asn1crypto import tsp, x509
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from pyhanko.pdf_utils.embed import EmbeddedFileObject, FileSpec, embed_file
from pyhanko.sign import signers
from pyhanko.sign.timestamps import TimeStamper
from pyhanko_certvalidator.registry import SimpleCertificateStore

from servicehall.signing.signer import Issuer, Signer
from servicehall.signing.stamper import Stamper


class DepartmentSigner(signers.Signer):
    """pyHanko's view of the hall's Signer port: DER signatures by one department's key."""

    def __init__(self, signer: Signer, issuer: Issuer) -> None:
        load = x509.Certificate.load
        self._pen = signer.pen(issuer)
        chain = [load(der) for der in self._pen.chain]
        registry = SimpleCertificateStore.from_certs(chain)  # type: ignore[no-untyped-call]
        super().__init__(signing_cert=chain[0], cert_registry=registry)

    async def async_sign_raw(
        self, data: bytes, digest_algorithm: str, dry_run: bool = False
    ) -> bytes:
        if digest_algorithm != "sha256":
            raise ValueError(f"ES256 signs SHA-256, not {digest_algorithm}")
        if dry_run:
            return bytes(72)
        raw = self._pen.sign(data)
        return encode_dss_signature(int.from_bytes(raw[:32]), int.from_bytes(raw[32:]))


class StillPdfSigner(signers.PdfSigner):
    """Dates signatures by the hall's clock instead of the computer's."""

    moment: datetime

    def init_signing_session(self, *given: Any, **named: Any) -> Any:
        session = super().init_signing_session(*given, **named)
        session.system_time = self.moment
        return session


class Stamping(TimeStamper):
    """pyHanko's view of the hall's Stamper port."""

    def __init__(self, stamper: Stamper) -> None:
        super().__init__(include_nonce=False)  # type: ignore[no-untyped-call]
        self._stamper = stamper

    async def async_request_tsa_response(self, req: tsp.TimeStampReq) -> tsp.TimeStampResp:
        digest = req["message_imprint"]["hashed_message"].native
        token = tsp.ContentInfo.load(self._stamper.stamp(digest))
        return tsp.TimeStampResp({"status": {"status": "granted"}, "time_stamp_token": token})


def attach(writer: Any, name: str, content: bytes, kind: str, description: str) -> None:
    """A file that travels inside the PDF; *kind* is its media type."""
    file = EmbeddedFileObject.from_file_data(writer, content, mime_type=kind)
    spec = FileSpec(
        file_spec_string=name, file_name=name, embedded_data=file, description=description
    )
    embed_file(writer, spec)
