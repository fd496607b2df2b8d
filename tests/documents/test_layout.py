"""What is printed is what was said, on as many pages as it takes, judged by others' tools."""

import re
import subprocess
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyhanko.pdf_utils.reader import PdfFileReader

from servicehall.documents import authoring, filing, layout
from servicehall.printing.press import Press
from tests.documents.conftest import paper
from tests.licenses.conftest import FONTS, tool

REASON = "所附材料与登记信息不一致，且未在规定期限内说明原因。"


def read(content, tmp_path):
    (tmp_path / "paper.pdf").write_bytes(content)
    told = subprocess.run(
        ["pdftotext", "-layout", tmp_path / "paper.pdf", "-"], capture_output=True, check=True
    )
    return re.sub(r"\s", "", told.stdout.decode())


@tool("pdftotext")
def test_everything_said_can_be_copied_out(office, tmp_path):
    told = paper(kind="refusal", addressee="欧阳𬱖婳祎", paragraphs=[f"理由：{REASON}"],
                 remedies="不服的，可以自收到决定书之日起 60 日内申请行政复议。")  # fmt: skip
    document = authoring.write(office, told)
    words = read(layout.to_pdf(office.use(Press), document), tmp_path)
    for said in ("不予决定书", "不准字〔2026〕第1号", "欧阳𬱖婳祎：", REASON, "申请行政复议",
                 "示范市农业农村局", "二〇二六年三月"):  # fmt: skip
        assert said in words, said


@tool("pdftotext")
def test_a_character_without_type_is_never_printed_as_another(office, tmp_path):
    document = authoring.write(office, paper(paragraphs=["王\U0001f600\u202e五"]))
    assert "王〓五" in read(layout.to_pdf(office.use(Press), document), tmp_path)


@tool("pdfsig")
def test_the_seal_is_a_signature_over_all_of_it(office, tmp_path):
    (tmp_path / "sealed.pdf").write_bytes(filing.pdf(office, authoring.write(office, paper())))
    said = subprocess.run(["pdfsig", tmp_path / "sealed.pdf"], capture_output=True, check=False)
    assert b"Signature is Valid" in said.stdout
    assert b"Total document signed" in said.stdout


@pytest.mark.parametrize(("paragraphs", "pages"), [(1, 1), (14, 3), (60, 8)])
def test_long_papers_take_more_pages(office, paragraphs, pages):
    document = authoring.write(office, paper(paragraphs=[REASON * 3] * paragraphs))
    made = PdfFileReader(BytesIO(layout.to_pdf(office.use(Press), document)))
    assert made.root["/Pages"]["/Count"] == pages


@given(st.integers(0, 400))
@settings(max_examples=60)
def test_no_line_is_lost_and_the_signature_never_stands_alone(count):
    lines = [str(number) for number in range(count)]
    pages = list(layout._paged(lines))
    assert [line for page in pages for line in page] == lines
    assert count < 2 or len(pages[-1]) >= 2


def test_the_same_words_are_the_same_bytes(office):
    document = authoring.write(office, paper())
    press = Press(FONTS, "http://hall.example")
    assert layout.to_pdf(press, document) == layout.to_pdf(press, document)
