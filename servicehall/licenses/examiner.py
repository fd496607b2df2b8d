"""Examiner (文件检查进程): reads one file from standard input, answers in JSON, and ends.

``python -m servicehall.licenses.examiner``: started by ``bounded``, limited before it reads.
"""

import json
import resource
import sys
from typing import Any

from servicehall.licenses import pdfcheck, qrcheck

SECONDS, BYTES = 5, 1 << 30


def answer(content: bytes) -> dict[str, Any]:
    """What a PDF or a picture says; nothing in it is believed yet."""
    if content.startswith(b"%PDF-"):
        return {"pdf": pdfcheck.examine(content)}
    return {"codes": qrcheck.read(content)}


def main() -> None:
    """Processor time and memory are limited, and no file can be written."""
    for kind, limit in (
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_AS, BYTES),
        (resource.RLIMIT_FSIZE, 0),
    ):
        _, most = resource.getrlimit(kind)
        resource.setrlimit(kind, (limit, most))
    content = sys.stdin.buffer.read()
    sys.stdout.write(json.dumps(answer(content)))


if __name__ == "__main__":
    main()
