"""Refusals (拒绝办理的原因): the only exceptions a portal translates into a page."""

from typing import Any


class HallError(Exception):
    """A refusal the person at the portal may read.

    ``message`` is a Chinese sentence marked with ``N_`` with ``%(name)s`` places that ``params``
    fill after translation; ``field`` names the input it belongs to, if any.
    """

    def __init__(self, message: str = "", *, field: str = "", **params: Any) -> None:
        super().__init__(message % params if params else message)
        self.message, self.field, self.params = message, field, params


class NotFound(HallError):
    """What was asked for is not here, or is not yours: the two look alike (404)."""


class Forbidden(HallError):
    """This actor may not do this (403)."""


class Conflict(HallError):
    """The matter has moved on; what was asked is no longer possible (409)."""


class Invalid(HallError):
    """What was said does not hold; ``field`` says where (422)."""


class TooMany(HallError):
    """Too many tries; ``retry_after`` is in seconds (429)."""

    def __init__(self, message: str, *, retry_after: int, **params: Any) -> None:
        super().__init__(message, **params)
        self.retry_after = retry_after


class Unavailable(HallError):
    """An engine does not answer; nothing was half done; ``retry_after`` is in seconds (503)."""

    retry_after = 30


class StorageFull(Unavailable):
    """No room is left to keep what was sent; nothing was kept (507)."""
