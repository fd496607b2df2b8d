"""Merging (表单合并): the questions of several items as one form, none of them asked twice.

A question is the same in two items where its data element (数据元) is the same: the one it names,
else its own code. What is the same must be asked the same way; see ``conflicts``.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from servicehall.kernel.words import N_
from servicehall.standard.schema import Item, Question, Section

SHARED = "shared"
TOGETHER, TOGETHER_EN = N_("几个事项都要问的"), "Asked by more than one service"


@dataclass(frozen=True, slots=True)
class Source:
    """Where a merged question comes from: the item's code and the question's own code there."""

    item: str
    question: str


@dataclass(frozen=True, slots=True)
class Asked:
    """One question of the merged form under its element's name, and every question it stands for."""

    question: Question
    sources: tuple[Source, ...]

    @property
    def code(self) -> str:
        return self.question.code


@dataclass(frozen=True, slots=True)
class Part:
    """One screen of the merged form; ``item`` is "" for what several items ask."""

    section: Section
    item: str
    asked: tuple[Asked, ...]


def rests_on(item: Item) -> tuple[str, ...]:
    """The license types whose faces the result of *item* repeats (``license:<type>.<field>``)."""
    carried = item.result.carries.values() if item.result else ()
    held = [name for kind, _, name in (s.partition(":") for s in carried) if kind == "license"]
    return tuple(dict.fromkeys(name.partition(".")[0] for name in held))


def element(question: Question) -> str:
    """The data element that *question* asks for."""
    return question.element or question.code


def parts(items: Sequence[Item]) -> list[Part]:
    """The merged form of *items* (unfolded): what they share first, then what each asks alone."""
    found = _sources(items)
    shared = [name for name, told in found.items() if len({one.item for one, _ in told}) > 1]
    made = [_part(SHARED, "", [_asked(name, found[name]) for name in shared])] if shared else []
    for number, item in enumerate(items, 1):
        for section in item.sections:
            own = [element(q) for q in section.questions if element(q) not in shared]
            if own:
                asked = [_asked(name, found[name]) for name in dict.fromkeys(own)]
                made.append(_part(f"{section.code}_{number}", item.code, asked, section))
    return made


def conflicts(items: Sequence[Item]) -> Iterator[str]:
    """One line for each element that two items ask in different ways."""
    for name, told in _sources(items).items():
        (first, question), *others = told
        for other, differing in others:
            if _shape(question) != _shape(differing):
                yield (
                    f"{name}: {first.item} {question.label} ({question.kind}) · "
                    f"{other.item} {differing.label} ({differing.kind})"
                )


def _sources(items: Sequence[Item]) -> dict[str, list[tuple[Source, Question]]]:
    found: dict[str, list[tuple[Source, Question]]] = {}
    for item in items:
        for section in item.sections:
            for question in section.questions:
                told = found.setdefault(element(question), [])
                told.append((Source(item.code, question.code), question))
    return found


def _shape(question: Question) -> tuple[object, ...]:
    """What two questions of one element have in common; the words too, unless both name it."""
    label = "" if question.element else question.label
    return question.kind, question.options, label


def _asked(name: str, told: Sequence[tuple[Source, Question]]) -> Asked:
    """The question as the first item words it; what one item requires is required."""
    first = told[0][1]
    limits = [question.most for _, question in told if "most" in question.model_fields_set]
    change: dict[str, object] = {"code": name, "when": ""}
    change["required"] = any(question.required for _, question in told)
    if limits:
        change["most"] = min(limits)
    return Asked(first.model_copy(update=change), tuple(source for source, _ in told))


def _part(code: str, item: str, asked: list[Asked], like: Section | None = None) -> Part:
    section = Section(
        code=code, title=like.title if like else TOGETHER,
        title_en=like.title_en if like else TOGETHER_EN,
        questions=tuple(one.question for one in asked),
    )  # fmt: skip
    return Part(section, item, tuple(asked))
