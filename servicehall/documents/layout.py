"""Layout (文书版式): heading, number, paragraphs, remedies, department with seal; as many pages as needed."""

from collections.abc import Iterator, Sequence
from functools import partial

from reportlab.lib.pagesizes import A4

from servicehall.documents.kinds import KINDS
from servicehall.documents.models import Document
from servicehall.kernel.clock import local_date
from servicehall.printing import ornament, press
from servicehall.printing.dates import chinese_date
from servicehall.printing.fonts import cleaned, missing
from servicehall.printing.pen import GREY, Pen, measure, wrapped
from servicehall.printing.press import Press, Title
from servicehall.printing.seal import RED, stamp

MARK = "行政审批专用章"
NOTICE = "演示文书：由示范系统制作，仅供演示，不具有法律效力"
PROOF = "本文书有部门电子签章，改动任何一处都会使签章失效"
_SIDE, _TOP, _FOOT, _SIZE, _LEADING = 80.0, 96.0, 84.0, 14.0, 1.8
_SIGNED = 190.0  # what the department's name, the date and the seal take below the text
_LINE = _SIZE * _LEADING
_LACKING = "〓"  # U+3013, what is set where there is no type for a character
_KEPT = 2  # lines at least go with the signature: it never stands on a page without words

Lines = Sequence[str]


def to_pdf(machine: Press, document: Document) -> bytes:
    """The paper as a PDF, not yet signed; the same bytes each time."""
    kind, words = KINDS[document.kind], document.words
    body = [f"{words['addressee']}："]
    body += [f"　　{text}" for text in words["paragraphs"]]
    if words["remedies"]:
        body.append(f"　　{words['remedies']}")
    printable = [_printable(machine, text) for text in body]
    width = A4[0] - 2 * _SIDE
    pages = list(_paged([line for text in printable for line in wrapped(text, _SIZE, width)]))
    title = Title(f"{kind.title} {document.number}", document.issuer_name, document.number)
    draw = [
        partial(_page, document=document, lines=lines, number=n, of=len(pages))
        for n, lines in enumerate(pages, 1)
    ]
    return press.printed(machine, title, draw, colour="#1d1d1f")


def _printable(machine: Press, text: str) -> str:
    """On one line, without what hides or turns text; what the fonts lack is set as 〓, never as
    another character."""
    indent = len(text) - len(text.lstrip("　"))
    clean = cleaned(text)
    lacking = set(missing(machine.fonts, clean))
    return "　" * indent + "".join(_LACKING if c in lacking else c for c in clean)


def _paged(lines: list[str]) -> Iterator[Lines]:
    """Lines page by page: the first has the heading, the last the signature."""
    room = A4[1] - _TOP - _FOOT
    first = int((room - 130) // _LINE)
    later = int(room // _LINE)
    signed = int(_SIGNED // _LINE) + 1
    start, most = 0, first
    while (left := len(lines) - start) > most - signed:
        taken = min(most, left - _KEPT)
        yield lines[start : start + taken]
        start, most = start + taken, later
    yield lines[start:]


def _page(pen: Pen, *, document: Document, lines: Lines, number: int, of: int) -> None:
    ornament.watermark(pen, "演示")
    y = pen.height - _TOP
    if number == 1:
        y = _heading(pen, document, y)
    for line in lines:
        pen.text(_SIDE, y, line, _SIZE)
        y -= _LINE
    if number == of:
        _signature(pen, document, y - _LINE)
    pen.text(_SIDE, 44, PROOF, 7.5, colour=GREY)
    pen.text(pen.width - _SIDE, 44, f"第 {number} 页，共 {of} 页", 7.5, colour=GREY, align=1)
    if pen.demo:
        pen.text(pen.width / 2, 28, NOTICE, 7, colour=GREY, align=0.5)


def _heading(pen: Pen, document: Document, y: float) -> float:
    """Department, title and number over a red rule; where the text begins."""
    middle, width = pen.width / 2, pen.width - 2 * _SIDE
    name, title = document.issuer_name, KINDS[document.kind].title
    size = min(22.0, width / (len(name) * 1.1))
    pen.text(middle, y, name, size, bold=True, align=0.5, spacing=size * 0.08, colour=RED)
    pen.text(middle, y - 40, title, 24, bold=True, align=0.5, spacing=4)
    pen.text(pen.width - _SIDE, y - 68, document.number, 11, colour=GREY, align=1)
    pen.canvas.setStrokeColor(RED)
    pen.canvas.setLineWidth(1.4)
    pen.canvas.line(_SIDE, y - 78, pen.width - _SIDE, y - 78)
    return y - 112


def _signature(pen: Pen, document: Document, y: float) -> None:
    """Department and date at the right, the seal over the date (骑年盖月)."""
    name, right = document.issuer_name, pen.width - _SIDE - 20
    middle = right - max(measure(name, _SIZE), measure("二〇二六年十二月三十一日", _SIZE)) / 2
    note = "示范" if pen.demo else ""
    stamp(pen, middle, y - 22, name, MARK, radius=56, note=note)
    pen.text(middle, y - 12, name, _SIZE, align=0.5)
    pen.text(
        middle, y - 12 - _LINE, chinese_date(local_date(document.written_at)), _SIZE, align=0.5
    )
