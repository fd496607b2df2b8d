"""Problems (体检问题): what a check found, where, and how to mend it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from servicehall.kernel.words import N_, Words
from servicehall.standard.schema import Item


@dataclass(frozen=True, slots=True)
class Problem:
    """One broken rule (体检问题): ``rule`` its name, ``where`` the field, ``mend`` what to do.

    ``message`` and ``mend`` are Chinese sentences with ``%(name)s`` places that ``params`` fill
    once they are translated; ``told`` and ``cure`` are both in Chinese, filled.
    """

    rule: str
    where: str
    message: str
    mend: str
    params: Mapping[str, object] = field(default_factory=dict)

    @property
    def told(self) -> str:
        """What is wrong, in Chinese."""
        return self.message % self.params if self.params else self.message

    @property
    def cure(self) -> str:
        """How to mend it, in Chinese."""
        return self.mend % self.params if self.params else self.mend


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What an item may refer to: license types (slug to name) and datasets (code to fields).

    ``personal`` are the fields of each dataset that are full values of personal data.
    """

    licenses: Mapping[str, str]
    datasets: Mapping[str, Collection[str]]
    personal: Mapping[str, Collection[str]] = field(default_factory=dict)


def problem(rule: str, where: str, message: str, mend: str, **params: object) -> Problem:
    """A problem whose two sentences *params* fill."""
    return Problem(rule, where, message, mend, params)


def missing(item: Item, where: str, rule: str, name: str) -> Problem:
    """*name* is not filled in."""
    return problem(rule, where, N_("没有填写%(name)s"), N_("补充%(name)s"), name=Words(name))
