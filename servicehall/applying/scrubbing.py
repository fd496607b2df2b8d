"""Scrubbing (文件净化): what may be kept of a file that somebody sends, and in what form."""

import re
import zlib
from io import BytesIO

from PIL import Image, ImageOps

from servicehall.kernel.errors import Invalid
from servicehall.kernel.words import N_

MOST_BYTES = 10 * 1024 * 1024
MOST_PIXELS = 40_000_000
_TOO_LARGE = (Image.DecompressionBombError, Image.DecompressionBombWarning)
_MAGIC = {b"%PDF-": "application/pdf", b"\xff\xd8\xff": "image/jpeg", b"\x89PNG\r\n": "image/png"}
_INFLATED = 32 * 1024 * 1024


def _name(word: str) -> str:
    """A pattern for the PDF name *word*, each letter plain or as ``#xx``."""
    return "/" + "".join(f"(?:{c}|#(?i:{ord(c):x}))" for c in word)


_FORBIDDEN = ("JavaScript", "Rendition", "Launch", "EmbeddedFile", "RichMedia", "XFA")
_PDF_ACTIVE = re.compile("|".join(map(_name, _FORBIDDEN)).encode())
_PDF_OBJECTS = re.compile(_name("ObjStm").encode())


def cleaned(content: bytes, label: str) -> tuple[str, bytes]:
    """The kind of *content* and what to keep of it: PDF as it is, JPEG and PNG drawn anew.

    Raises Invalid, with *label* for the name of the material, for anything else, for more than
    MOST_BYTES or MOST_PIXELS, and for a PDF with active content.
    """
    if not content:
        raise Invalid(N_("%(label)s：文件是空的，请重新选择"), field="file", label=label)
    if len(content) > MOST_BYTES:
        raise Invalid(N_("%(label)s：文件超过 10 MB，请压缩后再上传"), field="file", label=label)
    kind = next((k for magic, k in _MAGIC.items() if content.startswith(magic)), "")
    if kind == "application/pdf":
        if b"%%EOF" not in content[-2048:] or _is_active(content):
            raise Invalid(
                N_("%(label)s：这个 PDF 不完整或带有脚本、附件，请另存为普通 PDF 后再上传"),
                field="file", label=label,
            )  # fmt: skip
        return kind, content
    if kind:
        return kind, _redrawn(content, kind, label)
    raise Invalid(N_("%(label)s：只能上传 PDF、JPG 或 PNG 文件"), field="file", label=label)


def _is_active(pdf: bytes) -> bool:
    """Whether *pdf* can run something or carries files, also in packed objects that open.

    Packed objects that do not open, or not within bounds, count as active.
    """
    if _PDF_ACTIVE.search(pdf):
        return True
    at, left = 0, _INFLATED
    while found := _PDF_OBJECTS.search(pdf, at):
        start = pdf.find(b"stream", found.end())
        if start < 0:
            return False
        at = pdf.find(b"endstream", start + 6)
        plain = _inflated(pdf[start + 6 : at].lstrip(b"\r\n"), left) if at > 0 else None
        if plain is None or _PDF_ACTIVE.search(plain):
            return True
        left -= len(plain)
    return False


def _inflated(packed: bytes, most: int) -> bytes | None:
    opened = zlib.decompressobj()
    try:
        plain = opened.decompress(packed, max(most, 1))
    except zlib.error:
        return None
    return None if opened.unconsumed_tail else plain


def _redrawn(content: bytes, kind: str, label: str) -> bytes:
    try:
        with Image.open(BytesIO(content), formats=("JPEG", "PNG")) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise ValueError("too many pixels")
            drawn, kept = _on_white(ImageOps.exif_transpose(picture)), BytesIO()
            drawn.info.clear()  # comments and positions
            drawn.save(kept, "JPEG" if kind == "image/jpeg" else "PNG", quality=88)
    except (OSError, ValueError, SyntaxError, *_TOO_LARGE):
        raise Invalid(
            N_("%(label)s：图片打不开或尺寸过大，请重新拍照或扫描"), field="file", label=label
        ) from None
    return kept.getvalue()


def _on_white(picture: Image.Image) -> Image.Image:
    """*picture* without transparency: a signature on nothing stays readable."""
    if not picture.has_transparency_data:
        return picture.convert("RGB")
    layer = picture.convert("RGBA")
    paper = Image.new("RGBA", layer.size, "white")
    return Image.alpha_composite(paper, layer).convert("RGB")
