"""A database with nothing but its tables."""

from servicehall.searching.indexing import Name

FOOD = Name("食品经营许可（新办）", ("开饭店", "food license"), ("k-legal", "t-legal-010"), 0)
NURSE = Name("护士执业注册", ("护士证",), ("k-natural",), 0)
SHORT = Name("取水", (), ("k-legal",), 1)
