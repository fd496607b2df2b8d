"""The easel (画架): reportlab's canvas, which keeps drawings that many documents show."""

import zlib
from typing import Any

from reportlab.pdfbase.pdfdoc import PDFObject
from reportlab.pdfgen.canvas import Canvas

_KEPT: dict[str, bytes] = {}  # by names that say all: as many as layouts, colours and pages differ


class Easel(Canvas):
    """A canvas whose forms are drawn once in the life of a process, whatever document shows them.

    A form's name says all that it depends on; in it are lines and colours only, no text, no form.
    """

    def hasForm(self, name: str) -> bool:  # noqa: N802 - reportlab's name
        if not super().hasForm(name) and name in _KEPT:
            self._add(name)
        return bool(super().hasForm(name))

    def endForm(self, **more: Any) -> None:  # noqa: N802 - reportlab's name
        within: Any = self  # the stubs leave out what a subclass may use
        name, *box = within._formData
        _KEPT[name] = _written(box, within._code)
        self._add(name)
        within._restartAccumulators()
        within.pop_state_stack()

    def _add(self, name: str) -> None:
        within: Any = self
        within._doc.addForm(name, _Form(_KEPT[name]))


class _Form(PDFObject):
    """A form as it is written already; reportlab numbers the object, so that each document has one."""

    def __init__(self, written: bytes) -> None:
        self._written = written

    def format(self, document: Any) -> bytes:
        return self._written


def _written(box: list[float], code: list[str]) -> bytes:
    """A form XObject (ISO 32000-1 8.10) of these operators."""
    content = zlib.compress("\n".join(code).encode("ascii"))
    sides = " ".join(f"{side:.2f}" for side in box)
    head = (
        f"<< /Type /XObject /Subtype /Form /BBox [{sides}] /Resources << /ProcSet [/PDF] >>"
        f" /Filter /FlateDecode /Length {len(content)} >>\nstream\n"
    )
    return head.encode() + content + b"\nendstream"
