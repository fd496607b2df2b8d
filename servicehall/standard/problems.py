"""Problems (体检问题): what a check found, where, and how to mend it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from servicehall.kernel.words import N_
from servicehall.standard.schema import Item


@dataclass(frozen=True, slots=True)
class Problem:
    """One broken rule (体检问题): ``rule`` its name, ``where`` the field, ``mend`` what to do.

    ``message`` and ``mend`` are Chinese sentences, already filled.
    """

    rule: str
    where: str
    message: str
    mend: str


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What an item may refer to: license types (slug to name) and datasets (code to fields)."""

    licenses: Mapping[str, str]
    datasets: Mapping[str, Collection[str]]


def problem(rule: str, where: str, message: str, mend: str, **params: object) -> Problem:
    """A problem with its two sentences filled in."""
    return Problem(rule, where, message % params, mend % params)


def missing(item: Item, where: str, rule: str, name: str) -> Problem:
    """*name* is not filled in."""
    return problem(rule, where, N_("没有填写%(name)s"), N_("补充%(name)s"), name=name)
