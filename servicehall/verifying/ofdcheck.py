"""OFD check (OFD 检查): one seal over the digest of every file of the package; parsing only.

Runs in a process of its own (``bounded``), as the PDF check does. Only the one form that the hall
writes is read: nothing is interpreted that could be written in two ways.
"""

import base64
import io
import re
import zipfile
from typing import Any

from servicehall.showing.ofdlayout import ATTACHED, LIST, SIGNATURE, VALUE
from servicehall.signing import libcrypto
from servicehall.signing.eseal import DIGEST
from servicehall.signing.jws import LIMIT

MOST, LARGEST = 40, 30 * 1024 * 1024  # files, and bytes of all of them
_REFERENCE = re.compile(
    r'<ofd:Reference FileRef="/([^"<>]+)"><ofd:CheckValue>([A-Za-z0-9+/=]+)</ofd:CheckValue>'
)


class _Refused(Exception):
    """The package is not as the hall makes them: ``unsigned``, ``damaged``, ``changed``, ``foreign``."""


def examine(content: bytes) -> dict[str, Any]:
    """``{"refused": why}``, or the list of digests (base64), the seal over it and the record."""
    try:
        return _examined(content)
    except _Refused as error:
        return {"refused": str(error)}
    except Exception:  # whatever a reader says of a hostile file, it is not one of ours
        return {"refused": "damaged"}


def _examined(content: bytes) -> dict[str, Any]:
    files = _files(content)
    if SIGNATURE not in files or VALUE not in files or LIST not in files:
        raise _Refused("unsigned")
    signature = files[SIGNATURE]
    _covered(files, signature.decode())
    record = files.get(ATTACHED)
    if record is None or len(record) > LIMIT:
        raise _Refused("foreign")
    return {
        "list": base64.b64encode(signature).decode(),
        "seal": base64.b64encode(files[VALUE]).decode(),
        "jws": record.decode("ascii"),
    }


def _files(content: bytes) -> dict[str, bytes]:
    """Every file of the package, each name once; nothing before, between or after them."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        entries = package.infolist()
        names = {one.filename for one in entries}
        if len(entries) > MOST or sum(one.file_size for one in entries) > LARGEST:
            raise _Refused("foreign")
        held = sum(30 + len(one.filename) + one.compress_size for one in entries)
        listed = sum(46 + len(one.filename) for one in entries)
        if len(names) != len(entries) or held + listed + 22 != len(content):
            raise _Refused("changed")
        return {one.filename: package.read(one) for one in entries}


def _covered(files: dict[str, bytes], signature: str) -> None:
    """Every file but the list itself and the seal over it stands in the list, with its digest."""
    if f'<ofd:References CheckMethod="{DIGEST}">' not in signature:
        raise _Refused("foreign")
    listed = dict(_REFERENCE.findall(signature))
    if signature.count("<ofd:Reference ") != len(listed):
        raise _Refused("changed")
    if listed.keys() != files.keys() - {SIGNATURE, VALUE}:
        raise _Refused("changed")
    for name, digest in listed.items():
        if base64.b64encode(libcrypto.sm3(files[name])).decode() != digest:
            raise _Refused("changed")
