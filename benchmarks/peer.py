"""The peer: Indico 3.2.9, same stack as ours, in a virtual environment of its own."""

import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from benchmarks.browser import Browser, Wrong
from benchmarks.measuring import Measurement
from benchmarks.processes import Server, free_port, granian
from benchmarks.services import Missing, postgres, redis

SIDE = Path(__file__).resolve().parent / "peer_side"  # run by the peer's Python, not by ours
NAME = "Indico 3.2.9"
# pkg_resources, which Indico's plug-in engine imports, left setuptools in version 81
PACKAGES = ("indico==3.2.9", "setuptools<81", "granian")
SAID = {
    "first_name": "Wang", "last_name": "Model", "affiliation": "Model Hospital",
    "address": "1 Model Road", "country": "CN", "phone": "+8619900000001", "position": "Nurse",
}  # fmt: skip
CONF = """\
SQLALCHEMY_DATABASE_URI = 'postgresql://postgres@/indico?host={socket}'
SECRET_KEY = '{secret}'
BASE_URL = 'http://127.0.0.1:{port}'
CELERY_BROKER = 'redis://127.0.0.1:{redis}/0'
REDIS_CACHE_URL = 'redis://127.0.0.1:{redis}/1'
CACHE_DIR = '{folder}/cache'
TEMP_DIR = '{folder}/tmp'
LOG_DIR = '{folder}/log'
STORAGE_BACKENDS = {{'default': 'fs:{folder}/archive'}}
DEFAULT_TIMEZONE = 'UTC'
NO_REPLY_EMAIL = SUPPORT_EMAIL = PUBLIC_SUPPORT_EMAIL = 'bench@example.com'
SMTP_SERVER = ('127.0.0.1', 9)
SIGNUP_CAPTCHA = False
"""


class Registration:
    """One registration by a guest; ends on the confirmation that shows the name."""

    def __init__(self, base: str, form: dict[str, Any], index: int, *, browsing: bool) -> None:
        self.browser, self.index, self.turn, self.browsing = Browser(base), index, 0, browsing
        self.event = f"/event/{form['event']}/"
        self.path = f"{self.event}registrations/{form['form']}/"
        self.fields: dict[str, str] = form["fields"]

    @property
    def requests(self) -> int:
        return self.browser.requests

    def __call__(self) -> None:
        self.turn += 1
        self.browser.cookies.clear()
        email = f"p{self.index}.{self.turn}.{time.time_ns()}@example.com"
        if self.browsing:
            self.browser.get(self.event)
        token = re.search(rb'id="csrf-token" content="([^"]+)"', self.browser.get(self.path))
        if token is None:
            raise Wrong("the form has no token")
        if self.browsing:  # the page's own script asks this when the address is typed
            self.browser.get(f"{self.path}check-email?email={email}")
        said = {html: (SAID | {"email": email})[name] for name, html in self.fields.items()}
        headers = {"Content-Type": "application/json", "X-CSRF-Token": token.group(1).decode()}
        answer = self.browser.send("POST", self.path, json.dumps(said).encode(), headers)
        if b"Model" not in self.browser.get(json.loads(answer)["redirect"]):
            raise Wrong("the confirmation does not show the registration")


@contextmanager
def opened(folder: Path, kept: Path) -> Iterator[list[Measurement]]:
    """The peer's measurements. Raises Missing with the reason where it cannot be measured."""
    python = _environment(kept / "indico-venv")
    with postgres("indico") as (socket, database), redis(folder) as (redis_port, cache):
        port = free_port()
        environ = _configured(folder, python, socket=socket, port=port, redis=redis_port)
        _asked([str(python.parent / "indico"), "db", "prepare"], environ)
        said = _asked([str(python), "-W", "ignore", str(SIDE / "peer_event.py")], environ)
        form = json.loads(said.strip().splitlines()[-1])
        with granian(
            "peer_app:create_app", folder / "indico.log", python=str(python), factory=True,
            environ=environ, path=f"/event/{form['event']}/", port=port, where=SIDE,
        ) as server:  # fmt: skip
            server.beside |= {"postgresql": database, "redis": cache}
            yield _measurements(server, form)


def _measurements(server: Server, form: dict[str, Any]) -> list[Measurement]:
    return [
        Measurement(
            f"{NAME}: registration as a browser does it", server,
            lambda b, i, n: Registration(b, form, i, browsing=True),
        ),
        Measurement(
            f"{NAME}: registration, fewest requests", server,
            lambda b, i, n: Registration(b, form, i, browsing=False),
        ),
    ]  # fmt: skip


def _environment(place: Path) -> Path:
    """The peer's Python; installed once, by name."""
    python = place / "bin" / "python"
    done = place / ".installed"
    if done.exists() and done.read_text() == "\n".join(PACKAGES):
        return python
    if not (3, 9) <= sys.version_info[:2] <= (3, 11):
        raise Missing(f"{NAME} needs Python 3.9 to 3.11, this is {sys.version.split()[0]}")
    base = getattr(sys, "_base_executable", sys.executable)
    place.parent.mkdir(parents=True, exist_ok=True)
    _asked([base, "-m", "venv", "--clear", "--without-pip", str(place)], {})
    pip = [base, "-m", "pip", "--python", str(python), "install", "--quiet", *PACKAGES]
    _asked([*pip, "--disable-pip-version-check"], {}, timeout=900)
    done.write_text("\n".join(PACKAGES))
    return python


def _configured(folder: Path, python: Path, **values: object) -> dict[str, str]:
    """Its own settings, and the logging it comes with."""
    home = folder / "indico"
    for name in ("cache", "log", "tmp", "archive"):
        (home / name).mkdir(parents=True, exist_ok=True)
    text = CONF.format(folder=home, secret=os.urandom(32).hex(), **values)
    (home / "indico.conf").write_text(text)
    sample = next(python.parents[1].glob("lib/*/site-packages/indico/logging.yaml.sample"))
    shutil.copy(sample, home / "logging.yaml")
    return {"INDICO_CONFIG": str(home / "indico.conf"), "PYTHONPATH": ""}


def _asked(command: list[str], environ: dict[str, str], timeout: float = 300) -> str:
    done = subprocess.run(
        command, capture_output=True, text=True, timeout=timeout, check=False,
        env={**os.environ, **environ}, stdin=subprocess.DEVNULL,
    )  # fmt: skip
    if done.returncode:
        raise Missing(f"{' '.join(command[:4])}: {(done.stderr or done.stdout)[-400:].strip()}")
    return done.stdout
