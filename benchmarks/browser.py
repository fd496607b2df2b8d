"""A browser without scripts: cookies, forms, keep-alive; the same for every server measured."""

from typing import Any
from urllib.parse import urlencode, urlsplit

from urllib3 import HTTPConnectionPool, Timeout
from urllib3.filepost import encode_multipart_formdata


class Wrong(Exception):
    """An answer that is not the one expected; the text says which."""


class Browser:
    """One client of 127.0.0.1; counts its requests."""

    def __init__(self, base: str) -> None:
        at = urlsplit(base)
        if at.hostname != "127.0.0.1" or at.port is None:
            raise ValueError("only this machine is measured")
        self.pool = HTTPConnectionPool(at.hostname, at.port, timeout=Timeout(60), retries=False)
        self.cookies: dict[str, str] = {}
        self.requests = 0
        self.location = ""
        self.headers: list[tuple[str, str]] = []

    def get(self, path: str, expect: int = 200) -> bytes:
        return self.send("GET", path, expect=expect)

    def form(self, path: str, expect: int = 303, **fields: str) -> bytes:
        """POST as application/x-www-form-urlencoded."""
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        return self.send("POST", path, urlencode(fields).encode(), kind, expect)

    def multipart(self, path: str, expect: int = 303, **fields: Any) -> bytes:
        body, kind = encode_multipart_formdata(fields)
        return self.send("POST", path, body, {"Content-Type": kind}, expect)

    def send(
        self, method: str, path: str, body: bytes | None = None,
        headers: dict[str, str] | None = None, expect: int = 200,
    ) -> bytes:  # fmt: skip
        """One request; redirects are not followed, ``location`` holds the path of one,
        ``headers`` what the answer said."""
        given = dict(headers or {})
        if self.cookies:
            given["Cookie"] = "; ".join(f"{k}={v}" for k, v in self.cookies.items())
        answer = self.pool.request(method, path, body=body, headers=given, redirect=False)
        self.requests += 1
        self.headers = list(answer.headers.items())
        for line in answer.headers.getlist("Set-Cookie"):
            name, _, value = line.split(";", 1)[0].partition("=")
            self.cookies[name] = value
        at = urlsplit(answer.headers.get("Location", ""))
        self.location = at.path + (f"?{at.query}" if at.query else "")
        redirected = expect == 303 and answer.status in (301, 302, 303)
        if answer.status != expect and not redirected:
            told = answer.data.decode("utf8", "replace")[-300:]
            raise Wrong(f"{method} {path} answered {answer.status}, not {expect}: {told}")
        return bytes(answer.data)
