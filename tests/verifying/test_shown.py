"""What a file carries is told, or why nothing is; tests/verifying/test_forgeries.py forges in earnest."""

from servicehall.verifying.shown import LARGEST, record_in
from servicehall.verifying.verdicts import Result


def test_the_record_of_a_pdf_and_of_a_text(hall, work, license, pdf):
    anchors = hall.signer.anchors()
    assert record_in(pdf, anchors, anchors, {}) == license.jws
    assert record_in(f"{license.jws}\n".encode(), anchors, anchors, {}) == license.jws


def test_what_carries_none_ends_in_a_verdict(hall, work, pdf):
    anchors = hall.signer.anchors()
    for content, result in (
        (b"", Result.UNKNOWN_ISSUER),
        (b"hello", Result.UNKNOWN_ISSUER),
        (b"%PDF-" + bytes(LARGEST), Result.UNKNOWN_ISSUER),
        (pdf + b"\n% more", Result.ALTERED),
        (pdf[: len(pdf) // 2], Result.ALTERED),
    ):
        found = record_in(content, anchors, anchors, {})
        assert found.result is result, content[:20]
    assert record_in(pdf, (), (), {}).result is Result.UNKNOWN_ISSUER
