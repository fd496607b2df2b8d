"""Pre-check (先测一测): what the hall cannot know is asked, each condition answered; nothing is kept."""

from typing import Any

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from servicehall.catalogue import items as catalogue
from servicehall.guiding import precheck
from servicehall.kernel.errors import NotFound
from servicehall.kernel.words import N_
from servicehall.portals import forms, naming
from servicehall.portals.guard import work
from servicehall.standard.eligibility import Outcome
from servicehall.standard.schema import Inquiry, Item, ItemType, Section

pages = Blueprint("precheck", __name__)

OUTCOMES = {
    Outcome.MET: (N_("符合"), "green"), Outcome.UNMET: (N_("不符合"), "red"),
    Outcome.OPEN: (N_("还不能确定"), "yellow"),
}  # fmt: skip


@pages.get("/items/<code>/eligibility")
def form(code: str) -> ResponseReturnValue:
    """The questions; where the hall knows everything itself, the answer at once."""
    item = _item(code)
    asked = precheck.questions(work, item, {})
    return _page(item, asked, {}, judged=not asked, sent=False)


@pages.post("/items/<code>/eligibility")
def judge(code: str) -> ResponseReturnValue:
    """What the answers say; they go into this page and nowhere else."""
    item = _item(code)
    said = {name: request.form.get(name, "").strip() for name in request.form}
    return _page(item, precheck.questions(work, item, said), said, judged=True, sent=True)


def _item(code: str) -> Item:
    item = catalogue.open_entry(work, code).current.item
    if item.eligibility is None or not item.applicable:
        raise NotFound(N_("这个事项没有自测"))
    return item


def _page(
    item: Item, asked: list[Inquiry], said: dict[str, str], *, judged: bool, sent: bool
) -> ResponseReturnValue:
    shown = _form(asked, sent=sent) if asked else None
    wrong = sent and shown is not None and not shown.validate()
    result = precheck.result(work, item, said)
    outcomes = [one.outcome for one in result.judgements]
    page = render_template(
        "citizen/precheck.html", item=item, form=shown, wrong=wrong,
        facts=[(fact, worded(fact.question, fact.value)) for fact in result.facts],
        judgements=result.judgements if judged and not wrong else (), outcomes=OUTCOMES,
        unmet=outcomes.count(Outcome.UNMET), undecided=outcomes.count(Outcome.OPEN),
        is_permit=item.type is ItemType.PERMIT,
    )  # fmt: skip
    return (page, 422) if wrong else page


def _form(asked: list[Inquiry], *, sent: bool) -> Any:
    """Every question may stay open: what is not said is not decided."""
    free = tuple(one.model_copy(update={"required": False}) for one in asked)
    part = Section(code="eligibility", title=N_("先测一测"), questions=free)
    made = forms.form_for(part, request.form if sent else None, {})
    for one in asked:
        label = (one.label_en if naming.english() else "") or one.label
        made[one.code].label.text = label + (gettext("（视前面的回答而定）") if one.when else "")
    return made


def worded(question: Inquiry, value: str) -> str:
    """A known answer as people say it."""
    if question.known == "age":
        return str(gettext("%(years)s 周岁", years=value))
    if question.kind == "yes_no":
        return str(gettext("是") if value == "yes" else gettext("否"))
    for number, (option, words) in enumerate(question.options):
        if option == value:
            in_english = naming.english() and number < len(question.options_en)
            return question.options_en[number] if in_english else words
    return value
