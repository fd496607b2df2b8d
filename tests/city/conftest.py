"""The shared fixtures: an own database, a still clock, units of work."""

from tests.builders import adapters, begin, clock, database, work

__all__ = ["adapters", "begin", "clock", "database", "work"]
