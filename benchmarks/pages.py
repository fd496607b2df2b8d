"""Pages: what a browser finds in the pages of the hall."""

import re

from benchmarks.browser import Wrong

_HIDDEN = r'name="%s"[^>]*value="([^"]+)"'
_CASE = re.compile(r"/cases/([\w-]{22})/preview")
_NUMBER = re.compile(rb"\b990101\d{8}1\d{7}[0-9A-Z]\b")


def token(page: bytes) -> str:
    """The CSRF token of a page with a form; empty where there is none."""
    found = re.search((_HIDDEN % "csrf_token").encode(), page)
    return found.group(1).decode() if found else ""


def submit_key(page: bytes) -> str:
    """The key of one submission, from the page of answers. Raises Wrong."""
    found = re.search((_HIDDEN % "submit_key").encode(), page)
    if found is None:
        raise Wrong("the page of answers has no submit key")
    return found.group(1).decode()


def case_of(path: str) -> str:
    """The key of the case whose preview is at *path*. Raises Wrong."""
    found = _CASE.fullmatch(path)
    if found is None:
        raise Wrong(f"the case did not open: {path}")
    return found.group(1)


def has_number(page: bytes) -> bool:
    """Whether the page names a case number."""
    return _NUMBER.search(page) is not None
