"""The items of the hall, as their files say."""

from tests.standard.conftest import items, items_read

__all__ = ["items", "items_read"]
