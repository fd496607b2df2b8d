"""Rendering (版式制作): the PDF face of a record, drawn; not yet signed."""

from collections.abc import Callable, Sequence
from functools import lru_cache, partial
from typing import Protocol

from reportlab.lib.pagesizes import A4, landscape

from servicehall.kernel.errors import Invalid
from servicehall.kernel.words import N_
from servicehall.licenses.faces import card, certificate, form, letter, placing, typesetting
from servicehall.licenses.faces.sheet import Row, Words, boxed, outline, rows, words
from servicehall.licenses.faces.typesetting import shortened
from servicehall.licenses.record import Record
from servicehall.licenses.schema import STATEMENT, Box, Template
from servicehall.printing import fonts, press
from servicehall.printing.pen import Pen
from servicehall.printing.press import Press, Title
from servicehall.signing.sealing import Attachment


class Layout(Protocol):
    """A way to arrange a page (版式)."""

    def draw(self, pen: Pen, record: Record, address: str, all_rows: list[Row]) -> None:
        """Draw the page, the rows in the largest type that fits."""

    def fits(self, said: Words, page: tuple[float, float], all_rows: Sequence[Row]) -> bool:
        """Whether everything stands on the page in a type that can be read."""


_LAYOUTS: dict[str, Layout] = {
    "certificate": certificate, "letter": letter, "card": card, "form": form,
}  # fmt: skip


def attached(jws: str) -> Attachment:
    """The signed record as it travels inside its face."""
    return Attachment("license.json", jws.encode(), "application/jose", "电子证照签名记录")


def to_pdf(machine: Press, record: Record, *, over: Callable[[Pen], None] | None = None) -> bytes:
    """The face of *record*: one page, fonts embedded as subsets, the same bytes each time; what is
    to be written *over* it last. Raises Invalid for a character that the font lacks."""
    _refuse_lacking(machine, record)
    title = Title(f"{record.type.name} {record.number}", record.issuer.name, record.identifier)
    return press.printed(
        machine, title, [lambda pen: page(pen, record, machine.address, over)],
        colour=record.template.colour, size=size(record.template),
    )  # fmt: skip


def page(pen: Pen, record: Record, address: str, over: Callable[[Pen], None] | None = None) -> None:
    """Draw the one page of *record*, whatever *pen* writes on."""
    _LAYOUTS[record.template.layout].draw(pen, record, address, rows(record))
    if over:
        over(pen)


def size(template: Template) -> tuple[float, float]:
    """The page of *template* in points."""
    return landscape(A4) if template.page == "a4-landscape" else A4


def refuse_unprintable(machine: Press, records: Sequence[Record]) -> None:
    """Before anything is signed: Invalid that names the field and the characters that the font
    lacks (they would be printed as boxes, or as others), or the field and how long it may be."""
    if not fonts.show(machine.fonts, "".join(_texts(records))):
        for record in records:
            _refuse_lacking(machine, record)
    for record in records:
        _refuse_overfull(record)


def _texts(records: Sequence[Record]) -> set[str]:
    """All that is written on the faces, each text once: the licenses of a batch have most in common."""
    said = {(one.type.name, one.issuer.name, one.statement) for one in records}
    faces = {text for one in records for face in one.faces for text in (face.name, face.value)}
    return faces.union({one.holder.name for one in records}, *said)


def _refuse_lacking(machine: Press, record: Record) -> None:
    told = [
        (N_("持证主体"), record.holder.name, "name"), (N_("证照说明"), record.statement, "statement"),
        (record.type.name, record.type.name, "type"),
        (record.issuer.name, record.issuer.name, "issuer"),
    ]  # fmt: skip
    told += [(face.name, face.name + face.value, face.code) for face in record.faces]
    for name, text, field in told:
        if lacking := fonts.missing(machine.fonts, text):
            raise Invalid(
                N_("“%(name)s”里有字库没有的字，不能制证：%(characters)s"),
                name=name, characters=lacking, field=field,
            )  # fmt: skip


def _refuse_overfull(record: Record) -> None:
    """In boxes each row is weighed by itself; else the longest gives way to all the others."""
    template = record.template
    boxes = {box.code: box for box in template.fields}
    if not boxes:
        _refuse_long_page(record, template)
        return
    all_rows = rows(record)
    for row in boxed(record, all_rows) if STATEMENT in boxes else all_rows:
        if (box := boxes.get(row.code)) is None:
            raise Invalid(N_("照面上没有“%(name)s”的位置"), name=row.label, field=row.code)
        if not placing.holds(box, row):
            raise _too_long(row, partial(_box_holds, box, row))


def _box_holds(box: Box, row: Row, text: str) -> bool:
    return placing.holds(box, row._replace(value=text))


def _refuse_long_page(record: Record, template: Template) -> None:
    layout, page, holder = template.layout, size(template), shortened(record.holder.name)
    if _holds(layout, page, Words(record.type.name, record.statement, holder), outline(record)):
        return
    all_rows, said = rows(record), words(record)
    fits = partial(_LAYOUTS[layout].fits, said, page)
    longest = max(all_rows, key=lambda row: len(row.value))
    place = all_rows.index(longest)

    def holds(text: str) -> bool:
        return fits([*all_rows[:place], longest._replace(value=text), *all_rows[place + 1 :]])

    raise _too_long(longest, holds)


@lru_cache(maxsize=1000)
def _holds(
    layout: str, page: tuple[float, float], said: Words, told: tuple[tuple[str, str], ...]
) -> bool:
    """Asked once for all the licenses of a type whose values are short."""
    return _LAYOUTS[layout].fits(said, page, [Row(*one) for one in told])


def _too_long(row: Row, holds: Callable[[str], bool]) -> Invalid:
    most = typesetting.most(row.value, holds)
    if most < 1:
        return Invalid(
            N_("照面内容太长，一页放不下，请缩短“%(name)s”等内容"), name=row.label, field=row.code
        )
    return Invalid(
        N_("“%(name)s”太长，照面上放不下，最多写 %(most)s 个字"), name=row.label, most=most,
        field=row.code,
    )  # fmt: skip
