"""The notifier port: the hall's own inbox needs no carrying, and again is harmless."""

from servicehall.notices.adapters.inbox import InboxNotifier
from servicehall.notices.notifier import Notifier


def test_the_row_is_the_delivery() -> None:
    inbox: Notifier = InboxNotifier()
    for _ in range(2):
        inbox.send("notice-1", "person:p", "您的办件已受理")
