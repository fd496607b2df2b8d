"""The canary grep: after the whole journey no database file, journal or log knows who it was about."""

import base64
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from servicehall.city import seeding
from servicehall.city.town import town
from servicehall.cli import journey
from servicehall.cli.visitor import Visitor
from servicehall.tables import METADATA
from servicehall.wiring import Hall

TYPED_PHONE = "19900000001"  # what the journey writes into the form


def canaries() -> dict[str, str]:
    wang = town().cast.wang
    return {
        "number": wang.number, "name": wang.name, "phone": wang.phone, "typed phone": TYPED_PHONE,
    }  # fmt: skip


def spellings(word: str) -> Iterator[bytes]:
    """*word* as it may stand in a file: UTF-8, UTF-16, JSON escapes, base64 at any offset."""
    plain = word.encode()
    yield from (plain, word.encode("utf-16-le"), word.encode("utf-16-be"))
    yield word.encode("ascii", "backslashreplace")
    for offset in range(3):
        coded = base64.b64encode(b"\0" * offset + plain)
        yield coded[4 if offset else 0 : len(coded) - 4]


def found(content: bytes) -> list[str]:
    return [name for name, word in canaries().items() if any(s in content for s in spellings(word))]


@pytest.fixture
def walked(hall: Hall, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> str:
    """The journey, and what else people do; everything that was written to the terminal."""
    with journey.serving(hall) as base:
        journey.walk(base, tmp_path)
        people(base)
    out, error = capfd.readouterr()
    return out + error


def people(base: str) -> None:
    """Looks, wrong guesses, questions, an unmasking: what leaves traces."""
    wang = town().cast.wang
    guesser, citizen, auditor = (Visitor(base) for _ in range(3))
    guesser.sign_in(wang.number, wang.phone)  # somebody types a number where a login belongs
    guesser.get(f"/items?q={wang.name}")
    guesser.get(f"/verify/{wang.number}")
    citizen.sign_in("wang", seeding.PASSWORD)
    for page in ("/mine/", "/mine/licenses", "/mine/usage", "/mine/messages"):
        citizen.get(page)
    auditor.sign_in("auditor", seeding.PASSWORD)
    auditor.get("/console/audit")


def test_the_grep_finds_what_is_there() -> None:
    for name, word in canaries().items():
        for spelled in spellings(word):
            assert name in found(b"xx" + spelled + b"yy")
        for prefix in (b"", b"a", b"ab"):
            assert name in found(base64.b64encode(prefix + word.encode() + b"tail of it"))
    assert found(b"nobody") == []


def test_nothing_that_is_kept_names_the_applicant(hall: Hall, walked: str) -> None:
    """One walk, looked at from every side."""
    nothing_in_the_log(walked)
    nothing_in_names_of_files(hall)
    nothing_in_rows(hall)
    nothing_in_files(hall)


def nothing_in_files(hall: Hall) -> None:
    """The state folder without files/: what was issued and handed in is kept there on purpose."""
    folder = hall.settings.folder
    seen = [p for p in folder.rglob("*") if p.is_file() and folder / "files" not in p.parents]
    assert {p.name for p in seen} >= {"checkpoints.jws", "master.key"}
    for path in seen:
        assert found(path.read_bytes()) == [], path.name
    hall.close()  # the journal is folded into the database
    for path in folder.glob("hall.db*"):
        assert found(path.read_bytes()) == [], path.name


def nothing_in_rows(hall: Hall) -> None:
    with hall.database.engine.connect() as connection:
        for table in METADATA.tables:
            rows = connection.execute(text(f'SELECT * FROM "{table}"')).all()
            for row in rows:
                content = b"\n".join(
                    value if isinstance(value, bytes) else str(value).encode() for value in row
                )
                assert found(content) == [], table


def nothing_in_the_log(walked: str) -> None:
    assert "办件编号" in walked
    assert found(walked.encode()) == []


def nothing_in_names_of_files(hall: Hall) -> None:
    names = [p.name for p in (hall.settings.folder / "files").rglob("*")]
    assert names
    assert found("\n".join(names).encode()) == []
