"""Repeats (重复项): a section that may be filled several times becomes as many sections of questions.

A copy is asked once the one before it was answered with "there is another"; conditions
(standard.conditions) do the rest, so that whoever handles a case meets ordinary questions only.
"""

import re
from collections import Counter
from collections.abc import Iterator

from servicehall.kernel.words import N_
from servicehall.standard.problems import Problem, Surroundings, problem
from servicehall.standard.schema import Item, Question, Section

_TEXTS = re.compile(r"('(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\")")


def unfolded(item: Item) -> Item:
    """*item* with every section as often as it may repeat; itself where none does."""
    if all(part.most == 1 for part in item.sections):
        return item
    parts = tuple(copy for part in item.sections for copy in _copies(part))
    return item.model_copy(update={"sections": parts})


def distinct(item: Item, around: Surroundings) -> Iterator[Problem]:
    """No code that a copy gets is used by another question or section."""
    parts = unfolded(item).sections
    codes = Counter(question.code for part in parts for question in part.questions)
    codes.update(Counter(part.code for part in parts))
    for code in sorted(code for code, times in codes.items() if times > 1):
        if any(part.most > 1 for part in item.sections):
            yield problem(
                "repeat.code", "sections", N_("重复的步骤用到的代号 %(code)s 已被占用"),
                N_("换一个代号"), code=code,
            )  # fmt: skip


def _copies(part: Section) -> Iterator[Section]:
    for number in range(1, part.most + 1):
        questions = tuple(_copied(part, question, number) for question in part.questions)
        if number < part.most:
            questions = (*questions, _copied(part, _more(part), number))
        if number == 1:
            yield part.model_copy(update={"questions": questions, "most": 1})
            continue
        yield part.model_copy(
            update={
                "code": f"{part.code}_{number}", "questions": questions, "most": 1,
                "title": f"{part.title}（{number}）",
                "title_en": f"{part.title_en} ({number})" if part.title_en else "",
            }
        )  # fmt: skip


def _more(part: Section) -> Question:
    """Whether there is another one to fill in."""
    return Question(
        code=f"{part.code}_more", kind="yes_no",
        label=N_("“%(title)s”还有下一项要填吗？") % {"title": part.title},
        label_en=f"Is there another one to fill in: {part.title_en}?" if part.title_en else "",
    )  # fmt: skip


def _copied(part: Section, question: Question, number: int) -> Question:
    """*question* of copy *number*: asked where its own condition holds among that copy's answers."""
    if number == 1:
        return question
    own = {one.code for one in part.questions}
    before = f"{part.code}_more" + (f"_{number - 1}" if number > 2 else "")
    again = f"{before} == 'yes'"
    when = _renamed(question.when, own, number)
    return question.model_copy(
        update={
            "code": f"{question.code}_{number}", "when": f"({when}) && {again}" if when else again
        }
    )  # fmt: skip


def _renamed(condition: str, own: set[str], number: int) -> str:
    """*condition* with the questions of its section in their *number*-th copy."""
    names = re.compile(r"(?<![\w.])(" + "|".join(sorted(own, key=len, reverse=True)) + r")(?!\w)")
    pieces = _TEXTS.split(condition)
    return "".join(
        piece if place % 2 else names.sub(rf"\1_{number}", piece)
        for place, piece in enumerate(pieces)
    )


RULES = (distinct,)
