"""Scrubbing: hostile and clumsy files; pictures lose what is not seen, PDFs may not act."""

import zlib
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, PngImagePlugin

from servicehall.applying import scrubbing
from servicehall.kernel.errors import Invalid
from tests.journeys.stage import PDF

HEAD, TAIL = b"%PDF-1.7\n", b"\ntrailer<</Root 1 0 R>>\n%%EOF\n"
SCRIPT = b"<</S/JavaScript/JS(app.alert(1))>>"


def picture(
    kind: str, mode: str = "RGB", size: tuple[int, int] = (40, 20), **more: object
) -> bytes:
    kept = BytesIO()
    Image.new(mode, size, "white" if mode == "RGB" else 0).save(kept, kind, **more)  # type: ignore[arg-type]
    return kept.getvalue()


def objects(body: bytes, extra: bytes = b"/Filter/FlateDecode") -> bytes:
    return HEAD + b"1 0 obj<</Type/ObjStm" + extra + b">>stream\n" + body + b"\nendstream" + TAIL


FAULTY = {
    "empty": (b"", "空的"),
    "too large": (b"%PDF-" + b"0" * scrubbing.MOST_BYTES, "10 MB"),
    "text": (b"hello", "只能上传"),
    "html": (b"<!doctype html><script>alert(1)</script>", "只能上传"),
    "svg": (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "只能上传"),
    "gif": (b"GIF89a" + b"\0" * 40, "只能上传"),
    "zip": (b"PK\x03\x04" + b"\0" * 40, "只能上传"),
    "program": (b"MZ" + b"\0" * 100, "只能上传"),
    "cut PDF": (HEAD + b"1 0 obj", "不完整"),
    "script": (HEAD + SCRIPT + TAIL, "脚本"),
    "escaped script": (HEAD + b"<</S/J#61va#53cript/JS(x)>>" + TAIL, "脚本"),
    "launch": (HEAD + b"<</S/Launch/F(cmd.exe)>>" + TAIL, "脚本"),
    "attachment": (HEAD + b"<</Names<</EmbeddedFiles 3 0 R>>>>" + TAIL, "附件"),
    "XFA form": (HEAD + b"<</AcroForm<</XFA 4 0 R>>>>" + TAIL, "脚本"),
    "packed script": (objects(zlib.compress(SCRIPT)), "脚本"),
    "packed, unknown": (objects(b"~>", b"/Filter/ASCII85Decode"), "脚本"),
    "packed bomb": (objects(zlib.compress(b"\0" * 40_000_000)), "脚本"),
    "half a JPEG": (picture("JPEG")[:200], "打不开"),
    "half a PNG": (picture("PNG")[:40], "打不开"),
    "huge PNG": (picture("PNG", "1", (7000, 6000)), "尺寸过大"),
    "bomb PNG": (picture("PNG", "1", (20000, 20000)), "尺寸过大"),
}  # fmt: skip


@pytest.mark.parametrize("name", FAULTY)
def test_a_faulty_file_is_refused_with_its_fault(name: str) -> None:
    content, words = FAULTY[name]
    with pytest.raises(Invalid, match=words) as refused:
        scrubbing.cleaned(content, "体检报告")
    assert refused.value.field == "file"
    assert "体检报告" in str(refused.value)


def test_ordinary_pdfs_are_kept_byte_for_byte() -> None:
    scanned = bytes(range(256)) * 4000 + b"/JS"  # by chance, in a picture
    office = HEAD + b"1 0 obj<</Type/Catalog/OpenAction[2 0 R/XYZ null null 0]>>endobj"
    for pdf in (PDF, office + b"stream\n" + scanned + b"\nendstream" + TAIL,
                objects(zlib.compress(b"1 0 <</Type/Page>>"))):  # fmt: skip
        assert scrubbing.cleaned(pdf, "材料") == ("application/pdf", pdf)


def test_a_picture_loses_what_is_not_seen() -> None:
    exif = Image.Exif()
    exif[0x010E] = "家住示范路 1 号"  # description
    exif.get_ifd(0x8825)[1] = "N"  # GPS
    sent = picture("JPEG", exif=exif, comment=b"secret words")
    kind, kept = scrubbing.cleaned(sent + b"PK\x03\x04<script>", "照片")
    assert kind == "image/jpeg"
    with Image.open(BytesIO(kept)) as shown:
        assert (len(shown.getexif()), shown.size) == (0, (40, 20))
    assert not any(word in kept for word in (b"secret", b"Exif", b"script", b"PK\x03\x04"))


def test_a_png_loses_its_texts() -> None:
    text = PngImagePlugin.PngInfo()
    text.add_text("Author", "secret words", zip=False)
    kind, kept = scrubbing.cleaned(picture("PNG", pnginfo=text) + b"<?php evil()", "照片")
    assert kind == "image/png"
    assert not any(word in kept for word in (b"secret", b"php"))


def test_a_photo_taken_upright_stays_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by the camera
    _, kept = scrubbing.cleaned(picture("JPEG", exif=exif), "照片")
    with Image.open(BytesIO(kept)) as shown:
        assert shown.size == (20, 40)


def test_nothing_behind_a_signature_is_white() -> None:
    _, kept = scrubbing.cleaned(picture("PNG", "RGBA"), "签名")
    with Image.open(BytesIO(kept)) as shown:
        assert shown.getpixel((0, 0)) == (255, 255, 255)


@settings(max_examples=50)
@given(st.sampled_from([picture("JPEG"), picture("PNG"), PDF]), st.data())
def test_damage_anywhere_is_refused_or_harmless(good: bytes, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(good) - 1))
    damaged = good[:place] + data.draw(st.binary(max_size=4)) + good[place + 2 :]
    try:
        kind, kept = scrubbing.cleaned(damaged, "材料")
    except Invalid:
        return
    assert scrubbing.cleaned(kept, "材料")[0] == kind
