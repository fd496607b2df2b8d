"""Rows of every form of file, with the line on which each begins."""

import json

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from servicehall.feeds.mapping import mapping
from servicehall.feeds.reading import rows

SOURCE = mapping("hall")


def read(tmp_path, name, content, **options):
    path = tmp_path / name
    path.write_bytes(content)
    return [(line.number, line.reason or line.row) for line in rows(path, SOURCE, **options)]


def test_csv_with_breaks_marks_and_all_line_ends(tmp_path):
    text = '\ufeff code ,name\r\n1,"两行\n一格"\r\n\r\n2,"引号""里"\r3,尾'
    assert read(tmp_path, "a.csv", text.encode()) == [
        (2, {"code": "1", "name": "两行\n一格"}),
        (5, {"code": "2", "name": '引号"里'}),
        (6, {"code": "3", "name": "尾"}),
    ]


def test_what_is_no_record_has_its_reason(tmp_path):
    content = b"code,name\n1\n1,2,3\n<html>502</html>\n" + b"1,\xff\n1,\xe4\xb8\xad\n"
    assert read(tmp_path, "a.csv", content) == [
        (2, "ragged"), (3, "ragged"), (4, "html"), (5, "not-utf8"),
        (6, {"code": "1", "name": "中"}),
    ]  # fmt: skip
    long = b"code,name\n1," + b"x" * 1_100_000 + b"\n2,b\n"
    assert read(tmp_path, "a.csv", long) == [(2, "too-long"), (3, {"code": "2", "name": "b"})]


def test_a_quote_that_nobody_closes_swallows_no_row(tmp_path):
    content = 'code,name\n1,"没有收尾\n2,乙\n3,"两行\n一格"\n4,丁\n'.encode()
    assert read(tmp_path, "a.csv", content) == [
        (2, "open-quote"), (3, {"code": "2", "name": "乙"}), (4, {"code": "3", "name": "两行\n一格"}),
        (6, {"code": "4", "name": "丁"}),
    ]  # fmt: skip
    long = "code,name\n" + '1,"甲\n' + "2,乙\n" * 20_000
    assert len(read(tmp_path, "a.csv", long.encode())) == 20_001


def test_a_declared_encoding_is_used(tmp_path):
    line = json.dumps({"name": "龘靐"}, ensure_ascii=False)
    gb = line.encode("gb18030")
    assert read(tmp_path, "a.jsonl", gb, encoding="gb18030") == [(1, {"name": "龘靐"})]
    assert read(tmp_path, "a.jsonl", gb) == [(1, "not-utf8")]
    table = "name\n龘靐\n".encode("gb18030")
    assert read(tmp_path, "a.csv", table, encoding="gb18030") == [(2, {"name": "龘靐"})]
    assert read(tmp_path, "a.csv", b"name\n\xff\n", encoding="gb18030") == [(2, "not-gb18030")]


def test_tabs_separate_where_the_file_says_so(tmp_path):
    assert read(tmp_path, "a.tsv", b"a\tb\n1\t2\n") == [(2, {"a": "1", "b": "2"})]


def test_an_empty_file_has_no_rows(tmp_path):
    assert read(tmp_path, "a.csv", b"") == read(tmp_path, "a.jsonl", b"\n \n") == []


def test_tables_are_joined_by_their_key_in_their_order(tmp_path):
    source = mapping("national")
    (tmp_path / "up_task_general_basic.csv").write_bytes(b"row_guid,task_name\na,A\nb,B\n")
    (tmp_path / "up_task_general_faq.jsonl").write_text(
        "\n".join(
            json.dumps({"row_guid": key, "question": q, "order_num": n})
            for key, q, n in (("a", "2", "2"), ("a", "10", "10"), ("a", "1", 1), ("x", "0", "0"))
        ),
        "utf8",
    )
    first, second = rows(tmp_path, source)
    assert [row["question"] for row in first.row["up_task_general_faq"]] == ["1", "2", "10"]
    assert second.row["up_task_general_faq"] == []


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=200), st.sampled_from(["a.csv", "a.jsonl"]))
def test_no_bytes_break_it(tmp_path, content, name):
    read(tmp_path, name, content)
