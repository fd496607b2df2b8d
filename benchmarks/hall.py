"""Ours (大厅): the real application on granian, on a prepared state folder of its own."""

import contextlib
import io
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from urllib.parse import quote, urljoin, urlsplit

from urllib3 import PoolManager

from benchmarks import citizens
from benchmarks.applicant import ITEM, Application, SignIn, Submission, VerifyCode, VerifyFile
from benchmarks.citizens import Session
from benchmarks.limits import Get
from benchmarks.load import Script
from benchmarks.measuring import Measurement
from benchmarks.processes import Server, free_port, granian, running, wait
from servicehall.city import seeding
from servicehall.cli import journey
from servicehall.cli.visitor import Visitor

HOME = Path(__file__).resolve().parents[1]
MAIN = [sys.executable, "-m", "servicehall.cli.main"]
WORDS = ("护士", "身份证", "公积金", "食品经营许可", "居住证", "社会保险", "高龄津贴", "营业执照")
APPLICANTS = 4  # people of each client who apply one after another
DRAFTS = 24  # prepared by each client, each for another person, before submissions are measured
MOST_CLIENTS = 4
STARTS = 3


@dataclass
class Facts:
    """What is measured once, outside the rounds."""

    second_start_seconds: float
    home_bytes: int
    home_requests: int


@contextmanager
def opened(folder: Path) -> Iterator[tuple[Server, Facts, list[Session]]]:
    """The hall and the citizens signed in to it; its worker beside it as ``servicehall serve`` has it."""
    port = free_port()
    environ = {"HALL_DATA": str(folder / "hall"), "HALL_PORT": str(port), "HALL_MODE": "demo"}
    log = folder / "hall.log"
    with log.open("ab") as out:
        subprocess.run(
            [*MAIN, "init"], check=True, cwd=HOME, env={**os.environ, **environ}, stdout=out,
            stderr=out, timeout=300,
        )  # fmt: skip
    logins = citizens.seed(folder / "hall", MOST_CLIENTS * (APPLICANTS + DRAFTS))
    start = median(_second_start(log, environ, port) for _ in range(STARTS))
    hall = granian(
        "servicehall.cli.serving:application", log, path="/readyz", environ=environ, factory=True,
        port=port, where=HOME,
    )  # fmt: skip
    with hall as server, running([*MAIN, "worker"], log, environ, HOME) as worker:
        server.beside["worker"] = worker
        facts = Facts(start, *_transferred(server.base))
        yield server, facts, citizens.sign_in(server.base, logins)


def _second_start(log: Path, environ: dict[str, str], port: int) -> float:
    """Seconds from the command to the first ready answer, on a folder prepared before."""
    start = time.monotonic()
    with running([*MAIN, "serve"], log, environ, HOME) as pid:
        wait(port, "/readyz", pid, log)
        return time.monotonic() - start


def _transferred(base: str) -> tuple[int, int]:
    """Bytes on the wire, and requests, for the home page with all that it links (no cache)."""
    todo, seen, total = [base + "/"], set[str](), 0
    with PoolManager() as http:
        while todo:
            url = todo.pop()
            if url in seen or urlsplit(url).netloc != urlsplit(base).netloc:
                continue
            seen.add(url)
            answer = http.request(
                "GET", url, headers={"Accept-Encoding": "gzip"}, preload_content=False
            )
            body = answer.read(decode_content=False)
            total += len(body)
            kind = answer.headers.get("Content-Type", "")
            if "html" in kind or "css" in kind:
                todo += [urljoin(url, link) for link in _links(body.decode("utf8", "replace"))]
    return total, len(seen)


def _links(text: str) -> list[str]:
    """Style sheets, scripts, pictures and fonts; not the pages that can be clicked to."""
    tags = re.findall(r'<link[^>]+rel="(?:stylesheet|icon)"[^>]*>|<(?:script|img)[^>]+>', text)
    found = [m.group(1) for tag in tags if (m := re.search(r'(?:href|src)="([^"]+)"', tag))]
    return found + re.findall(r"""url\(["']?([^"')]+?\.(?:woff2?|png|svg))["']?\)""", text)


def license_of(base: str, folder: Path) -> tuple[str, bytes]:
    """Code and PDF of a license issued by walking the whole journey once."""
    with contextlib.redirect_stdout(io.StringIO()):
        path = journey.walk(base, folder)
    citizen = Visitor(base)
    citizen.sign_in("wang", seeding.PASSWORD)
    code = re.search(r'href="/mine/licenses/([0-9A-Z]{12})"', citizen.get("/mine/licenses").text)
    if code is None:
        raise RuntimeError("the journey left no license")
    return code.group(1), path.read_bytes()


def measurements(server: Server, folder: Path, sessions: Sequence[Session]) -> list[Measurement]:
    """Everything that is measured of the hall."""
    code, pdf = license_of(server.base, folder)
    split = MOST_CLIENTS * APPLICANTS
    applicants, drafters = sessions[:split], sessions[split:]
    searches = [f"/items?q={quote(word)}" for word in WORDS]

    def one(name: str, script: Script) -> Measurement:
        return Measurement(f"hall: {name}", server, script)

    submit = one("submit alone", lambda b, i, n: Submission(b, drafters[i::MOST_CLIENTS]))
    submit.most, submit.seconds = DRAFTS, 60.0  # until every draft is in

    return [
        one("home", lambda b, i, n: Get(b, "/")),
        one("search, 8 words in turn", lambda b, i, n: Get(b, *searches)),
        one("guide", lambda b, i, n: Get(b, f"/items/{ITEM}")),
        one("sign in (argon2)", lambda b, i, n: SignIn(b)),
        submit,
        one("whole application", lambda b, i, n: Application(b, applicants[i::MOST_CLIENTS])),
        one("verify by code", lambda b, i, n: VerifyCode(b, code)),
        one("verify by PDF", lambda b, i, n: VerifyFile(b, pdf)),
    ]
