"""The easel (画架): reportlab's canvas, which keeps drawings that many documents show."""

import re
import zlib
from typing import Any

from reportlab.pdfbase.pdfdoc import PDFObject
from reportlab.pdfgen.canvas import Canvas
from reportlab.pdfgen.pathobject import PDFPathObject

_SHOWN = re.compile(r"/FormXob\.(\S+) Do")
# By names that say all: as many as layouts, colours and pages differ.
_KEPT: dict[str, tuple[bytes, bytes, list[str]]] = {}


class Easel(Canvas):
    """A canvas whose forms are drawn once in the life of a process, whatever document shows them.

    A form's name says all that it depends on; in it are lines, colours and other forms, no text.
    """

    def beginPath(self) -> PDFPathObject:  # noqa: N802 - reportlab's name
        return _Path()

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
        for inner in _KEPT[name][2]:
            self.hasForm(inner)  # which adds it
        within._doc.addForm(name, _Form(*_KEPT[name]))


class _Path(PDFPathObject):
    """A path that writes rectangles at once: a QR code has some hundred, to a thousandth of a point."""

    def rect(self, x: float, y: float, width: float, height: float) -> None:
        within: Any = self
        within._code_append(f"{x:.3f} {y:.3f} {width:.3f} {height:.3f} re")


class _Form(PDFObject):
    """A form as it is written already; reportlab numbers the object, so that each document has one."""

    def __init__(self, head: bytes, rest: bytes, forms: list[str]) -> None:
        self._head, self._rest, self._forms = head, rest, forms

    def format(self, document: Any) -> bytes:
        names = [f"FormXob.{form}" for form in self._forms]
        places = [document.idToObjectNumberAndVersion[name] for name in names]
        shown = " ".join(f"/{name} {n} {v} R" for name, (n, v) in zip(names, places, strict=True))
        return self._head + f"/XObject << {shown} >>".encode() + self._rest


def _written(box: list[float], code: list[str]) -> tuple[bytes, bytes, list[str]]:
    """A form XObject (ISO 32000-1 8.10) of these operators: what stands before the forms that it
    shows and after them, and the names of these."""
    plain = "\n".join(code)
    content = zlib.compress(plain.encode("ascii"))
    sides = " ".join(f"{side:.2f}" for side in box)
    head = f"<< /Type /XObject /Subtype /Form /BBox [{sides}] /Resources << /ProcSet [/PDF] "
    rest = f" >> /Filter /FlateDecode /Length {len(content)} >>\nstream\n".encode()
    return head.encode(), rest + content + b"\nendstream", sorted(set(_SHOWN.findall(plain)))
