"""The mint (口令印制): short tokens that carry their own end and cannot be made elsewhere."""

import hmac
import secrets
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from servicehall.kernel.errors import Invalid
from servicehall.kernel.words import N_

MARK = 15  # bytes of the HMAC that travel: 120 bits
_HEAD = 8  # bytes: when it ends (seconds), and four at random


class Mint:
    """Tokens ``[4 B end | 4 B random | content | 15 B HMAC-SHA-256]`` under one key.

    *use* says what a token is for and is bound in: one made for another use is none.
    """

    def __init__(self, key: bytes) -> None:
        self._key = key

    def made(self, use: str, content: bytes, *, now: datetime, lasts: timedelta) -> bytes:
        """A token for *use* that ends at *now* + *lasts*."""
        ends = int((now + lasts).timestamp())
        body = ends.to_bytes(4) + secrets.token_bytes(4) + content
        return body + self._mark(use, body)

    def opened(self, use: str, token: bytes, *, now: datetime) -> bytes:
        """The content of *token*. Raises Invalid unless it was made here for *use* and lasts."""
        body, mark = token[:-MARK], token[-MARK:]
        if len(body) < _HEAD or not hmac.compare_digest(mark, self._mark(use, body)):
            raise Invalid(N_("这个码不是本大厅给出的，或已被改动"))
        if now > datetime.fromtimestamp(int.from_bytes(body[:4]), UTC):
            raise Invalid(N_("这个码已经过期，请对方刷新后再出示"))
        return body[_HEAD:]

    def _mark(self, use: str, body: bytes) -> bytes:
        return hmac.digest(self._key, use.encode() + b"\0" + body, sha256)[:MARK]
