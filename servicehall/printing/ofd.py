"""OFD documents (版式文件, GB/T 33190): one page, two embedded fonts, metadata, attachments, no seal."""

import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape

from fontTools import subset
from fontTools.ttLib import TTFont

from servicehall.kernel.clock import local
from servicehall.printing import fonts
from servicehall.printing.ofdcanvas import OfdCanvas
from servicehall.printing.ofdxml import FONTS, short, written
from servicehall.printing.pen import MM, Pen, Stamp
from servicehall.printing.press import PRESSING, Press, Title

NAMESPACE = 'xmlns:ofd="http://www.ofdspec.org/2016"'
KIND = "application/ofd"
PAGE = 1  # the identifier of the one page
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'


@dataclass(frozen=True, slots=True)
class Sheet:
    """A document before it is sealed: its files, the stamps its drawing asked for, its next number."""

    files: Mapping[str, bytes]
    stamps: Sequence[Stamp]
    following: int


def sheet(
    press: Press, title: Title, draw: Callable[[Pen], None], *, colour: str,
    size: tuple[float, float], made: datetime, data: Mapping[str, str] | None = None,
    attached: Mapping[str, bytes] | None = None, signed: bool = True,
) -> Sheet:  # fmt: skip
    """The files of a document of one page that *draw* draws, *size* points large.

    *data* are its CustomDatas, *attached* its attachments. A *signed* one announces the seal that
    is put on it; the stamps in the drawing are left to that seal.
    """
    canvas, stamps = OfdCanvas(press.fonts), list[Stamp]()
    with PRESSING:
        fonts.load(press.fonts)
        draw(Pen(canvas, colour, size, demo=press.demo, stamps=stamps if signed else None))
    content, following = written(canvas.objects, size, 10)
    files = {
        "OFD.xml": _entry(title, made, data or {}, signed=signed),
        "Doc_0/Document.xml": _document(size, following, bool(attached)),
        "Doc_0/PublicRes.xml": _resources(canvas.used),
        "Doc_0/Pages/Page_0/Content.xml": _page(size, content),
        **{
            f"Doc_0/Res/{name}.ttf": _subset(press, name, used)
            for name, used in canvas.used.items()
        },
    }
    if attached:
        files["Doc_0/Attachs/Attachments.xml"] = _attachments(attached, made)
        files |= {f"Doc_0/Attachs/{name}": content for name, content in attached.items()}
    return Sheet(files, stamps, following)


def packed(files: Mapping[str, bytes]) -> bytes:
    """The files as one ZIP package, the same bytes each time; OFD.xml first."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            package.writestr(entry, content)
    return out.getvalue()


def xml(body: str) -> bytes:
    """A whole XML file of *body*."""
    return (_HEAD + body).encode()


def _entry(title: Title, made: datetime, data: Mapping[str, str], *, signed: bool) -> bytes:
    """OFD.xml: what the document says of itself (7.4)."""
    told = "".join(
        f'<ofd:CustomData Name="{name}">{escape(value)}</ofd:CustomData>'
        for name, value in data.items()
    )
    custom = f"<ofd:CustomDatas>{told}</ofd:CustomDatas>" if told else ""
    seals = "<ofd:Signatures>/Doc_0/Signs/Signatures.xml</ofd:Signatures>" if signed else ""
    return xml(
        f'<ofd:OFD {NAMESPACE} DocType="OFD" Version="1.1"><ofd:DocBody><ofd:DocInfo>'
        f"<ofd:DocID>{escape(title.subject)}</ofd:DocID><ofd:Title>{escape(title.name)}</ofd:Title>"
        f"<ofd:Author>{escape(title.author)}</ofd:Author>"
        f"<ofd:CreationDate>{local(made).date().isoformat()}</ofd:CreationDate>"
        f"<ofd:Creator>servicehall</ofd:Creator>{custom}</ofd:DocInfo>"
        f"<ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot>{seals}</ofd:DocBody></ofd:OFD>"
    )


def _document(size: tuple[float, float], most: int, attached: bool) -> bytes:
    more = "<ofd:Attachments>Attachs/Attachments.xml</ofd:Attachments>" if attached else ""
    return xml(
        f"<ofd:Document {NAMESPACE}><ofd:CommonData><ofd:MaxUnitID>{most + 9}</ofd:MaxUnitID>"
        f"<ofd:PageArea>{_box(size)}</ofd:PageArea><ofd:PublicRes>PublicRes.xml</ofd:PublicRes>"
        f'</ofd:CommonData><ofd:Pages><ofd:Page ID="{PAGE}" BaseLoc="Pages/Page_0/Content.xml"/>'
        f"</ofd:Pages>{more}</ofd:Document>"
    )


def _resources(used: Mapping[str, set[str]]) -> bytes:
    told = "".join(
        f'<ofd:Font ID="{FONTS[name]}" FontName="{name}" FamilyName="{name}" Charset="unicode">'
        f"<ofd:FontFile>{name}.ttf</ofd:FontFile></ofd:Font>"
        for name in used
    )
    return xml(f'<ofd:Res {NAMESPACE} BaseLoc="Res"><ofd:Fonts>{told}</ofd:Fonts></ofd:Res>')


def _page(size: tuple[float, float], content: str) -> bytes:
    return xml(
        f"<ofd:Page {NAMESPACE}><ofd:Area>{_box(size)}</ofd:Area><ofd:Content>"
        f'<ofd:Layer ID="4" Type="Body">{content}</ofd:Layer></ofd:Content></ofd:Page>'
    )


def _attachments(attached: Mapping[str, bytes], made: datetime) -> bytes:
    told = "".join(
        f'<ofd:Attachment ID="{number}" Name="{name}" Format="{name.rpartition(".")[2]}"'
        f' CreationDate="{local(made).date().isoformat()}" Size="{len(content) / 1024:.1f}"'
        f' Visible="true"><ofd:FileLoc>{name}</ofd:FileLoc></ofd:Attachment>'
        for number, (name, content) in enumerate(attached.items(), 1)
    )
    return xml(f"<ofd:Attachments {NAMESPACE}>{told}</ofd:Attachments>")


def _box(size: tuple[float, float]) -> str:
    return f"<ofd:PhysicalBox>0 0 {short(size[0] * MM)} {short(size[1] * MM)}</ofd:PhysicalBox>"


def _subset(press: Press, name: str, used: set[str]) -> bytes:
    """The font with the glyphs of *used* alone; its dates stay, so that it is the same each time."""
    options = subset.Options(recalc_timestamp=False, notdef_outline=True, layout_features=[])
    with TTFont(press.fonts / f"{name}.ttf", recalcTimestamp=False, lazy=True) as font:
        cutter = subset.Subsetter(options)
        cutter.populate(text="".join(sorted(used)))
        cutter.subset(font)
        out = io.BytesIO()
        font.save(out)
    return out.getvalue()
