"""Lines (通话线路): an exchange under way, and cutting it when its time is up."""

import socket
import threading
from contextlib import suppress
from typing import Protocol

_switch = threading.Lock()


class Plug(Protocol):
    """A connection that is kept alive and used by one line after the other."""

    line: "Line | None"


class Line:
    """One exchange. Cutting it shuts the socket it is using, which ends any wait on it.

    Time limits on single reads do not bound an answer that comes in drops; this does. A socket
    that another line has taken over meanwhile is left alone.
    """

    def __init__(self) -> None:
        self.is_cut = False
        self._plug: Plug | None = None
        self._socket: socket.socket | None = None

    def attach(self, plug: Plug, used: socket.socket) -> None:
        """This line now uses the connection *plug* over *used*. Raises TimeoutError if cut."""
        with _switch:
            if self.is_cut:
                raise TimeoutError("the time was up before the question was out")
            plug.line, self._plug, self._socket = self, plug, used

    def cut(self) -> None:
        """End the exchange from another thread; whoever waits on the socket wakes up."""
        with _switch:
            self.is_cut = True
            if self._plug is None or self._socket is None or self._plug.line is not self:
                return
            with suppress(OSError):  # it was closed in the meantime
                # The plain socket's own shutdown: that of TLS would pull the rug from its reader.
                socket.socket.shutdown(self._socket, socket.SHUT_RDWR)
