"""``app.py``: a WSGI module when imported, a way in for a bare Python when run."""

import hashlib
import importlib
import sys
from pathlib import Path

import pytest


def test_imported_it_is_a_wsgi_application(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HALL_DATA", str(tmp_path / "data"))
    monkeypatch.delenv("HALL_DATABASE_URL", raising=False)
    module = importlib.import_module("app")
    answer = module.app.test_client().get("/healthz")
    assert answer.json == {"status": "ok"}
    module.app.extensions["hall"].close()


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
