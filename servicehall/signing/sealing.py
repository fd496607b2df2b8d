"""Sealing (电子签章): a PDF signed by its department (PAdES B-B), with what belongs to it attached."""

import asyncio
import hashlib
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from asn1crypto import x509
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from pyhanko.sign import signers
from pyhanko_certvalidator.registry import SimpleCertificateStore

from servicehall.kernel.clock import local
from servicehall.signing import certificates
from servicehall.signing.signer import Issuer, Pen, Signer
from servicehall.signing.volume import Volume, text_string

FIELD = "DepartmentSignature"
_ROOM = 8192  # hex digits kept for the signature; certificates and signature need about 5,000


class _Model(signers.Signer):
    """pyHanko's view of a department: its certificates, and a signature that is a mark."""

    def __init__(self, chain: tuple[bytes, ...]) -> None:
        held = [x509.Certificate.load(der) for der in chain]
        registry = SimpleCertificateStore.from_certs(held)  # type: ignore[no-untyped-call]
        super().__init__(signing_cert=held[0], cert_registry=registry)

    async def async_sign_raw(
        self, data: bytes, digest_algorithm: str, dry_run: bool = False
    ) -> bytes:
        return _MARK[:72]


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
    """*pdf*, as our press made it, with its *attachment* and a certification signature over all.

    One revision, one signature, no change permitted afterwards (DocMDP P=1, ISO 32000-1 12.8.2.2).
    Raises Unavailable outside the dates of the department's certificate, ValueError for a PDF that
    the press did not make.
    """
    pen = signer.pen(issuer)
    certificates.refuse_outside(pen.chain[0], now)
    volume = Volume(pdf)
    page = volume.first_page()
    entries = {b"Extensions": _EXTENSIONS}
    if attachment:
        file = volume.add(_specified(attachment, volume.add(_embedded(attachment))))
        name = text_string(attachment.name)
        entries[b"Names"] = b"<< /EmbeddedFiles << /Names [%b %d 0 R] >> >>" % (name, file)
    signature = volume.add(_signature(issuer, now))
    field = volume.add(_WIDGET % (text_string(FIELD), page, signature))
    entries[b"AcroForm"] = b"<< /Fields [%d 0 R] /SigFlags 3 >>" % field
    entries[b"Perms"] = b"<< /DocMDP %d 0 R >>" % signature
    volume.extend(volume.root, entries)
    volume.extend(page, {b"Annots": b"[%d 0 R]" % field})
    return _signed(volume.bound(), pen)


# What a signature of ETSI.CAdES.detached on P-256 is beyond PDF 1.7 (ETSI EN 319 142-1 5.5,
# ISO/TS 32002).
_EXTENSIONS = (
    b"<< /ESIC << /Type /DeveloperExtensions /BaseVersion /1.7 /ExtensionLevel 1 >>"
    b" /ISO_ [<< /Type /DeveloperExtensions /BaseVersion /2.0 /ExtensionLevel 32002"
    b" /ExtensionRevision (:2022) >>] >>"
)
_WIDGET = (  # a field without a place on the page: hidden nothing, printed nothing (F: 132)
    b"<< /Type /Annot /Subtype /Widget /FT /Sig /T %b /F 132 /Rect [0 0 0 0] /P %d 0 R /V %d 0 R >>"
)
_RANGE = b"[0 0000000000 0000000000 0000000000]"
_EMPTY = b"<" + b"0" * _ROOM + b">"


def _signature(issuer: Issuer, now: datetime) -> bytes:
    """The signature dictionary (ISO 32000-1 12.8.1), its range and content still empty."""
    at = local(now).strftime("D:%Y%m%d%H%M%S%z")
    return (
        b"<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /ETSI.CAdES.detached"
        b" /M (%b'%b') /Name %b\n/Reference [<< /Type /SigRef /TransformMethod /DocMDP"
        b" /TransformParams << /Type /TransformParams /V /1.2 /P 1 >> >>]\n"
        b"/ByteRange %b\n/Contents %b >>"
        % (at[:-2].encode(), at[-2:].encode(), text_string(issuer.name), _RANGE, _EMPTY)
    )


def _embedded(attachment: Attachment) -> bytes:
    """The file itself (7.11.4): not compressed, for base64 hardly gets smaller."""
    content = attachment.content
    return (
        b"<< /Type /EmbeddedFile /Subtype /%b /Length %d /Params << /Size %d /CheckSum <%b> >> >>\n"
        b"stream\n%b\nendstream"
    ) % (
        attachment.kind.replace("/", "#2F").encode(), len(content), len(content),
        hashlib.md5(content, usedforsecurity=False).hexdigest().encode(), content,
    )  # fmt: skip


def _specified(attachment: Attachment, file: int) -> bytes:
    name, said = text_string(attachment.name), text_string(attachment.description)
    form = b"<< /Type /Filespec /F %b /UF %b /Desc %b /EF << /F %d 0 R /UF %d 0 R >> >>"
    return form % (name, name, said, file, file)


def _signed(pdf: bytes, pen: Pen) -> bytes:
    """*pdf* with its range and its signature filled in: over every byte but the signature's own."""
    start = pdf.rindex(b"/Contents " + _EMPTY) + len(b"/Contents ")
    end = start + len(_EMPTY)
    covers = b"[0 %010d %010d %010d]" % (start, end, len(pdf) - end)
    place = pdf.rindex(_RANGE, 0, start)
    before, after = pdf[:place] + covers + pdf[place + len(covers) : start], pdf[end:]
    whole = hashlib.sha256(before)
    whole.update(after)
    content = _cms(pen, whole.digest()).hex().upper().encode()
    if len(content) > _ROOM:
        raise ValueError(f"{len(content)} digits of signature and certificates are too many")
    return b"%b<%b>%b" % (before, content.ljust(_ROOM, b"0"), after)


def _cms(pen: Pen, digest: bytes) -> bytes:
    """The detached CMS signature over *digest* (PAdES B-B, ETSI EN 319 142-1)."""
    attributes = _attributes(pen.chain).replace(_DIGEST, digest)
    raw = pen.sign(attributes)
    value = encode_dss_signature(int.from_bytes(raw[:32]), int.from_bytes(raw[32:]))
    form = _form(pen.chain, len(value))
    return form.replace(_DIGEST, digest).replace(_MARK[: len(value)], value)


# All that signatures under one certificate have in common is written once, by pyHanko; the digest
# and the signature take the place of marks that are as long as they are and occur nowhere else.
_DIGEST = hashlib.sha256(b"the digest of a document").digest()
_MARK = hashlib.sha512(b"a signature").digest() + hashlib.sha256(b"in DER form").digest()


@lru_cache(maxsize=64)
def _attributes(chain: tuple[bytes, ...]) -> bytes:
    """The attributes that are signed (DER), with the mark of the digest."""
    (info,) = _model(chain)["content"]["signer_infos"]
    return bytes(info["signed_attrs"].untag().dump())


@lru_cache(maxsize=256)
def _form(chain: tuple[bytes, ...], size: int) -> bytes:
    """The whole (DER), with the marks of the digest and of a signature of *size* bytes."""
    model = _model(chain)
    (info,) = model["content"]["signer_infos"]
    info["signature"] = _MARK[:size]
    form = bytes(model.dump())  # written anew, certificates would take ten times as long
    if form.count(_DIGEST) != 1 or form.count(_MARK[:size]) != 1:
        raise ValueError("the marks of digest and signature are not where they belong")
    return form


def _model(chain: tuple[bytes, ...]) -> Any:
    """The CMS as pyHanko writes it over the mark of a digest."""
    return asyncio.run(_Model(chain).async_sign(_DIGEST, "sha256", use_pades=True))
