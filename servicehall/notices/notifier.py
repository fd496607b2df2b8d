"""Port: Notifier (通知渠道)."""

from typing import Protocol


class Notifier(Protocol):
    """Carries a message outside the hall."""

    def send(self, key: str, party: str, text: str) -> None:
        """Send once; *key* lets the channel drop a repeat. Raises Unavailable to be tried again."""
