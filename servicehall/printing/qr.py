"""QR codes (二维码) for the screen: SVG text that a page shows in place."""

from io import BytesIO

import segno


def svg(text: str, *, error: str = "m", scale: int = 4) -> str:
    """*text* as a QR code with its quiet zone; *error* is the least level of correction."""
    drawn = BytesIO()
    segno.make(text, error=error, micro=False).save(
        drawn, kind="svg", scale=scale, border=4, xmldecl=False, svgns=True, omitsize=True
    )
    return drawn.getvalue().decode()
