"""Notifier: the hall's own inbox, where the notice already lies (embedded)."""


class InboxNotifier:
    """Nothing to carry: 我的消息 reads the same row."""

    def send(self, key: str, party: str, text: str) -> None:
        """The row is the delivery."""
