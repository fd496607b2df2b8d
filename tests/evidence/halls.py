"""A hall whose cases have asked registries, and whose clock the tests move."""

import base64
import json

import pytest
import rfc8785

from servicehall.cli import serving
from servicehall.evidence import dossier
from tests.cases.halls import NURSE, Scene, hall, stage

__all__ = ["case", "hall", "stage"]


@pytest.fixture(scope="module")
def case(stage: Scene) -> str:
    """wang's draft, its look-ups stamped."""
    key = stage.begin("wang", NURSE)
    stamp(stage)
    return key


def stamp(stage: Scene) -> None:
    """A minute later the worker makes its round."""
    with stage.later(seconds=61):
        serving.one_round(stage.hall)


def taken(stage: Scene, key: str) -> bytes:
    """The evidence file of wang's case."""
    with stage.work("wang") as work:
        return dossier.of_matter(work, key)


def parts(content: bytes) -> dict:
    return json.loads(content)


def whole(told: dict) -> bytes:
    return rfc8785.dumps(told)


def plain(text: str) -> bytes:
    return base64.b64decode(text)


def packed(content: bytes) -> str:
    return base64.b64encode(content).decode()
