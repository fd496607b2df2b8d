"""The house rules that no linter knows, and the linters themselves."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

from servicehall.factory import PORTALS, create_app
from servicehall.kernel.settings import HOME
from servicehall.tables import TABLES
from servicehall.wiring import Hall

HAN = re.compile("[\u4e00-\u9fff]")
PACKAGE = HOME / "servicehall"
GENERATED = PACKAGE / "migrations"
SOURCES = sorted(p for p in PACKAGE.rglob("*.py") if GENERATED not in p.parents)
ROOMS = sorted(p.parent for p in PACKAGE.glob("*/__init__.py"))
NAME = {p: str(p.relative_to(HOME)) for p in SOURCES}
TEMPLATES = sorted((HOME / "templates").rglob("*.html"))
WELCOME_AT_THE_TOP = {
    "app.py", "pyproject.toml", "servicehall", "items", "licenses", "static", "templates", "tests",
    "README.md", "docs", "benchmarks", "deploy", "requirements.lock", "LICENSE", "instance",
    "servicehall.toml", "servicehall.egg-info", "__pycache__",
}  # fmt: skip
WITHOUT_A_TEST_OF_THEIR_OWN = {"__init__", "__main__", "models"}


@pytest.mark.parametrize("source", SOURCES, ids=NAME.get)
def test_a_file_fits_in_one_reading(source: Path) -> None:
    assert len(source.read_text("utf8").splitlines()) <= 300


@pytest.mark.parametrize("source", SOURCES, ids=NAME.get)
def test_a_file_says_what_it_is(source: Path) -> None:
    words = ast.get_docstring(ast.parse(source.read_text("utf8")))
    assert words
    assert "\n\n" in words or "\n" not in words.split("\n\n")[0]


@pytest.mark.parametrize("room", ROOMS, ids=lambda p: p.name)
def test_a_room_has_a_sign_and_nothing_else_in_its_doorway(room: Path) -> None:
    tree = ast.parse((room / "__init__.py").read_text("utf8"))
    assert HAN.search(ast.get_docstring(tree) or "")
    assert len(tree.body) == 1


@pytest.mark.parametrize(
    "source", [s for s in SOURCES if "__tablename__" in s.read_text("utf8")], ids=NAME.get
)
def test_every_table_says_its_chinese_name(source: Path) -> None:
    for node in ast.parse(source.read_text("utf8")).body:
        if isinstance(node, ast.ClassDef) and "__tablename__" in ast.dump(node):
            assert HAN.search(ast.get_docstring(node) or ""), node.name


def test_no_table_is_forgotten() -> None:
    known = {module.__name__ for module in TABLES}
    written = {
        NAME[s].removesuffix(".py").replace("/", ".")
        for s in SOURCES
        if re.search(r"^\s+__tablename__", s.read_text("utf8"), re.MULTILINE)
    }
    assert written <= known


def test_every_table_stands_in_the_glossary() -> None:
    glossary = (HOME / "docs" / "glossary.md").read_text("utf8")
    for mapper in __import__("servicehall.tables", fromlist=["METADATA"]).Base.registry.mappers:
        assert f"`{mapper.class_.__name__}`" in glossary, mapper.class_.__name__


def test_module_names_are_unique_across_rooms() -> None:
    seen: dict[str, str] = {}
    for source in SOURCES:
        room = source.relative_to(PACKAGE).parts[0]
        if source.stem in ("__init__", "models", "schema") or "adapters" in source.parts:
            continue
        if room == "portals" or source.parent == PACKAGE:
            continue
        assert seen.setdefault(source.stem, NAME[source]) == NAME[source], source.stem


@pytest.mark.parametrize(
    "source", [s for s in SOURCES if s.stem not in WITHOUT_A_TEST_OF_THEIR_OWN], ids=NAME.get
)
def test_every_module_has_its_mirrored_test(source: Path) -> None:
    place = source.relative_to(PACKAGE)
    mirrored = HOME / "tests" / place.parent / f"test_{place.stem}.py"
    if place.parent == Path():
        mirrored = HOME / "tests" / f"test_{place.stem}.py"
    ports = HOME / "tests" / place.parts[0] / "adapters" / f"test_{place.stem}.py"
    promised = (
        [*(HOME / "tests" / place.parts[0]).glob("test_*.py")] if "adapters" in place.parts else []
    )
    names_it = any(f"adapters.{place.stem} " in t.read_text("utf8") for t in promised)
    assert mirrored.exists() or ports.exists() or names_it, f"no {mirrored.relative_to(HOME)}"


def test_every_page_belongs_to_a_portal_and_its_own_folder(hall: Hall) -> None:
    app = create_app(hall=hall)
    portals = {portal.name for portal in PORTALS}
    for rule in app.url_map.iter_rules():
        assert rule.endpoint.split(".")[0] in portals | {"static"}
    folders = {p.name for p in (HOME / "templates").iterdir() if p.is_dir()} - {"parts"}
    assert folders <= portals


def test_every_portal_says_whom_it_admits() -> None:
    for portal in PORTALS:
        assert portal.admits, portal.name


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda p: str(p.relative_to(HOME)))
def test_no_words_outside_the_catalogues(template: Path) -> None:
    """Chinese stands only inside gettext calls, comments, or data keys that are compared."""
    text = re.sub(r"\{#.*?#\}", "", template.read_text("utf8"), flags=re.DOTALL)
    text = re.sub(r"\{%-?\s*trans\b.*?endtrans\s*-?%\}", "", text, flags=re.DOTALL)
    text = re.sub(r"\b_\(\s*(\"[^\"]*\"|'[^']*')", "", text)
    text = re.sub(r"\{\{.*?\}\}|\{%.*?%\}", "", text, flags=re.DOTALL)
    assert not HAN.search(text), HAN.findall(text)[:10]


# A page that is saved and taken along is whole in itself; its policy names the hash of each part
# (tests/portals/test_carried.py).
WHOLE = HOME / "templates" / "verify" / "offline.html"


@pytest.mark.parametrize(
    "template", [t for t in TEMPLATES if t != WHOLE], ids=lambda p: str(p.relative_to(HOME))
)
def test_no_inline_style_script_or_handler(template: Path) -> None:
    text = re.sub(r"\{#.*?#\}", "", template.read_text("utf8"), flags=re.DOTALL)
    assert not re.search(r"\sstyle=|\son[a-z]+=|<style|<script(?![^>]*\bsrc=)", text)


def test_nothing_else_stands_at_the_top() -> None:
    assert {p.name for p in HOME.iterdir() if not p.name.startswith(".")} <= WELCOME_AT_THE_TOP


def test_locks_name_no_address() -> None:
    for lock in ("requirements.lock", "tests/requirements.lock"):
        text = (HOME / lock).read_text("utf8")
        assert "://" not in text
        assert "--hash=sha256:" in text


def test_the_readme_is_short_and_names_every_command() -> None:
    readme = (HOME / "README.md").read_text("utf8")
    assert len(readme.splitlines()) <= 120
    for command in ("python3 app.py", "python3 app.py test", "python3 app.py journey"):
        assert command in readme


@pytest.mark.parametrize(
    "command",
    [
        ["ruff", "check", "."],
        ["ruff", "format", "--check", "."],
        ["mypy", "--no-incremental"],
        ["lint-imports"],
    ],
    ids=["ruff", "format", "mypy", "import-linter"],
)
def test_the_linters_find_nothing(command: list[str]) -> None:
    command[0] = str(Path(sys.executable).with_name(command[0]))
    done = subprocess.run(command, cwd=HOME, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
