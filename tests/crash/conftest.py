"""What the crash tests share."""

from tests.crash.embedded import on_files

__all__ = ["on_files"]
