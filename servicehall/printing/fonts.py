"""Fonts (字体): the hall's two embedded typefaces, and which texts they can show."""

import re
import unicodedata
from functools import cache
from pathlib import Path
from typing import Any

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

REGULAR, BOLD = "HallSerif-Regular", "HallSerif-SemiBold"
_ASTRAL = re.compile(r"<([0-9A-F]{5,6})>")
_HIDDEN = {"Cc", "Cf", "Cs", "Zl", "Zp"}  # controls, bidi marks, zero widths, line separators


class HallFont(TTFont):
    """A TrueType font whose text can be copied out of the PDF right, beyond the BMP too.

    reportlab writes code points above U+FFFF as five digits; ToUnicode wants UTF-16 (ISO 32000-1
    9.10.3), or a name such as 𬱖 is read back as another one.
    """

    def __init__(self, name: str, path: str) -> None:
        super().__init__(name, path)
        self.face.get_table = cache(self.face.get_table)  # type: ignore[method-assign]  # else copied each time

    def addObjects(self, doc: Any) -> None:  # noqa: N802 - reportlab's name
        super().addObjects(doc)
        for name, made in doc.idToObject.items():
            if name.startswith("toUnicodeCMap:"):
                made.content = _ASTRAL.sub(_utf16, made.content)


def _utf16(found: re.Match[str]) -> str:
    return f"<{chr(int(found[1], 16)).encode('utf-16-be').hex().upper()}>"


@cache
def load(folder: Path) -> frozenset[str]:
    """Make the fonts in *folder* known to reportlab, once; the characters that both can show."""
    shown = []
    for name in (REGULAR, BOLD):
        font = HallFont(name, str(folder / f"{name}.ttf"))
        pdfmetrics.registerFont(font)
        shown.append(frozenset(map(chr, font.face.charToGlyph)))
    return shown[0] & shown[1]


def show(folder: Path, text: str) -> bool:
    """Whether the fonts have every character of *text*."""
    return load(folder).issuperset(text)


def missing(folder: Path, text: str) -> str:
    """The characters of *text* that the fonts do not have: they must never be printed as others."""
    return "".join(sorted(set(text) - load(folder)))


def cleaned(text: str) -> str:
    """*text* in NFC, without control, bidi and zero-width characters, on one line."""
    plain = " " not in text or not ("  " in text or " " in (text[0], text[-1]))
    if plain and text.isprintable() and unicodedata.is_normalized("NFC", text):
        return text  # as nearly all are: asked of C, not of each character
    kept = (" " if c.isspace() else c for c in unicodedata.normalize("NFC", text))
    visible = (c for c in kept if unicodedata.category(c) not in _HIDDEN)
    return " ".join("".join(visible).split())
