"""English is complete: every sentence of code and templates has a translation with the same places."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from gettext import GNUTranslations

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from servicehall.kernel.settings import HOME

FOLDER = HOME / "servicehall" / "translations" / "en" / "LC_MESSAGES"
KEYWORDS = {"_": None, "gettext": None, "N_": None, "ngettext": (1, 2)}
PLACES = re.compile(r"%\(\w+\)[a-z]|%%")
CHINESE = re.compile("[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")
IN_TEMPLATE = re.compile(r"""\b(?:_|gettext)\(\s*(?:"([^"]*)"|'([^']*)')""")
ALLOWED = {"中文", "简体中文"}


@cache
def sentences() -> frozenset[str]:
    """Every message id in the sources."""
    found: set[str] = set()
    for folder, methods in (
        ("servicehall", [("**.py", "python")]),
        ("templates", [("**.html", "jinja2")]),
    ):
        for _, _, message, _, _ in extract_from_dir(HOME / folder, methods, keywords=KEYWORDS):
            found.add(message if isinstance(message, str) else message[0])
    return frozenset(found - {""})


@cache
def catalogue() -> Catalog:
    with (FOLDER / "messages.po").open("rb") as file:
        return read_po(file, locale="en")


@cache
def english() -> dict[str, tuple[str, ...]]:
    """Each message id with its English: one string, or one for each plural form."""
    return {listed(m.id)[0]: listed(m.string) for m in catalogue() if m.id and not m.fuzzy}


def listed(words: str | list[str] | tuple[str, ...] | None) -> tuple[str, ...]:
    """One text or several, as several."""
    return (words,) if isinstance(words, str) else tuple(words or ())


def written() -> Iterator[str]:
    """The sentences as they stand in the sources, found without the extractor."""
    for path in (HOME / "servicehall").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name)
                and node.func.id in KEYWORDS
                and node.args
            ):
                first = node.args[0]
                if isinstance(first, ast.Constant) and isinstance(first.value, str):
                    yield first.value
    for path in (HOME / "templates").rglob("*.html"):
        for double, single in IN_TEMPLATE.findall(path.read_text("utf8")):
            yield double or single


def test_there_is_something_to_translate() -> None:
    assert len(sentences()) > 300


def test_the_extractor_misses_no_sentence() -> None:
    assert not set(written()) - {""} - sentences()


def test_every_sentence_has_english() -> None:
    missing = sorted(s for s in sentences() if not all(english().get(s, ("",))))
    assert not missing, f"{len(missing)} without English: {missing[:20]}"


def test_no_english_still_speaks_chinese() -> None:
    assert not [
        i for i, said in english().items() if i not in ALLOWED and any(map(CHINESE.search, said))
    ]


def test_places_are_the_same() -> None:
    for chinese, said in english().items():
        for one in said:
            assert sorted(PLACES.findall(chinese)) == sorted(PLACES.findall(one)), chinese


def test_every_place_can_be_filled() -> None:
    for said in english().values():
        for one in said:
            names = re.findall(r"%\((\w+)\)", one)
            assert not names or one % dict.fromkeys(names, 1)


def test_the_compiled_catalogue_is_current() -> None:
    with (FOLDER / "messages.mo").open("rb") as file:
        compiled = GNUTranslations(file)
    for message in catalogue():
        ids, said = listed(message.id), listed(message.string)
        if len(ids) > 1:
            assert tuple(compiled.ngettext(ids[0], ids[1], n) for n in (1, 2)) == said
        elif ids[0]:
            assert (compiled.gettext(ids[0]),) == said


@pytest.mark.parametrize("text", ["您要办什么事？", "登录"])
def test_a_known_sentence_is_extracted(text: str) -> None:
    assert text in sentences()
