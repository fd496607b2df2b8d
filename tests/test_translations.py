"""English is complete: every sentence of code and templates has a translation with the same places."""

import re
from functools import cache
from io import BytesIO

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from servicehall.kernel.settings import HOME

FOLDER = HOME / "servicehall" / "translations" / "en" / "LC_MESSAGES"
KEYWORDS = {"_": None, "gettext": None, "N_": None, "ngettext": (1, 2)}
PLACES = re.compile(r"%\(\w+\)[a-z]")


@cache
def sentences() -> frozenset[str]:
    """Every message id in the sources."""
    found: set[str] = set()
    for folder, methods in (("servicehall", [("**.py", "python")]), ("templates", [("**.html", "jinja2")])):
        for _, _, message, _, _ in extract_from_dir(HOME / folder, methods, keywords=KEYWORDS):
            found.add(message if isinstance(message, str) else message[0])
    return frozenset(found - {""})


@cache
def catalogue() -> Catalog:
    with (FOLDER / "messages.po").open("rb") as file:
        return read_po(file, locale="en")


def test_there_is_something_to_translate() -> None:
    assert len(sentences()) > 300


def test_every_sentence_has_english() -> None:
    known = {m.id: m.string for m in catalogue() if m.id and not m.fuzzy}
    missing = sorted(s for s in sentences() if not known.get(s))
    assert not missing, f"{len(missing)} without English: {missing[:20]}"


def test_no_english_still_speaks_chinese() -> None:
    wrong = [m.id for m in catalogue() if m.id and re.search("[\u4e00-\u9fff]", str(m.string)) and m.id not in ALLOWED]
    assert not wrong


ALLOWED = {"中文", "简体中文"}


def test_places_are_the_same() -> None:
    for message in catalogue():
        if message.id and message.string:
            assert set(PLACES.findall(str(message.id))) == set(PLACES.findall(str(message.string))), message.id


def test_the_compiled_catalogue_is_current() -> None:
    compiled = BytesIO()
    write_mo(compiled, catalogue())
    assert (FOLDER / "messages.mo").read_bytes() == compiled.getvalue()


@pytest.mark.parametrize("text", ["您要办什么事？", "登录"])
def test_a_known_sentence_is_extracted(text: str) -> None:
    assert text in sentences()
