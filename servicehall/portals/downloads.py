"""Downloads (下载): a kept file as an attachment that no browser runs."""

from urllib.parse import quote

from flask import Response


def attachment(content: bytes, kind: str, name: str) -> Response:
    """*content* to be saved as *name*, in any script (RFC 6266, RFC 8187)."""
    plain = "".join(c if c.isascii() and c.isprintable() and c not in '"\\' else "_" for c in name)
    response = Response(content, content_type=kind)
    response.headers["Content-Disposition"] = (
        f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
    )
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response
