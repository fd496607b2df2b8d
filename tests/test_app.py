"""``app.py``: a WSGI module when imported, a way in for a bare Python when run."""

import hashlib
import importlib
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest


@pytest.fixture
def module(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    """``app`` imported afresh, its hall in a folder of the test's own."""
    monkeypatch.setenv("HALL_DATA", str(tmp_path / "data"))
    monkeypatch.delitem(sys.modules, "app", raising=False)
    imported = importlib.import_module("app")
    yield imported
    imported.app.extensions["hall"].close()


def test_imported_it_is_a_wsgi_application(module: ModuleType) -> None:
    answer = module.app.test_client().get("/healthz")
    assert answer.json == {"status": "ok"}


def test_an_installed_lock_is_not_installed_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    module = importlib.import_module("app")
    monkeypatch.setattr(module, "VENV", tmp_path)
    monkeypatch.setattr(module, "PYTHON", Path(sys.executable))
    lock = tmp_path / "some" / "requirements.lock"
    lock.parent.mkdir()
    lock.write_text("")
    (tmp_path / ".some-requirements.lock").write_text(hashlib.sha256(b"").hexdigest())
    module.install(lock)
