"""Indico's own application, with one change that makes it faster: no name server is asked.

Indico looks up the domain of every e-mail address in DNS; a benchmark talks to this machine only.
"""

from typing import Any

import email_validator
from flask import Flask
from indico.web.flask.app import make_app


def create_app() -> Flask:
    email_validator.validate_email_deliverability = _unasked
    return make_app()


def _unasked(*_: Any, **__: Any) -> dict[str, str]:
    """What the library itself says when the name server does not answer."""
    return {"unknown-deliverability": "timeout"}
