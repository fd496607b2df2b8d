"""Stamper over HTTP: a timestamp authority elsewhere, asked as RFC 3161 3.4 says (可信时间戳服务)."""

import secrets
import ssl
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from urllib.parse import unquote, urlsplit

from asn1crypto import tsp

from servicehall.kernel.errors import Invalid, Unavailable
from servicehall.kernel.words import N_
from servicehall.signing import timestamps

SECONDS, MOST_BYTES = 10.0, 64 * 1024
QUERY, REPLY = "application/timestamp-query", "application/timestamp-reply"


class RemoteAuthority:
    """Asks the authority at ``https://host/path``; its tokens are believed under *roots*.

    Its certificate has P-256, comes from one of the roots itself and names it as ours do
    (``signing.certificates``). A token is checked before it is kept: it must hold, be over our
    digest and carry our nonce. Raises ValueError for a URL that is none of that form.
    """

    def __init__(self, url: str, roots: tuple[bytes, ...]) -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ValueError("the timestamp URL must be https://host/path")
        self._host, self._port = parts.hostname, parts.port
        self._path = unquote(parts.path) or "/"
        self._tls = ssl.create_default_context() if parts.scheme == "https" else None
        self._roots = roots

    def anchors(self) -> tuple[bytes, ...]:
        return self._roots

    def stamp(self, digest: bytes) -> bytes:
        nonce = secrets.randbits(63) | 1 << 62
        imprint = {"hash_algorithm": {"algorithm": "sha256"}, "hashed_message": digest}
        query = tsp.TimeStampReq(
            {"version": "v1", "message_imprint": imprint, "nonce": nonce, "cert_req": True}
        )
        try:
            token = _token(self._asked(query.dump()), nonce)
            timestamps.verified(token, digest, self._roots)
        except (OSError, HTTPException, ValueError, TypeError, KeyError, Invalid) as error:
            raise Unavailable(N_("时间戳服务暂时没有应答，稍后会再试")) from error
        return token

    def _asked(self, query: bytes) -> bytes:
        """What the authority replies to *query*."""
        made = (
            HTTPConnection(self._host, self._port, timeout=SECONDS)
            if self._tls is None
            else HTTPSConnection(self._host, self._port, timeout=SECONDS, context=self._tls)
        )
        try:
            made.request("POST", self._path, query, {"Content-Type": QUERY, "Accept": REPLY})
            reply = made.getresponse()
            content = reply.read(MOST_BYTES)
            if reply.status != 200 or reply.headers.get_content_type() != REPLY:
                raise ValueError(f"the authority answered {reply.status}")
            return content
        finally:
            made.close()


def _token(reply: bytes, nonce: int) -> bytes:
    """The token that *reply* grants. Raises ValueError where it grants none, or another's."""
    told = tsp.TimeStampResp.load(reply, strict=True)
    if told["status"]["status"].native not in ("granted", "granted_with_mods"):
        raise ValueError("the authority refused")
    token = told["time_stamp_token"]
    if token["content"]["encap_content_info"]["content"].parsed["nonce"].native != nonce:
        raise ValueError("the token is to another question")
    return bytes(token.dump())
