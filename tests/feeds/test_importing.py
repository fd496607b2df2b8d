"""A feed: every line accounted for, whatever is on it."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from servicehall.feeds.importing import read_feed
from servicehall.kernel.errors import Invalid
from tests.catalogue.conftest import ROOT
from tests.feeds import dirt

FEED = ROOT / "items" / "guangdong-2021.jsonl"


@pytest.fixture(scope="module")
def lines():
    return FEED.read_bytes().splitlines()[:6]


def written(tmp_path, lines):
    path = tmp_path / "feed.jsonl"
    path.write_bytes(b"\n".join(lines))
    return read_feed(path, "guangdong")


def row(line, **change):
    return json.dumps({**json.loads(line), **change}, ensure_ascii=False).encode()


def test_all_1500_rows_are_accounted_for():
    report = read_feed(FEED, "guangdong")
    assert report.rows == 1500 == report.accepted + report.mended + report.refused
    assert report.refused == 0
    assert report.reasons["type-extended"] == 1034
    assert len({item.code for item in report.items}) == 1500
    assert not any(item.applicable for item in report.items)
    assert all(item.origin and item.origin.license == "MIT" for item in report.items)
    assert sum(bool(item.notes) for item in report.items) == report.mended


def test_dirt_is_refused_with_its_reason_and_line(tmp_path, lines):
    dirt = [
        b"<!DOCTYPE html><html><body>502 Bad Gateway</body></html>",
        b"{half",
        b"\xff\xfe\x00",
        b"[1, 2]",
        b"[" * 100_000,
        b'{"TASK_NAME": "' + b"x" * 1_100_000 + b'"}',
        row(lines[0], TASK_NAME=""),
    ]
    report = written(tmp_path, [lines[0], *dirt, b"", b"   ", lines[1]])
    assert (report.rows, report.refused) == (9, 7)
    assert report.refused_lines == [2, 3, 4, 5, 6, 7, 8]
    assert report.reasons == {
        "html": 1, "not-json": 2, "not-utf8": 1, "not-an-object": 1, "too-long": 1, "no-name": 1,
    }  # fmt: skip
    assert [item.name for item in report.items][1] == json.loads(lines[1])["TASK_NAME"]


def test_a_duplicate_gives_its_themes_to_the_first(tmp_path, lines):
    again = row(lines[0], theme_category=["知识产权"])
    report = written(tmp_path, [lines[0], again])
    assert report.summary() == {
        "rows": 2, "accepted": 1, "mended": 0, "refused": 1,
        "reasons": {"duplicate": 1}, "refused_lines": [2],
    }  # fmt: skip
    assert {theme.code for theme in report.items[0].themes} == {"999", "125"}


def test_one_code_for_several_names_is_told_apart(tmp_path, lines):
    code = json.loads(lines[0])["TASK_CODE"]
    names = [row(lines[0], TASK_NAME=f"事项（{n}）") for n in range(3)]
    taken = row(lines[0], TASK_CODE=code + "01", TASK_NAME="已有序号的")
    report = written(tmp_path, [*names, taken])
    assert [item.code for item in report.items] == [code, code + "02", code + "03", code + "01"]
    assert report.reasons == {"code-shared": 2}
    assert all(item.base_code == item.code[19:31] for item in report.items)


def test_escaped_markup_and_prose_are_mended(tmp_path, lines):
    dirty = row(
        lines[0],
        accept_standard="&amp;lt;p&amp;gt;条件&amp;lt;/p&amp;gt;",
        consult_phone="请拨打\t020-34121084",
    )
    item = written(tmp_path, [dirty]).items[0]
    assert item.conditions == ("条件",)
    assert item.contact.consult == "020-34121084"
    assert len(item.notes) == 3


def test_an_unknown_scheme_is_refused(tmp_path):
    with pytest.raises(Invalid):
        read_feed(tmp_path / "none", "jiangsu")


@pytest.mark.parametrize(
    "form",
    [{}, {"end": "\r\n"}, {"mark": True}, {"encoding": "gb18030"}],
    ids=["plain", "crlf", "mark", "gb18030"],
)
def test_a_feed_as_provinces_send_them_is_accounted_for(tmp_path, form):
    dirty = dirt.feed(1500)
    path = tmp_path / "feed.jsonl"
    path.write_bytes(dirty.content(**form))
    report = read_feed(path, "guangdong", encoding=form.get("encoding", ""))
    planted = dirty.planted
    assert report.rows == 1500 == report.accepted + report.mended + report.refused
    assert 120 < planted["html"] < 180
    assert 100 < planted["duplicate"] < 170
    lost = {name: planted[name] for name in ("duplicate", "no-name", "bad-code")}
    assert report.refused == planted["html"] + sum(lost.values())
    mended = ("control", "phone-prose", "department-code", "limit-unreadable",
              "visits-unreadable", "type-extended", "code-shared")  # fmt: skip
    wanted = {name: planted[name] for name in mended}
    assert {name: report.reasons[name] for name in wanted} == wanted
    assert report.reasons["html"] == planted["html"] + planted["mended-html"]
    assert report.mended == sum(wanted.values()) + planted["mended-html"]
    again = read_feed(path, "guangdong", encoding=form.get("encoding", ""))
    assert (again.items, again.summary()) == (report.items, report.summary())


def test_what_turns_out_to_break_a_rule_is_refused_after_all(tmp_path, lines):
    report = written(tmp_path, [row(lines[0], consult_phone="打 020-34121084"), *lines[1:3]])
    assert (report.accepted, report.mended, report.refused) == (2, 1, 0)
    report.turn_down(report.items[0], "rules")
    report.turn_down(report.items[1], "rules")
    assert (report.rows, report.accepted, report.mended, report.refused) == (3, 1, 0, 2)
    assert report.reasons == {"rules": 2}
    assert report.refused_lines == [1, 3]


COLUMNS = sorted(json.loads(FEED.read_text("utf8").splitlines()[0]))
values = st.one_of(
    st.none(), st.text(max_size=8), st.integers(), st.lists(st.text(max_size=4), max_size=3)
)


@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.dictionaries(st.sampled_from(COLUMNS), values)))
def test_any_rows_add_up(tmp_path, lines, changes):
    feed = [json.dumps({**json.loads(lines[0]), **change}).encode() for change in changes]
    report = written(tmp_path, feed)
    assert report.rows == len(changes) == report.accepted + report.mended + report.refused
    assert len({item.code for item in report.items}) == len(report.items)
