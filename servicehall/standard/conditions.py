"""Conditions (填报条件): whether a question or a paper is called for, in the Common Expression Language.

Three-valued: what is not known yet makes a condition undetermined, never false and never an error.
"""

import importlib.machinery
import importlib.util
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache, lru_cache
from typing import Any

from servicehall.kernel.words import N_, Words
from servicehall.standard.problems import Problem, Surroundings, problem
from servicehall.standard.schema import Item, Question

LONGEST = 300
_TEXTS = re.compile(r"'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"")
_FACTS = re.compile(r"\bfacts((?:\.[a-z_][a-z0-9_]*)*)")
_LOOPS = re.compile(r"\.\s*(?:all|exists|exists_one|map|filter)\s*\(")  # work without bound


class Standing(StrEnum):
    """What a condition says (条件结论)."""

    VISIBLE = "visible"  # 需要
    HIDDEN = "hidden"  # 不需要
    UNDETERMINED = "undetermined"  # 尚不能确定


@dataclass
class Known:
    """What is known so far: ``values`` of answered questions, ``facts`` by ``dataset.field``.

    ``hidden`` are the questions that are not asked: nobody will ever answer them.
    """

    values: dict[str, Any] = field(default_factory=dict)
    facts: Mapping[str, str] = field(default_factory=dict)
    hidden: set[str] = field(default_factory=set)


def standing(condition: str, known: Known) -> Standing:
    """What *condition* says of what is *known*; the empty one always holds.

    A condition that only hidden questions leave open is hidden itself; one that does not compile
    or compares what cannot be compared is undetermined (the check before publishing names it).
    """
    if not condition:
        return Standing.VISIBLE
    try:
        program = compiled(condition)
        said = program.execute({**known.values, "facts": _nested(known.facts)})
    except Exception:  # the library has an error of its own for each way of not knowing
        return _left_open(condition, known)
    if said is True:
        return Standing.VISIBLE
    return Standing.HIDDEN if said is False else Standing.UNDETERMINED


def questions(item: Item, answers: Mapping[str, Any], known: Known) -> dict[str, Standing]:
    """The standing of every question by its code; *known* learns what they say.

    An answer counts only where its question is visible: what was said before a question was
    hidden has no say any more.
    """
    found: dict[str, Standing] = {}
    for one in (question for part in item.sections for question in part.questions):
        found[one.code] = standing(one.when, known)
        said = value(one, answers.get(one.code))
        if found[one.code] is Standing.VISIBLE and said is not None:
            known.values[one.code] = said
        elif found[one.code] is Standing.HIDDEN:
            known.hidden.add(one.code)
    return found


def value(question: Question, said: Any) -> Any:
    """An answer as conditions compare it: numbers as numbers; None where nothing was said."""
    if said in (None, "", [], ()):
        return None
    if question.kind in ("number", "money"):
        try:
            return float(said)
        except ValueError:
            return None
    return [str(one) for one in said] if isinstance(said, list | tuple) else str(said)


def names(condition: str) -> tuple[frozenset[str], frozenset[str]]:
    """The questions and the facts (``dataset.field``) that *condition* names. Raises ValueError."""
    bare = _TEXTS.sub("''", condition)
    facts = frozenset(path.lstrip(".") for path in _FACTS.findall(bare))
    return frozenset(compiled(condition).variables()) - {"facts"}, facts


def asks(condition: str) -> frozenset[str]:
    """The questions that *condition* hangs on; none of one that does not compile."""
    try:
        return names(condition)[0] if condition else frozenset()
    except ValueError:
        return frozenset()


@lru_cache(maxsize=4096)
def compiled(condition: str) -> Any:
    """The program of *condition*. Raises ValueError with the reason where it does not compile."""
    if len(condition) > 2 * LONGEST:  # the copies of a section that repeats have longer ones
        raise ValueError(N_("条件超过 300 个字符"))
    if _LOOPS.search(_TEXTS.sub("''", condition)):
        raise ValueError(N_("条件不能使用循环"))
    try:
        return _library().compile(condition)
    except ValueError as error:
        told = [line for line in str(error).splitlines() if "Syntax error" in line]
        raise ValueError(told[0] if told else str(error).splitlines()[0]) from None


def compiling(item: Item, around: Surroundings) -> Iterator[Problem]:
    """Every condition compiles and names questions asked before, and declared facts."""
    facts = {f"{need.dataset}.{name}" for need in item.needs for name in need.fields}
    before: set[str] = set()
    for part in item.sections:
        for question in part.questions:
            where = f"sections.{part.code}.questions.{question.code}.when"
            yield from _named(question.when, where, before, facts)
            before.add(question.code)
    for material in item.materials:
        yield from _named(material.when, f"materials.{material.code}.when", before, facts)


def explained(item: Item, around: Surroundings) -> Iterator[Problem]:
    """Whoever reads the guide is told in words when a paper is needed."""
    for material in item.materials:
        if material.when and not material.condition:
            yield problem(
                "when.words", f"materials.{material.code}.condition",
                N_("“%(name)s”有条件，但没有写明什么情形下需要"), N_("在“需要的情形”里写清楚"),
                name=material.name,
            )  # fmt: skip


def relied_on(item: Item, around: Surroundings) -> Iterator[Problem]:
    """What the result takes from an answer is always asked."""
    result = item.result
    if result is None:
        return
    taken = {source.partition(":")[2] for source in result.carries.values()}
    for part in item.sections:
        for question in part.questions:
            if question.when and question.code in taken | {result.benefit_question}:
                yield problem(
                    "when.result", f"sections.{part.code}.questions.{question.code}.when",
                    N_("“%(label)s”要写进结果，不能只在某些情况下才问"), N_("去掉条件"),
                    label=question.label,
                )  # fmt: skip


def _named(condition: str, where: str, asked: set[str], facts: set[str]) -> Iterator[Problem]:
    if not condition:
        return
    try:
        if len(condition) > LONGEST:
            raise ValueError(N_("条件超过 300 个字符"))
        questions, paths = names(condition)
    except ValueError as error:
        yield problem(
            "when.compiles", where, N_("条件不能识别：%(reason)s"),
            N_("按 CEL 写法改正，例如 kind == 'new' && facts.population.person.sex == '女'"),
            reason=Words(error),
        )  # fmt: skip
        return
    for name in sorted(questions - asked):
        yield problem(
            "when.names", where, N_("条件里的 %(name)s 不是在它之前的填报项"),
            N_("写前面填报项的代号，共享数据写 facts.数据集.字段"), name=name,
        )  # fmt: skip
    for path in sorted(paths - facts):
        yield problem(
            "when.facts", where, N_("条件里的共享数据 %(name)s 没有声明"),
            N_("在“数据需求”（needs）中声明这个数据集和字段"), name=path or "facts",
        )  # fmt: skip


def _left_open(condition: str, known: Known) -> Standing:
    try:
        questions, facts = names(condition)
    except ValueError:
        return Standing.UNDETERMINED
    missing = (questions - known.values.keys()) | (facts - known.facts.keys())
    return Standing.HIDDEN if missing and missing <= known.hidden else Standing.UNDETERMINED


def _nested(facts: Mapping[str, str]) -> dict[str, Any]:
    """``{"a.b.c": v}`` as the maps that ``facts.a.b.c`` walks through."""
    root: dict[str, Any] = {}
    for path, said in facts.items():
        *steps, last = path.split(".")
        inner = root
        for step in steps:
            inner = inner.setdefault(step, {})
        inner[last] = said
    return root


@cache
def _library() -> Any:
    """The compiled module of the CEL library, loaded when a condition is first met.

    Its package would also load a command line: 30 MB and half a second for every web process.
    """
    package = importlib.util.find_spec("cel")
    folders = package.submodule_search_locations if package else None
    spec = importlib.machinery.PathFinder.find_spec("cel.cel", folders)
    if spec is None or spec.loader is None:
        raise ImportError("common-expression-language is not installed")
    library = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(library)
    return library


RULES = (compiling, explained, relied_on)
