"""Engines that a test looks into: one that answers and remembers, one that must never be asked."""

from servicehall.registries.connector import Answer


class Registry:
    """Answers with what it was told; remembers every question."""

    def __init__(self):
        self.asked = []

    def ask(self, queries, at):
        self.asked += queries
        return [Answer(q.call, "found", "a" * 64, at, ({"name": "王小明"},), "b" * 64,
                       milliseconds=7) for q in queries]  # fmt: skip


class NobodyAsks:
    """Fails the test when anything reaches the network."""

    def ask(self, queries, at):
        raise AssertionError("this must not reach the network")
