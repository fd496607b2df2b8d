"""Forms: every kind of question can be shown, answered and corrected; an error names its field."""

import pytest
from flask import Flask, render_template_string
from werkzeug.datastructures import MultiDict

from servicehall.portals.forms import form_for
from servicehall.standard.schema import Question, Section
from tests.applying.test_answering import GOOD, KINDS, WRONG, question

TEMPLATE = (
    '{% from "parts/form.html" import whole_form, fields %}'
    "{% call whole_form(form) %}{{ fields(form) }}{% endcall %}"
)


def section(*questions: Question) -> Section:
    return Section(code="part", title="内容", questions=questions)


def shown(app: Flask, part: Section, given: MultiDict[str, str] | None, kept: dict[str, object]):  # type: ignore[no-untyped-def]
    """(is in order, errors, page) of the form with what was sent."""
    with app.test_request_context("/", method="POST" if given is not None else "GET"):
        app.preprocess_request()
        form = form_for(part, given, kept)
        good = form.validate() if given is not None else None
        return good, form.errors, render_template_string(TEMPLATE, form=form)


def sent(said: object) -> MultiDict[str, str]:
    many = said if isinstance(said, list) else [said]
    return MultiDict([("asked", str(one)) for one in many])


@pytest.mark.parametrize("kind", KINDS)
def test_what_the_hall_takes_the_form_takes(app: Flask, kind: str) -> None:
    for said, kept in GOOD[kind]:
        good, errors, page = shown(app, section(question(kind)), sent(said), {})
        assert (good, errors) == (True, {}), (kind, said)
        _, _, page = shown(app, section(question(kind)), None, {"asked": kept})
        assert 'name="asked"' in page
        assert "问题" in page


@pytest.mark.parametrize("kind", KINDS)
def test_what_the_hall_refuses_the_form_names(app: Flask, kind: str) -> None:
    wrong = [w for w in WRONG[kind] if not isinstance(w, list)]
    for said in wrong:
        good, errors, page = shown(app, section(question(kind)), sent(said), {})
        assert (good, set(errors)) == (False, {"asked"}), (kind, said)
        assert errors["asked"][0] in page
        assert "govuk-error-summary" in page
        assert 'href="#asked' in page


@pytest.mark.parametrize("kind", KINDS)
def test_an_empty_form_asks_only_for_what_is_needed(app: Flask, kind: str) -> None:
    good, errors, _ = shown(app, section(question(kind)), MultiDict(), {})
    assert (good, set(errors)) == (False, {"asked"})
    good, errors, page = shown(app, section(question(kind, required=False)), MultiDict(), {})
    assert (good, "（选填）" in page) == (True, True)


def test_what_was_typed_comes_back_escaped(app: Flask) -> None:
    said = '"><script>alert(1)</script>' + "长" * 300
    good, _, page = shown(app, section(question("text")), sent(said), {})
    assert not good
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_english_labels_where_there_are_any(app: Flask) -> None:
    asked = Question(
        code="asked", label="问题", label_en="The question", kind="choice",
        options=(("a", "甲"), ("b", "乙")), options_en=("First",), hint="提示", hint_en="A hint",
    )  # fmt: skip
    browser = app.test_client()
    with browser.session_transaction() as session:
        session["lang"] = "en"
    cookie = browser.get_cookie("hall")
    assert cookie is not None
    with app.test_request_context("/", headers={"Cookie": f"hall={cookie.value}"}):
        app.preprocess_request()
        page = render_template_string(TEMPLATE, form=form_for(section(asked), None, {}))
    for words in ("The question", "A hint", "First", "乙"):
        assert words in page
