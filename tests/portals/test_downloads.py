"""Downloads: any name in any script arrives as a name, never as a header or a page."""

from urllib.parse import unquote

from hypothesis import given
from hypothesis import strategies as st

from servicehall.portals.downloads import attachment


@given(st.text(max_size=60))
def test_any_name_is_only_a_name(name: str) -> None:
    name = name.encode("utf8", "ignore").decode()
    answer = attachment(b"x", "application/pdf", name)
    disposition = answer.headers["Content-Disposition"]
    assert disposition.isascii()
    assert "\n" not in disposition
    assert disposition.startswith('attachment; filename="')
    assert disposition.count('"') == 2
    assert unquote(disposition.rpartition("UTF-8''")[2]) == name


def test_no_browser_runs_it() -> None:
    answer = attachment(b"<script>", "text/html", "a.html")
    assert answer.headers["Content-Security-Policy"].startswith("sandbox")
    assert answer.data == b"<script>"
