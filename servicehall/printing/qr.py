"""QR codes (二维码): SVG text for the screen, runs of dark modules for paper."""

import re
from io import BytesIO
from math import isqrt
from typing import Any

import segno
import zxingcpp

_DARK = re.compile(rb"\0+")


def svg(text: str, *, error: str = "m", scale: int = 4) -> str:
    """*text* as a QR code with its quiet zone; *error* is the least level of correction."""
    drawn = BytesIO()
    segno.make(text, error=error, micro=False).save(
        drawn, kind="svg", scale=scale, border=4, xmldecl=False, svgns=True, omitsize=True
    )
    return drawn.getvalue().decode()


def modules(text: str) -> list[list[tuple[int, int]]]:
    """*text* as a QR code of level M, row by row from the top: from where to where it is dark.

    Made by zxing-cpp: weighing the masks takes segno forty times as long, and a face has one code.
    """
    made = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level="M")
    shown: Any = made.to_image(add_quiet_zones=False)  # a buffer, though its stub does not say so
    picture = memoryview(shown)
    content, width = picture.tobytes(), isqrt(picture.nbytes)
    lines = [content[row * width : (row + 1) * width] for row in range(width)]
    return [[found.span() for found in _DARK.finditer(line)] for line in lines]
