"""Wires (连接): sockets to one registry, kept alive and used by one question after the other."""

import select
import socket
import ssl
from contextlib import suppress
from dataclasses import dataclass, field
from queue import Empty, LifoQueue


@dataclass(frozen=True)
class Wires:
    """To *host*, over TLS where *tls* is given; at most *patience* seconds to make one."""

    host: str
    port: int
    tls: ssl.SSLContext | None
    patience: float
    _idle: LifoQueue[socket.socket] = field(default_factory=LifoQueue, repr=False)

    def idle(self) -> socket.socket | None:
        """One that nobody uses and that still stands, if there is any."""
        with suppress(Empty):
            while True:
                kept = self._idle.get_nowait()
                if _is_quiet(kept):
                    return kept
                kept.close()
        return None

    def made(self) -> socket.socket:
        """A new one. Raises OSError."""
        plain = socket.create_connection((self.host, self.port), self.patience)
        plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if self.tls is None:
            return plain
        try:
            return self.tls.wrap_socket(plain, server_hostname=self.host)
        except BaseException:
            plain.close()
            raise

    def keep(self, wire: socket.socket) -> None:
        """*wire* may be used by the next question."""
        self._idle.put(wire)

    def close(self) -> None:
        """Give those back that nobody uses."""
        with suppress(Empty):
            while True:
                self._idle.get_nowait().close()


def _is_quiet(wire: socket.socket) -> bool:
    """Nothing waits to be read: neither the end of the connection nor what nobody asked for."""
    looking = select.poll()
    looking.register(wire, select.POLLIN)
    return not looking.poll(0)
