"""PDF check (PDF 检查): one signature over every byte, and what it covers; parsing only.

Runs in a process of its own (``bounded``): the file may be made to hurt whoever opens it.
"""

import base64
import hashlib
import re
from io import BytesIO
from typing import Any

from pyhanko.pdf_utils.generic import DictionaryObject, StreamObject
from pyhanko.pdf_utils.reader import PdfFileReader

from servicehall.signing.jws import LIMIT

_HEX = re.compile(rb"<(?:[0-9A-Fa-f]{2})+>")
_DATE = re.compile(r"D:(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(?:Z|([+-])(\d\d)'(\d\d)'?)")
Findings = dict[str, Any]


class Refused(Exception):
    """The file is not as the hall makes them: ``unsigned``, ``damaged``, ``changed``, ``foreign``."""


def examine(content: bytes) -> Findings:
    """What a license PDF says: its CMS, the digest it must hold, its date, the attached record.

    ``{"refused": why}`` unless there is exactly one revision and exactly one signature, whose
    ByteRange covers the whole file but the signature itself.
    """
    try:
        return _examined(content)
    except Refused as error:
        return {"refused": str(error)}
    except Exception:  # whatever a parser says of a hostile file, it is not one of ours
        return {"refused": "damaged"}


def _examined(content: bytes) -> Findings:
    reader = PdfFileReader(BytesIO(content), strict=True)
    signature = _only_signature(reader)
    start, end = _whole_file(content, signature)
    if reader.xrefs.total_revisions != 1:
        raise Refused("changed")
    covered = hashlib.sha256(content[:start] + content[end:]).hexdigest()
    written = content[start + 1 : end - 1].decode()
    cms = bytes.fromhex(written)
    if cms.hex().upper() != written:  # one signature has one spelling
        raise Refused("changed")
    if signature.raw_get("/Contents").original_bytes != cms:
        raise Refused("changed")
    return {
        "cms": base64.b64encode(cms).decode(),
        "digest": covered,
        "at": _iso(str(signature["/M"])),
        "jws": _attached(reader).decode("ascii"),
    }


def _only_signature(reader: PdfFileReader) -> DictionaryObject:
    """The value of the one signature field, which certifies the document (DocMDP)."""
    root = reader.root
    listed = root["/AcroForm"]["/Fields"] if "/AcroForm" in root else []
    fields = [listed[number] for number in range(len(listed))]
    if not any(field.get("/FT") == "/Sig" and "/V" in field for field in fields):
        raise Refused("unsigned")
    if len(fields) != 1 or "/Kids" in fields[0]:
        raise Refused("foreign")
    value: DictionaryObject = fields[0]["/V"]
    certified = root["/Perms"].raw_get("/DocMDP") == fields[0].raw_get("/V")
    if not certified or value["/SubFilter"] != "/ETSI.CAdES.detached":
        raise Refused("foreign")
    return value


def _whole_file(content: bytes, signature: DictionaryObject) -> tuple[int, int]:
    """Where the gap of the ByteRange begins and ends: it holds the signature and nothing else."""
    zero, start, end, rest = (int(number) for number in signature["/ByteRange"])
    if zero != 0 or not 0 < start < end or rest < 0 or end + rest != len(content):
        raise Refused("changed")
    if not _HEX.fullmatch(content[start:end]):
        raise Refused("changed")
    return start, end


def _attached(reader: PdfFileReader) -> bytes:
    """The one attachment, ``license.json``."""
    names = reader.root["/Names"]["/EmbeddedFiles"]["/Names"]
    if len(names) != 2 or str(names[0]) != "license.json":
        raise Refused("foreign")
    stream = names[1]["/EF"]["/F"]
    if not isinstance(stream, StreamObject) or len(stream.encoded_data) > LIMIT:
        raise Refused("foreign")
    return stream.data


def _iso(text: str) -> str:
    """A PDF date (ISO 32000-1 7.9.4) as ISO 8601."""
    found = _DATE.fullmatch(text)
    if not found:
        raise Refused("damaged")
    year, month, day, hour, minute, second, sign, hours, minutes = found.groups()
    zone = f"{sign}{hours}:{minutes}" if sign else "+00:00"
    return f"{year}-{month}-{day}T{hour}:{minute}:{second}{zone}"
