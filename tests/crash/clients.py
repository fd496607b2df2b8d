"""Three people and their clerks, over HTTP, who never give up and never invent an answer."""

import re
import secrets
import threading
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random
from urllib.parse import urlsplit

from urllib3 import PoolManager, Timeout
from urllib3.exceptions import HTTPError
from urllib3.filepost import encode_multipart_formdata

from servicehall.city import seeding
from servicehall.cli.visitor import Visitor
from tests.journeys.stage import PDF

ITEM = "12990101000000676R399206700200001"  # housing fund: review, license, payout
SAID = {
    "amount": "20000", "bought_on": "2026-02-01", "account": "6200000000000000",
    "phone": "19900000001",
}  # fmt: skip
MATERIALS = ("payment_proof", "identity", "deed", "marriage")
CLERK, REVIEWER = "clerk", "reviewer-fund"
DUPLICATED = 0.3
DONE = (302, 303)
Sent = tuple[int, str]


class Browser:
    """A signed-in browser that does not follow: it sees the very answer to what it did."""

    def __init__(self, base: str, login: str) -> None:
        visitor = Visitor(base)
        page = visitor.sign_in(login, seeding.PASSWORD)
        assert page.status == 200, (login, page.status, page.text[-500:])
        self.cookies, self.token = visitor.cookies, visitor.token

    def get(self, base: str, path: str) -> tuple[int, str]:
        status, body, _ = self._ask("GET", base + path, None, {})
        return status, body

    def post(self, base: str, path: str, file: bytes = b"", **fields: str) -> Sent:
        parts: dict[str, str | tuple[str, bytes]] = {"csrf_token": self.token, **fields}
        if file:
            parts["file"] = ("凭证.pdf", file)
        body, kind = encode_multipart_formdata(parts)
        status, _, location = self._ask("POST", base + path, body, {"Content-Type": kind})
        return status, location

    def _ask(
        self, method: str, url: str, body: bytes | None, headers: dict[str, str]
    ) -> tuple[int, str, str]:
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        with PoolManager(timeout=Timeout(20), retries=False) as http:
            answer = http.request(
                method, url, body=body, headers={**headers, "Cookie": cookie}, redirect=False
            )
        return (
            answer.status,
            answer.data.decode("utf8", "replace"),
            urlsplit(answer.headers.get("Location", "")).path,
        )


@dataclass
class Record:
    """What the clients were promised, and every answer that nobody should get."""

    acts: Counter[tuple[str, str]] = field(default_factory=Counter)
    odd: list[str] = field(default_factory=list)

    def acknowledged(self, act: str, key: str) -> None:
        self.acts[act, key] += 1


class Client:
    """One applicant with one case at a time; after a crash it does the same step again."""

    def __init__(
        self, citizen: Browser, clerk: Browser, reviewer: Browser, record: Record, chance: Random
    ) -> None:
        self.citizen, self.clerk, self.reviewer = citizen, clerk, reviewer
        self.record, self.chance, self.twice = record, chance, DUPLICATED
        self.done: Callable[[str], None] = lambda act: None
        self.base = ""
        self._next_case()

    def _next_case(self) -> None:
        self.key, self.step, self.unsure, self.todo = "", 0, False, list(MATERIALS[:1])
        self.submit_key = secrets.token_urlsafe(12)

    def run(self, base: str, stop: threading.Event) -> None:
        """Go on until the hall is gone or *stop* is set."""
        self.base = base
        try:
            while not stop.is_set():
                self._one_step()
        except (HTTPError, OSError):
            self.unsure = True  # it may have been done, and it may not

    def _one_step(self) -> None:
        STEPS[self.step](self)

    def _acked(self, act: str, sent: Sent) -> bool:
        """Whether the step is over: answered as done, or refused because it was done before."""
        status = sent[0]
        if status in DONE:
            self.record.acknowledged(act, self.key)
            self.done(act)
        elif not (status == 409 and self.unsure):
            self.record.odd.append(f"{act} {self.key}: {status}")
        self.unsure = False
        return status in (*DONE, 409)

    def begin(self) -> None:
        status, location = self.citizen.post(self.base, f"/items/{ITEM}/begin", agree="yes")
        found = re.fullmatch(r"/cases/([\w-]{22})/preview", location)
        if found is None:
            self.record.odd.append(f"begin: {status} {location}")
            return
        self.key = found.group(1)
        if self._acked("case.begun", (status, location)):
            self.step += 1

    def answer(self) -> None:
        path = f"/cases/{self.key}/sections/withdrawal"
        if self._acked("case.answered", self.citizen.post(self.base, path, **SAID)):
            self.step += 1

    def upload(self) -> None:
        path = f"/cases/{self.key}/materials/{self.todo[0]}"
        if self._acked("case.uploaded", self.citizen.post(self.base, path, PDF, how="upload")):
            self.todo.pop(0)
            self.step += not self.todo

    def submit(self) -> None:
        """Hand in, three times in ten by a double click."""
        path, twice = f"/cases/{self.key}/submit", self.chance.random() < self.twice
        statuses: list[int] = []

        def click() -> None:
            sent = self.citizen.post(self.base, path, declare="yes", submit_key=self.submit_key)
            statuses.append(sent[0])
            if sent[0] in DONE:
                self._acked("case.submitted", sent)

        second = threading.Thread(target=_quietly, args=(click,))
        if twice:
            second.start()
        try:
            click()
        finally:
            if twice:
                second.join()
        if 422 in statuses:  # a registry knows nothing: bring every paper
            self.todo, self.step = list(MATERIALS[1:]), self.step - 1
        elif set(statuses) <= set(DONE):
            self.step += 1
        else:
            self.record.odd.append(f"case.submitted {self.key}: {statuses}")

    def accept(self) -> None:
        self._desk(self.clerk, "accept", "case.accepted")

    def opine(self) -> None:
        self._desk(self.reviewer, "opinion", "case.reviewed", agrees="yes", opinion="同意")

    def grant(self) -> None:
        if self._desk(self.reviewer, "grant", "case.granted"):
            self._next_case()

    def _desk(self, who: Browser, act: str, name: str, **fields: str) -> bool:
        status, page = who.get(self.base, f"/window/cases/{self.key}")
        version = re.search(r'name="version"[^>]*value="(\d+)"', page)
        if version is None and not self.unsure:
            self.record.odd.append(f"{act} {self.key}: the desk page says {status}")
        fields["version"] = version.group(1) if version else "0"
        path = f"/window/cases/{self.key}/{act}"
        over = self._acked(name, who.post(self.base, path, **fields))
        self.step += over
        return over


STEPS: tuple[Callable[[Client], None], ...] = (
    Client.begin, Client.answer, Client.upload, Client.submit,
    Client.accept, Client.opine, Client.grant,
)  # fmt: skip


def _quietly(act: Callable[[], None]) -> None:
    try:
        act()
    except (HTTPError, OSError):
        return
