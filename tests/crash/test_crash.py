"""Nothing acknowledged is lost, nothing is done twice, nothing stays stuck: after every kill."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.builders import NOON
from tests.conftest import Prepared, on_server, settings_for
from tests.crash.defects import DEFECTS
from tests.crash.server import Ahead, Job
from tests.crash.siege import Parent, parent, siege

KILLS = 12  # the long siege is a command of its own
# Where the defect shows: the hall dies by itself, or is killed when this act is acknowledged.
AT = {
    "answers before the commit": "case.submitted",
    "signs before the intent": "case.granted",
    "numbers each click": "case.accepted",
    "takes numbers outside": "case.submitted",
    "forgets an act": "case.accepted",
    "closes without the license": "case.granted",
    "skips a license number": "case.granted",
}
NAMED = {
    "answers before the commit": "case.submitted",
    "signs before the intent": "belongs to no license",
    "numbers each click": "numbers were given out",
    "takes numbers outside": "numbers were given out",
    "forgets an act": "case.accepted",
    "closes without the license": "without its license",
    "skips a license number": "numbers were given out",
}


@pytest.fixture(scope="module")
def nest() -> Iterator[Parent]:
    with parent() as made:
        yield made


@pytest.fixture
def job(prepared: Prepared, tmp_path: Path) -> Iterator[Job]:
    """A hall of the test's own, which only the forked children open."""
    own = "hall_besieged"
    shutil.copytree(prepared.folder, tmp_path / "data")
    on_server(f"CREATE DATABASE {own} TEMPLATE {prepared.database}")
    settings = settings_for(tmp_path / "data", own)
    yield Job(settings.data, settings.database_url, Ahead.to(NOON))
    on_server(f"DROP DATABASE {own} WITH (FORCE)")


def test_nothing_promised_is_lost_or_doubled(nest: Parent, job: Job) -> None:
    result = siege(nest, job, kills=KILLS, seed=2026, every=KILLS)
    assert result.clean, str(result)
    assert result.kills == KILLS
    assert result.record.acts.total() > KILLS


@pytest.mark.parametrize("act", ["case.submitted", "case.granted"])
def test_a_promise_survives_the_very_moment_it_is_made(nest: Parent, job: Job, act: str) -> None:
    result = siege(nest, job, kills=2, seed=7, at=act, every=2)
    assert result.clean, str(result)


@pytest.mark.parametrize("defect", DEFECTS)
def test_the_siege_finds_each_planted_defect(nest: Parent, job: Job, defect: str) -> None:
    planted = Job(job.folder, job.database_url, job.ahead, defect)
    result = siege(nest, planted, kills=1, seed=11, at=AT[defect], twice=1.0)
    said = str(result.verdict)
    assert NAMED[defect] in said, str(result)
