"""One page, embedded fonts only, and the text reads back as it was written."""

import subprocess
from datetime import UTC, date, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec import Raw

from servicehall.kernel.errors import Invalid
from servicehall.licenses.identifiers import build
from servicehall.licenses.record import (
    AuditPoint,
    Department,
    FaceValue,
    Holder,
    Kind,
    Record,
    Status,
)
from servicehall.licenses.rendering import refuse_unprintable, to_pdf
from servicehall.licenses.schema import Template
from servicehall.printing.fonts import cleaned, missing
from servicehall.printing.press import Press
from servicehall.verifying.qrcheck import read
from tests.licenses.conftest import BUREAU, FONTS, tool

PRESS = Press(FONTS, "http://hall.example")
LAYOUTS = ["certificate", "letter", "card", "form"]


def face(value, code="text", kind="text", name="经营范围"):
    return FaceValue(code=code, name=name, kind=kind, value=value)


def made(layout="certificate", page="a4-portrait", **changes):
    given_fields = {
        "identifier": build(BUREAU + "001", BUREAU, "2026000000000001", 1),
        "number": "2026000000000001",
        "type": Kind(code=BUREAU + "001", slug="x", name="渔业捕捞许可证"),
        "template": Template(page=page, layout=layout, colour="#0b5cad"),
        "statement": "经审查，准予在核定的水域从事渔业捕捞。",
        "holder": Holder(kind="person", code="990101199003071234", name="欧阳𬱖婳祎"),
        "issuer": Department(code=BUREAU, name="示范市农业农村局"),
        "faces": (
            face("欧阳𬱖婳祎", name="姓名"),
            face("2019-05-01", kind="date", name="建造日期"),
            face("123450", kind="money", name="资源增殖保护费"),
        ),
        "valid_from": date(2026, 3, 1),
        "valid_to": None,
        "issued_at": datetime(2026, 2, 28, 16, 30, tzinfo=UTC),
        "code": "7K3M9XQ2BPTW",
        "status": Status(uri="u", index=1),
        "supersedes": None,
        "case": "C-1",
        "evidence": (),
        "audit": AuditPoint(length=0, hash="0"),
    }
    told = {**given_fields, **changes}
    return Record(drawn=Raw(told.pop("template").told), **told)


def shown(pdf, *options):
    done = subprocess.run(
        ["pdftotext", *options, "-", "-"], input=pdf, capture_output=True, check=True
    )
    return done.stdout.decode()


@tool("pdftotext")
@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_word_reads_back(layout):
    text = shown(to_pdf(PRESS, made(layout)), "-layout")
    for words in (
        "欧阳𬱖婳祎",
        "2019年5月1日",
        "人民币1,234.50元",
        "2026年3月1日起长期有效",
        "二〇二六年三月一日",
        "7K3M-9XQ2-BPTW",
        "2026000000000001",
        "示范市农业农村局",
        "准予在核定的水域从事渔业捕捞",
        "演示证照",
    ):
        assert words in text, words


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("page", ["a4-portrait", "a4-landscape"])
def test_the_same_bytes_each_time(layout, page):
    assert to_pdf(PRESS, made(layout, page)) == to_pdf(PRESS, made(layout, page))


@tool("pdffonts")
@pytest.mark.parametrize("layout", LAYOUTS)
def test_only_embedded_subsets(layout):
    done = subprocess.run(
        ["pdffonts", "-"], input=to_pdf(PRESS, made(layout)), capture_output=True, check=True
    )
    fonts = done.stdout.decode().splitlines()[2:]
    assert fonts
    for line in fonts:
        assert "+HallSerif-" in line
        assert line.split()[-5:-2] == ["yes", "yes", "yes"]  # embedded, subset, ToUnicode


@tool("pdftoppm")
@pytest.mark.parametrize("layout", LAYOUTS)
def test_its_code_can_be_scanned(layout):
    done = subprocess.run(
        ["pdftoppm", "-r", "150", "-png", "-singlefile", "-"],
        input=to_pdf(PRESS, made(layout)),
        capture_output=True,
        check=True,
    )
    assert set(read(done.stdout)) == {"http://hall.example/verify/7K3M9XQ2BPTW"}


@tool("pdftotext")
@pytest.mark.parametrize("layout", LAYOUTS)
def test_what_was_signed_before_there_was_a_smallest_type_stays_on_its_page(layout):
    faces = tuple(face("长" * 500, code=f"f{n}") for n in range(4))
    record = made(layout, "a4-portrait", faces=faces, statement="详" * 100)
    text = shown(to_pdf(PRESS, record))
    assert text.replace("长期有效", "").count("长") == 2000
    assert text.count("\f") == 1
    with pytest.raises(Invalid, match="太长"):
        refuse_unprintable(PRESS, [record])


def test_a_character_that_the_font_lacks_is_refused_with_its_field():
    with pytest.raises(Invalid) as refused:
        refuse_unprintable(PRESS, [made(faces=(face("渔\U0002a6d6船", "boat", name="船名"),))])
    assert (refused.value.field, refused.value.params["name"]) == ("boat", "船名")
    assert refused.value.params["characters"] == "\U0002a6d6"


@tool("pdftotext")
def test_a_real_sheet_says_nothing_of_a_demonstration():
    pdf = to_pdf(Press(FONTS, "http://hall.example", demo=False), made())
    assert "演示" not in shown(pdf)


INJECTIONS = [
    "<img src='/etc/passwd'/>",
    '<a href="file:///etc/passwd">x</a>',
    "&lt;b&gt; ${7*7} {{7*7}} %(name)s",
    ") Tj ET BT (",
    "\\) /JS (app.alert(1))",
    "<para><font color=\"[[[getattr(pow,'a')]]]\">x</font></para>",
]


@tool("pdftotext")
@pytest.mark.parametrize("text", INJECTIONS)
def test_text_is_text(text):
    said = shown(to_pdf(PRESS, made("letter", faces=(face(text),)))).replace("\n", "")
    assert "".join(text.split()) in "".join(said.split())


@tool("pdftotext")
@settings(max_examples=12, suppress_health_check=list(HealthCheck))
@given(st.text(st.characters(codec="utf-8"), max_size=60), st.sampled_from(LAYOUTS))
def test_whatever_the_font_has_reads_back(text, layout):
    clean = cleaned(text)
    clean = "".join(c for c in clean if not missing(FONTS, c))
    if clean.strip():
        said = "".join(shown(to_pdf(PRESS, made(layout, faces=(face(clean),)))).split())
        assert all(word in said for word in clean.split())  # the ground may stand between two
