"""Examiner (文件检查进程): a process of its own reads each file, answers in JSON, and ends.

``python -m servicehall.verifying.examiner``: started by ``bounded`` with a socket as standard input.
The libraries are loaded once; every file is read by a fork that is limited before it reads.
"""

import gc
import json
import os
import resource
import signal
import socket
import sys
from typing import Any

from servicehall.verifying import bounded, ofdcheck, pdfcheck, qrcheck

SECONDS, BYTES = 5, 1 << 30  # of processor time and of memory
_CHUNK = 1 << 16


def answer(content: bytes) -> dict[str, Any]:
    """What a PDF, an OFD file or a picture says; nothing in it is believed yet."""
    if content.startswith(b"%PDF-"):
        return {"pdf": pdfcheck.examine(content)}
    if content.startswith(b"PK\x03\x04"):
        return {"ofd": ofdcheck.examine(content)}
    return {"codes": qrcheck.read(content)}


def main() -> None:
    """Fork for every connection that comes through the socket on standard input, until it closes."""
    signal.signal(signal.SIGCHLD, _bury)
    gc.freeze()
    with socket.socket(fileno=os.dup(sys.stdin.fileno())) as door:
        os.dup2(os.open(os.devnull, os.O_RDONLY), sys.stdin.fileno())  # no fork keeps the door open
        while True:
            _, given, _, _ = socket.recv_fds(door, 1, 1)
            if not given:
                return
            if os.fork() == 0:
                door.close()
                _examine(given[0])
            os.close(given[0])


def _bury(*_: object) -> None:
    """Wait for every fork that has ended: none stays behind, and its time counts as ours."""
    try:
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
    except ChildProcessError:
        pass


def _examine(connection: int) -> None:
    """In the fork: processor time, time and memory are limited, and no file can be written."""
    code = 1
    try:
        signal.alarm(bounded.SECONDS)
        for kind, limit in (
            (resource.RLIMIT_CPU, SECONDS),
            (resource.RLIMIT_AS, BYTES),
            (resource.RLIMIT_FSIZE, 0),
        ):
            _, most = resource.getrlimit(kind)
            resource.setrlimit(kind, (limit, most))
        with socket.socket(fileno=connection) as asker:
            asker.sendall(bounded.BEGUN)
            content = b"".join(iter(lambda: asker.recv(_CHUNK), b""))
            asker.sendall(json.dumps(answer(content)).encode())
        code = 0
    finally:
        os._exit(code)  # nothing of the process it was forked from is run


if __name__ == "__main__":
    main()
