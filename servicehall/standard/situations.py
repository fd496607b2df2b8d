"""Situations (情形): which materials somebody's own answers call for (STANDARDS 1.1, level 5)."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from servicehall.kernel.words import N_
from servicehall.standard.problems import Problem, Surroundings, problem
from servicehall.standard.schema import Item, Question, Situation


def holds(situation: Situation, answers: Mapping[str, object]) -> bool:
    """Whether every question of *situation* was answered with one of its answers."""
    return all(set(_said(answers.get(code))) & set(when) for code, when in situation.when.items())


def declared(item: Item, around: Surroundings) -> Iterator[Problem]:
    """A situation asks questions there are, for answers they offer, and names known materials."""
    counted = Counter(situation.code for situation in item.situations)
    for situation in item.situations:
        where = f"situations.{situation.code}"
        if counted[situation.code] > 1:
            yield problem(
                "situation.once", where, N_("情形 %(code)s 写了两次"), N_("换一个代号"),
                code=situation.code,
            )  # fmt: skip
        for code in sorted(set(situation.materials) - {m.code for m in item.materials}):
            yield problem(
                "situation.material", f"{where}.materials", N_("情形要的材料 %(code)s 没有声明"),
                N_("核对材料代号"), code=code,
            )  # fmt: skip
        for code, answers in situation.when.items():
            yield from _answerable(item, code, answers, f"{where}.when.{code}")


def _answerable(item: Item, code: str, answers: Sequence[str], where: str) -> Iterator[Problem]:
    found = next((q for part in item.sections for q in part.questions if q.code == code), None)
    offered = set(_offered(found)) if found else set()
    if found is None or not offered:
        yield problem(
            "situation.question", where, N_("情形的问题 %(code)s 不是选择题或是非题"),
            N_("先在“填报项”（sections）中写好这个选择题或是非题"), code=code,
        )  # fmt: skip
    elif not set(answers) <= offered:
        yield problem(
            "situation.answer", where, N_("问题 %(code)s 没有选项 %(answers)s"), N_("核对选项"),
            code=code, answers="、".join(sorted(set(answers) - offered)),
        )  # fmt: skip


def _offered(question: Question) -> tuple[str, ...]:
    if question.kind == "yes_no":
        return ("yes", "no")
    return tuple(option[0] for option in question.options)


def _said(answer: object) -> tuple[str, ...]:
    if isinstance(answer, bool):
        return ("yes" if answer else "no",)
    if isinstance(answer, list | tuple):
        return tuple(map(str, answer))
    return () if answer is None else (str(answer),)


RULES = (declared,)
