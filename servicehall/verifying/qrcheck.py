"""QR check (二维码识读): the texts of the codes in a picture; runs bounded, like the PDF check."""

from io import BytesIO

import zxingcpp
from PIL import Image, UnidentifiedImageError

PIXELS = 40_000_000  # a phone's photograph; beyond it a picture is not opened
_BAD = (UnidentifiedImageError, OSError, ValueError, SyntaxError, MemoryError, Warning,
        Image.DecompressionBombError)  # fmt: skip


def read(content: bytes) -> list[str]:
    """The texts of every QR code in a PNG or JPEG, none where the picture cannot be read."""
    try:
        with Image.open(BytesIO(content), formats=("PNG", "JPEG")) as picture:
            if picture.width * picture.height > PIXELS:
                return []
            grey = picture.convert("L")
    except _BAD:
        return []
    found = zxingcpp.read_barcodes(grey)
    return [code.text for code in found if code.format == zxingcpp.BarcodeFormat.QRCode]
