"""Rendering (版式制作): the PDF face of a record, drawn; not yet signed."""

from reportlab.lib.pagesizes import A4, landscape

from servicehall.licenses.faces import card, certificate, letter
from servicehall.licenses.record import Record
from servicehall.printing import press
from servicehall.printing.press import Press, Title
from servicehall.signing.sealing import Attachment

_LAYOUTS = {"certificate": certificate.draw, "letter": letter.draw, "card": card.draw}


def attached(jws: str) -> Attachment:
    """The signed record as it travels inside its face."""
    return Attachment("license.json", jws.encode(), "application/jose", "电子证照签名记录")


def to_pdf(machine: Press, record: Record) -> bytes:
    """The face of *record*: one page, fonts embedded as subsets, the same bytes each time."""
    size = landscape(A4) if record.template.page == "a4-landscape" else A4
    title = Title(f"{record.type.name} {record.number}", record.issuer.name, record.identifier)
    draw = _LAYOUTS[record.template.layout]
    return press.printed(
        machine, title, [lambda pen: draw(pen, record, machine.address)],
        colour=record.template.colour, size=size,
    )  # fmt: skip
