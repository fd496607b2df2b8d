"""Forms (表单): an item's questions become a WTForms form with GOV.UK widgets."""

from typing import Any

from flask_babel import gettext
from flask_wtf import FlaskForm
from govuk_frontend_wtf.wtforms_widgets import (
    GovCheckboxesInput,
    GovPasswordInput,
    GovRadioInput,
    GovTextArea,
    GovTextInput,
)
from werkzeug.datastructures import MultiDict
from wtforms import (
    Field,
    PasswordField,
    RadioField,
    SelectChoice,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import ValidationError

from servicehall.applying import answering
from servicehall.applying.branching import Branches
from servicehall.kernel.errors import Invalid
from servicehall.portals import naming
from servicehall.portals.guard import work
from servicehall.standard.conditions import Standing
from servicehall.standard.schema import Question, Section

ALL = Branches({}, {})


class DateField(StringField):  # type: ignore[misc]
    """A date that a browser lets one pick; the verb checks what is sent, not the widget."""


class SignInForm(FlaskForm):  # type: ignore[misc]
    """Login name and password; empty ones get a message of their own."""

    login = StringField(widget=GovTextInput())
    secret = PasswordField(widget=GovPasswordInput())


def form_for(
    section: Section, given: MultiDict[str, str] | None, kept: dict[str, Any],
    asked: Branches = ALL,
) -> Any:  # fmt: skip
    """The form of one section: what was just sent, else what is kept; what is not asked is absent.

    What may turn out not to be asked (its condition hangs on other answers) may stay empty.
    """
    fields = {
        question.code: _field(answering.asked_as(question, asked), _is_open(question, asked))
        for question in section.questions
        if question.code not in asked.hidden
    }
    shape = type("SectionForm", (FlaskForm,), fields)
    return shape(formdata=given, data={k: v for k, v in kept.items() if k in fields})


def _is_open(question: Question, asked: Branches) -> bool:
    return asked.questions.get(question.code) is Standing.UNDETERMINED


def _field(question: Question, is_open: bool) -> Field:
    english = naming.english()
    label = (question.label_en if english else "") or question.label
    hint = (question.hint_en if english else "") or question.hint
    if is_open:
        label += gettext("（视前面的回答而定）")
    elif not question.required:
        label += gettext("（选填）")
    options = [
        SelectChoice(value=v, label=_option(question, n, words))
        for n, (v, words) in enumerate(_options(question))
    ]
    common = {"label": label, "description": hint, "validators": [_checked(question)]}
    match question.kind:
        case "choice" | "yes_no":
            return RadioField(
                **common, choices=options, widget=GovRadioInput(), validate_choice=False
            )
        case "choices":
            return SelectMultipleField(
                **common, choices=options, widget=GovCheckboxesInput(), validate_choice=False
            )
        case "long_text":
            return TextAreaField(**common, widget=GovTextArea())
        case "date":
            return DateField(**common, widget=GovTextInput())
        case _:
            return StringField(**common, widget=GovTextInput())


def _checked(question: Question) -> Any:
    """The verb's own check, so that a form refuses exactly what the hall refuses."""

    def validate(form: FlaskForm, field: Field) -> None:
        try:
            answering.check(question, field.data, today=work.today())
        except Invalid as error:
            params = {
                **error.params,
                **({"label": field.label.text} if "label" in error.params else {}),
            }
            raise ValidationError(gettext(error.message, **params)) from None

    return validate


def _options(question: Question) -> list[tuple[str, str]]:
    if question.kind == "yes_no":
        return [("yes", gettext("是")), ("no", gettext("否"))]
    return list(question.options)


def _option(question: Question, number: int, words: str) -> str:
    if naming.english() and number < len(question.options_en):
        return question.options_en[number]
    return words
