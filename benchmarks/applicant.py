"""An applicant (申请人): the requests of a browser from the guide to the receipt."""

import json
from collections.abc import Sequence

from benchmarks import pages
from benchmarks.browser import Browser, Wrong
from benchmarks.citizens import Session
from servicehall.city import seeding
from servicehall.cli.journey import picture

ITEM = "119901010000002388499012300200001"  # nurse registration: four registries, one upload
SAID = {"institution": "示范区人民医院", "phone": "19900000001", "delivery": "electronic"}


class Citizen:
    """A browser that sends back the token of the last page; one signed-in person after another."""

    def __init__(self, base: str, sessions: Sequence[Session] = ()) -> None:
        self.browser, self.sessions = Browser(base), sessions
        self.token, self.at, self.turn = "", "", 0

    @property
    def requests(self) -> int:
        return self.browser.requests

    def next_person(self) -> None:
        session = self.sessions[self.turn % len(self.sessions)]
        self.browser.cookies = dict(session.cookies)
        self.turn += 1

    def get(self, path: str) -> bytes:
        body = self.browser.get(path)
        self.token = pages.token(body) or self.token
        return body

    def post(self, path: str, follow: bool = True, **fields: object) -> bytes:
        """POST a form; the page behind the redirect is fetched as a browser would."""
        self.browser.multipart(path, csrf_token=self.token, **fields)
        self.at = self.browser.location
        return self.get(self.at) if follow else b""


class SignIn(Citizen):
    """The page and the form: one argon2id verification."""

    def __call__(self) -> None:
        self.browser.cookies.clear()
        self.get("/signin")
        self.post("/signin", follow=False, login="wang", secret=seeding.PASSWORD)


class Application(Citizen):
    """One whole online application; ends with a case number on the receipt."""

    def __init__(self, base: str, sessions: Sequence[Session]) -> None:
        super().__init__(base, sessions)
        self.picture = picture()

    def __call__(self) -> None:
        path, fields = self.draft()
        if not pages.has_number(self.post(path, **fields)):
            raise Wrong("the receipt has no case number")

    def draft(self) -> tuple[str, dict[str, str]]:
        """From the guide up to the page of answers; where and what to submit."""
        self.next_person()
        self.get(f"/items/{ITEM}")
        self.get(f"/items/{ITEM}/apply")
        self.post(f"/items/{ITEM}/begin", agree="yes")  # leads to the preview of what was fetched
        case = f"/cases/{pages.case_of(self.at)}"
        self.post(f"{case}/preview")  # leads to the tasks
        self.get(f"{case}/sections/practice")
        self.post(f"{case}/sections/practice", **SAID)
        self.get(f"{case}/materials/health_report")
        self.post(f"{case}/materials/health_report", file=("体检报告.png", self.picture))
        key = pages.submit_key(self.get(f"{case}/check"))
        return f"{case}/submit", {"declare": "yes", "submit_key": key}


class Submission(Application):
    """The submit request alone, each on a draft of another person prepared before."""

    def __init__(self, base: str, sessions: Sequence[Session]) -> None:
        super().__init__(base, sessions)
        self.drafts = [self._prepared() for _ in sessions]

    def __call__(self) -> None:
        path, fields, self.token, self.browser.cookies = self.drafts.pop()
        self.post(path, follow=False, **fields)
        if not self.at.endswith("/receipt"):
            raise Wrong(f"the submission led to {self.at}")

    def _prepared(self) -> tuple[str, dict[str, str], str, dict[str, str]]:
        path, fields = self.draft()
        return path, fields, self.token, dict(self.browser.cookies)


class VerifyCode:
    """A department asks by code."""

    def __init__(self, base: str, code: str) -> None:
        self.browser, self.code = Browser(base), code

    @property
    def requests(self) -> int:
        return self.browser.requests

    def __call__(self) -> None:
        _valid(self.browser.multipart("/api/v1/licenses/verify", 200, code=self.code))


class VerifyFile(VerifyCode):
    """A department drops the PDF."""

    def __init__(self, base: str, pdf: bytes) -> None:
        super().__init__(base, "")
        self.pdf = pdf

    def __call__(self) -> None:
        file = ("license.pdf", self.pdf)
        _valid(self.browser.multipart("/api/v1/licenses/verify", 200, file=file))


def _valid(body: bytes) -> None:
    if (result := json.loads(body)["result"]) != "valid":
        raise Wrong(f"the license is {result}")
