"""Bringing in: every row counted, the same file twice changes nothing, A is proven and never claimed."""

import pytest

from servicehall.aggregating import gathered as library
from servicehall.aggregating.bringing import Source
from servicehall.aggregating.models import Trust
from servicehall.kernel.errors import Invalid
from servicehall.licenses import wallet
from servicehall.oversight import trail
from tests.aggregating import feed
from tests.journeys.stage import PDF


def told(report):
    return report.added, report.changed, report.same, len(report.refused)


def test_new_then_known_then_changed(bring, kind, stage):
    row = feed.row(kind)
    assert told(bring(row)) == (1, 0, 0, 0)
    assert told(bring(row)) == (0, 0, 1, 0)
    assert told(bring({**row, "ZZZT": "吊销"})) == (0, 1, 0, 0)
    with stage.work("wang") as work:
        (held,) = library.mine(work)
        assert held.state.value == "revoked"
        assert held.trust is Trust.B


def test_each_refusal_has_line_field_and_reason_and_stops_no_other(bring, kind):
    good, bad = feed.row(kind, ZZBH="1"), feed.row(kind, ZZBFRQ="yesterday")
    report = bring(bad, good, bad)
    assert told(report) == (1, 0, 0, 2)
    assert [(line, field) for line, field, _ in report.refused] == [(1, "ZZBFRQ"), (3, "ZZBFRQ")]
    assert all(why for *_, why in report.refused)


def test_one_source_does_not_overwrite_anothers(bring, kind):
    row = feed.row(kind, ZZBH="2")
    bring(row)
    report = bring({**row, "ZZZT": "注销"}, source="OTHER/CARDS")
    assert told(report) == (0, 0, 0, 1)


def test_a_scan_comes_with_its_file(bring, kind, stage, tmp_path):
    row = feed.row(kind, ZZBH="3", WJ="old/3.pdf")
    missing, without = bring(row, trust=Trust.D), bring(feed.row(kind, ZZBH="4"), trust=Trust.D)
    assert [field for _, field, _ in missing.refused + without.refused] == ["WJ", "WJ"]
    (tmp_path / "old").mkdir()
    (tmp_path / "old" / "3.pdf").write_bytes(PDF)
    assert told(bring(row, trust=Trust.D)) == (1, 0, 0, 0)
    with stage.work("wang") as work:
        held = next(one for one in library.mine(work) if one.trust is Trust.D)
        assert library.scan(work, held) == PDF


@pytest.mark.parametrize(
    ("name", "content"),
    [("../secret.pdf", PDF), ("x.exe", b"MZ"), ("big.pdf", b"%PDF-" + b" " * (10 * 1024 * 1024))],
)
def test_a_file_from_outside_or_of_another_kind_is_refused(bring, kind, tmp_path, name, content):
    (tmp_path / name).resolve().write_bytes(content)
    report = bring(feed.row(kind, ZZBH="5", WJ=name), trust=Trust.D)
    assert [field for _, field, _ in report.refused] == ["WJ"]


def test_a_signed_record_makes_it_trusted_and_must_be_of_this_license(bring, stage):
    stage.granted_nurse()
    with stage.work("wang") as work:
        (license,) = wallet.mine(work)
        record, jws = license.record, license.jws
        kinds = {kind.code: kind for kind in work.use(feed.LicenseTypes).values()}
    row = feed.row(
        kinds[record.type.code], ZZBS=record.identifier, ZZBH=record.number, QMJL=jws,
        ZZYXQQSRQ="2026-03-01", ZZBFRQ="2026-03-01",
    )  # fmt: skip
    other = bring({**row, "CZZTDM": feed.number()}, {**row, "QMJL": jws[:-8] + "AAAAAAAA"})
    assert [field for _, field, _ in other.refused] == ["QMJL", "QMJL"]
    assert told(bring(row)) == (1, 0, 0, 0)
    with stage.work("wang") as work:
        assert Trust.A in {one.trust for one in library.mine(work)}


def test_nobody_claims_a(tmp_path):
    with pytest.raises(Invalid, match="逐条验证"):
        Source("X", Trust.A, tmp_path, {})


def test_fields_nobody_reads_may_hold_anything(bring, kind):
    odd = {"number": 10**30, "share": 0.1, "half": "\ud800", "nested": [{"a": None}]}
    assert told(bring(feed.row(kind, ZZBH="8", **odd))) == (1, 0, 0, 0)
    assert told(bring(feed.row(kind, ZZBH="8", **odd))) == (0, 0, 1, 0)


def test_it_is_on_record_without_who(bring, kind, stage):
    bring(feed.row(kind, ZZBH="6"))
    with stage.work("auditor") as work:
        found = trail.entries(work, act="license.gathered")
        assert {tuple(sorted(entry.detail)) for entry in found} == {("source", "trust", "type")}
