"""The small hall of tests/licenses, with a license to verify."""

from tests.licenses.conftest import hall, in_process, license, pdf, work

__all__ = ["hall", "in_process", "license", "pdf", "work"]
