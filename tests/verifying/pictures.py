"""Pictures that people show to the verifier."""

from io import BytesIO

import segno


def png(picture):
    out = BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


def png_of(text):
    out = BytesIO()
    segno.make(text, micro=False).save(out, kind="png", scale=6)
    return out.getvalue()


def huge_png():
    size = (50_000).to_bytes(4) * 2
    return b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR" + size + b"\x08\0\0\0\0" + b"\0" * 40
