"""A visitor (访问者): walks the hall over HTTP as a browser without scripts would."""

import re
from dataclasses import dataclass, field
from html import unescape
from typing import Any
from urllib.parse import urljoin, urlsplit

from urllib3 import PoolManager, Timeout
from urllib3.filepost import encode_multipart_formdata

_TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')
_HIDDEN = re.compile(r'<input[^>]*type="hidden"[^>]*name="([a-z_]+)"[^>]*value="([^"]*)"')


@dataclass
class Page:
    """An answer: where it came from, its status and its body."""

    url: str
    status: int
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode("utf8", "replace")

    def hidden(self, name: str) -> str:
        """The value of a hidden input; empty where there is none."""
        found = dict(_HIDDEN.findall(self.text))
        return unescape(found.get(name, ""))


@dataclass
class Visitor:
    """One browser: keeps cookies, follows redirects, sends back the token of the page it saw."""

    base: str
    cookies: dict[str, str] = field(default_factory=dict)
    token: str = ""
    http: PoolManager = field(
        default_factory=lambda: PoolManager(timeout=Timeout(30), retries=False)
    )

    def get(self, path: str) -> Page:
        """GET *path*, redirects followed."""
        return self._follow("GET", path, None, {})

    def post(
        self, path: str, files: dict[str, tuple[str, bytes]] | None = None, **fields: str
    ) -> Page:
        """POST a form with the last token seen; *files* are name → (file name, content)."""
        parts: dict[str, Any] = {"csrf_token": self.token, **fields, **(files or {})}
        body, kind = encode_multipart_formdata(parts)
        return self._follow("POST", path, body, {"Content-Type": kind})

    def sign_in(self, login: str, secret: str) -> Page:
        """Sign in through the form."""
        self.get("/signin")
        return self.post("/signin", login=login, secret=secret)

    def _follow(self, method: str, path: str, body: bytes | None, headers: dict[str, str]) -> Page:
        url = urljoin(self.base, path)
        for _ in range(8):
            response = self.http.request(
                method, url, body=body, headers={**headers, **self._sent()}, redirect=False
            )
            self._keep(response.headers.getlist("Set-Cookie"))
            if response.status not in (301, 302, 303):
                break
            url = urljoin(url, response.headers["Location"])
            method, body, headers = "GET", None, {}
        page = Page(urlsplit(url).path, response.status, response.data)
        if token := _TOKEN.search(page.text):
            self.token = unescape(token.group(1))
        return page

    def _sent(self) -> dict[str, str]:
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        return {"Cookie": cookies} if cookies else {}

    def _keep(self, lines: list[str]) -> None:
        for line in lines:
            name, _, value = line.split(";", 1)[0].partition("=")
            self.cookies[name] = value
