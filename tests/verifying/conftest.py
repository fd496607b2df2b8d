"""The small hall of tests/licenses, with a license to verify."""

from tests.licenses.conftest import hall, license, pdf, work

__all__ = ["hall", "license", "pdf", "work"]
