"""Edition (清单版次): how often the published list has changed; whatever is derived from it asks."""

from servicehall.kernel import serials
from servicehall.kernel.work import UnitOfWork

NAME = "catalogue.edition"


def turn(work: UnitOfWork) -> None:
    """The list changes in this transaction."""
    serials.take(work.session, NAME)


def number(work: UnitOfWork) -> int:
    """The edition in force; two readers with the same number have read the same list."""
    return serials.last(work.session, NAME)
