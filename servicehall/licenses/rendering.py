"""Rendering (版式制作): the PDF face of a record, drawn; not yet signed."""

from collections.abc import Callable

from reportlab.lib.pagesizes import A4, landscape

from servicehall.licenses.faces import card, certificate, letter
from servicehall.licenses.record import Record
from servicehall.printing import press
from servicehall.printing.pen import Pen
from servicehall.printing.press import Press, Title
from servicehall.signing.sealing import Attachment

_LAYOUTS = {"certificate": certificate.draw, "letter": letter.draw, "card": card.draw}


def attached(jws: str) -> Attachment:
    """The signed record as it travels inside its face."""
    return Attachment("license.json", jws.encode(), "application/jose", "电子证照签名记录")


def to_pdf(machine: Press, record: Record, *, over: Callable[[Pen], None] | None = None) -> bytes:
    """The face of *record*: one page, fonts embedded as subsets, the same bytes each time; what is
    to be written *over* it last."""
    title = Title(f"{record.type.name} {record.number}", record.issuer.name, record.identifier)
    return press.printed(
        machine, title, [lambda pen: page(pen, record, machine.address, over)],
        colour=record.template.colour, size=size(record),
    )  # fmt: skip


def page(pen: Pen, record: Record, address: str, over: Callable[[Pen], None] | None = None) -> None:
    """Draw the one page of *record*, whatever *pen* writes on."""
    _LAYOUTS[record.template.layout](pen, record, address)
    if over:
        over(pen)


def size(record: Record) -> tuple[float, float]:
    """The page of *record* in points."""
    return landscape(A4) if record.template.page == "a4-landscape" else A4
