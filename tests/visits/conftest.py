"""One hall for each module."""

from tests.cases.halls import app, hall, sign_in, stage

__all__ = ["app", "hall", "sign_in", "stage"]
