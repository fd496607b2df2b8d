"""Fifty marked people go through the hall; no file, row, log, temporary file or backup names them."""

import io
import os
import re
import tarfile
import tempfile
import zipfile
from argparse import Namespace
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, text

from servicehall.applying import attaching, intake
from servicehall.cases import prefill
from servicehall.catalogue.models import ItemEntry
from servicehall.city import seeding
from servicehall.city.people import Resident
from servicehall.city.town import town
from servicehall.cli import keeping
from servicehall.disputes import raising
from servicehall.feedback import ratings
from servicehall.handling import acceptance, decisions
from servicehall.identity import directory
from servicehall.identity.models import Account, Person
from servicehall.licenses import wallet
from servicehall.standard import merging
from servicehall.tables import METADATA
from servicehall.wiring import Hall
from tests.journeys.stage import PDF, Stage
from tests.journeys.test_every_item import reviewers, through
from tests.test_canary import spellings

NUMBER = 50


@dataclass(frozen=True)
class Canary:
    """A resident with an account, and the word they write wherever they may write something."""

    resident: Resident
    login: str
    word: str

    @property
    def marks(self) -> tuple[str, ...]:
        """What nothing that is kept may say."""
        one = self.resident
        return one.number, one.phone, one.household, self.word


class Flock(Stage):
    """Fifty adults, spread over the demo city, each with an account, and what becomes of them."""

    def __init__(self, hall: Hall, app: Flask) -> None:
        super().__init__(hall)
        self.app = app
        self.heard = 0  # of so many the hall keeps what they wrote
        adults = [one for one in town().people.values() if one.age >= 18]
        self.canaries = [
            Canary(one, f"canary-{n}", f"金丝雀{n:02}羽毛{n * 7919 % 1000:03}")
            for n, one in enumerate(adults[:: len(adults) // NUMBER][:NUMBER])
        ]
        secret = PasswordHasher(time_cost=1, memory_cost=64).hash(
            seeding.PASSWORD
        )  # quick to prove
        self.verifier = self.browser("verifier")
        with self.work("items") as work:
            work.session.add_all(_account(canary, secret) for canary in self.canaries)
            work.record("city.seeded", "city", accounts=NUMBER)
            entries = work.session.scalars(
                select(ItemEntry).where(ItemEntry.applicable, ItemEntry.natural)
            )
            # What rests on another license is for whoever was given that one.
            self.items = sorted(
                entry.code for entry in entries if not merging.rests_on(entry.current.item)
            )

    def live(self) -> None:
        """Each applies for another item, and each in turn comes to another end."""
        ends = (self.licensed, self.refused, self.corrected, self.withdrawn, self.drafted)
        for canary, item, end in zip(self.canaries, cycle(self.items), cycle(ends), strict=False):
            key = self.begin(canary.login, item)
            self.write(canary, key)
            end(canary, key)
            self.look(canary, key)

    def write(self, canary: Canary, key: str) -> None:
        """The word goes into every question that takes words, and into the name of a file."""
        with self.work(canary.login) as work:
            case = self.case(work, key)
            for row in case.materials:
                if row.how == "pending":
                    attaching.upload(work, case, row.code, name=f"{canary.word}.pdf", content=PDF)
            said = {
                question.code: canary.word for section in case.item.sections
                for question in section.questions if question.kind in ("text", "long_text")
            }  # fmt: skip
        self.fill(canary.login, key, **said)

    def licensed(self, canary: Canary, key: str) -> None:
        self.submit(canary.login, key)
        through(self, key)
        with self.work(canary.login) as work:
            ratings.rate(work, self.case(work, key), 5, canary.word)
            license = wallet.of_case(work, self.case(work, key).number)
        if license:
            page = self.verifier.get(f"/verify/{license.code}")
            assert page.status_code == 200

    def refused(self, canary: Canary, key: str) -> None:
        self.submit(canary.login, key)
        with self.work(canary.login) as work:
            case = self.case(work, key)
            for fact in prefill.facts(case)[:1]:
                raising.about_value(work, case, fact.name, said=canary.word)
        self.accepted(key)
        logins, deciding = reviewers(self, key)
        for login in logins:
            self.agreed(login, key)
        self.rechecked(deciding, key)
        self.does(deciding, key, decisions.refuse, reason=f"经审查，{canary.word}不符合条件")

    def corrected(self, canary: Canary, key: str) -> None:
        self.submit(canary.login, key)
        self.does("clerk", key, acceptance.ask_correction, points=[f"请补正{canary.word}"])

    def withdrawn(self, canary: Canary, key: str) -> None:
        self.submit(canary.login, key)
        with self.work(canary.login) as work:
            intake.withdraw(work, self.case(work, key))

    def drafted(self, canary: Canary, key: str) -> None:
        """It stays as it is."""

    def look(self, canary: Canary, key: str) -> None:
        """They see their own pages and take their data along."""
        browser = self.browser(canary.login)
        for page in (f"/mine/cases/{key}", "/mine/usage", "/mine/messages"):
            assert browser.get(page).status_code == 200, page
        taken = browser.post("/mine/export")
        with zipfile.ZipFile(io.BytesIO(taken.data)) as archive:
            told = b"".join(archive.read(name) for name in archive.namelist())
        assert canary.resident.number.encode() in told  # it is there, for its owner
        self.heard += canary.word.encode() in told

    def browser(self, login: str) -> FlaskClient:
        client = self.app.test_client()
        answer = client.post("/signin", data={"login": login, "secret": seeding.PASSWORD})
        assert answer.status_code == 302, answer.text
        return client


def _account(canary: Canary, secret: str) -> Account:
    one = canary.resident
    person = Person(
        key=directory.new_key(), number_index=one.number, number=one.number, name=one.name,
        phone=one.phone, level=3,
    )  # fmt: skip
    return Account(
        key=directory.new_key(), login=canary.login, secret=secret, roles="citizen", name=one.name,
        person=person,
    )  # fmt: skip


def named(contents: Iterable[tuple[str, bytes]], canaries: Iterable[Canary]) -> list[str]:
    """Which of the *contents* say a mark, in any spelling.

    One pattern for all marks of a kind in one spelling: they begin alike, and what does not begin
    so is passed over quickly.
    """
    patterns = [
        _any_of(words)
        for kind in zip(*(one.marks for one in canaries), strict=True)
        for words in zip(*(spellings(mark) for mark in kind), strict=True)
    ]
    return [
        f"{name}: {hit[0]!r}"
        for name, content in contents for pattern in patterns for hit in [pattern.search(content)] if hit
    ]  # fmt: skip


def _any_of(words: Sequence[bytes]) -> re.Pattern[bytes]:
    start = os.path.commonprefix(words)  # noqa: RUF071 - of letters, not of paths
    rest = b"|".join(re.escape(word[len(start) :]) for word in words)
    return re.compile(re.escape(start) + b"(?:" + rest + b")")


def under(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Every file below *folder*, but for what was handed in and issued, kept there on purpose."""
    for path in folder.rglob("*"):
        if path.is_file() and folder / "files" not in path.parents:
            yield path.name, path.read_bytes()


def rows(hall: Hall) -> Iterator[tuple[str, bytes]]:
    """Every table as the database itself holds it."""
    with hall.database.engine.connect() as connection:
        for table in METADATA.tables:
            values = (
                v for row in connection.execute(text(f'SELECT * FROM "{table}"')) for v in row
            )
            told = (v if isinstance(v, bytes) else str(v).encode() for v in values)
            yield table, b"\n".join(told)


def in_backup(
    hall: Hall, out: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[str, bytes]]:
    """Every file of a backup, but for what was handed in and issued."""
    monkeypatch.setenv("HALL_DATA", str(hall.settings.folder))
    monkeypatch.setenv("HALL_DATABASE_URL", hall.settings.database_url)
    assert keeping.backup(Namespace(out=str(out))) == 0
    with tarfile.open(out) as archive:
        for member in archive.getmembers():
            content = archive.extractfile(member)
            if content and not member.name.startswith("files/"):
                yield member.name, content.read()


def test_the_grep_finds_each_of_them(hall: Hall, app: Flask) -> None:
    canaries = Flock(hall, app).canaries
    for one in (canaries[0], canaries[-1]):
        for mark in one.marks:
            assert all(named([("x", b"a" + word + b"b")], canaries) for word in spellings(mark))
    assert named([("x", b"nobody")], canaries) == []


def test_fifty_people_leave_no_trace_in_plain_words(
    hall: Hall, app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    flock = Flock(hall, app)
    flock.live()
    logged = "".join(capfd.readouterr()).encode()
    contents = [
        ("log", logged), *under(hall.settings.folder), *under(temporary), *rows(hall),
        *in_backup(hall, tmp_path / "backup.tar", monkeypatch),
    ]  # fmt: skip
    seen = {name for name, _ in contents}
    assert flock.heard > NUMBER // 2  # some items ask for no words and no papers
    assert {"log", "case", "registry_call", "checkpoints.jws", "master.key"} <= seen
    assert named(contents, flock.canaries) == []
