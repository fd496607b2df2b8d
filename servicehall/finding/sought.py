"""Sought (检索计划): a query with its filters, one way after another, down to the names it finds."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from servicehall.finding.asking import Asked, Offices, holders
from servicehall.finding.ways import Way, literal, office, ways, words_of
from servicehall.kernel.work import UnitOfWork
from servicehall.searching import indexing, matching
from servicehall.searching.tokens import Wanted

WINDOW = 32  # so many names are ranked by their texts, and so many that begin with the words
EVERYTHING = Way("all", [], lambda *_: 0)
_BOUNDS = {False: (0, indexing.first(2)), True: (indexing.first(2), indexing.first(4))}
_OFFICES = (indexing.first(4), indexing.first(5))


@dataclass(frozen=True, slots=True)
class Sought:
    """A query with its filters, as far as one way goes.

    ``without`` are keys of names that turned out to be held by nobody here, whatever the way.
    """

    work: UnitOfWork
    asked: Asked
    way: Way
    offices: Offices
    without: set[int] = field(default_factory=set)

    def names(
        self, wanted: Wanted | None = None, *, after: int = -1, most: int
    ) -> Sequence[matching.Found]:
        """The names that hold the tokens of the way (or *wanted*) and the filters, by key."""
        low, high = _OFFICES if self.way.office else _BOUNDS[self.way.prose]
        filters = () if self.way.office else self.asked.groups
        return matching.names(
            self.work.session, [*(wanted or self.way.wanted), *filters], after=max(low - 1, after),
            before=high, most=most, within=holders(self.way, self.offices).names()
            if self.offices.codes else "", values=self.offices.values,
        )  # fmt: skip

    def ranked(self) -> tuple[list[tuple[int, int]], int]:
        """(rank, key) of the best names, and the key after which the others come (0: no others)."""
        if not self.way.is_whole:
            return self._rank(self.names(most=2 * WINDOW)), 0
        found = list(self.names(most=WINDOW + 1))
        rest = found[WINDOW - 1].id if len(found) > WINDOW else 0
        if rest:
            found = found[:WINDOW]
            if self.way.heads:
                found += self.names([[self.way.heads]], most=WINDOW)
        return self._rank(found), rest

    def is_elsewhere(self) -> bool:
        """Whether somebody somewhere holds a name that this way finds, whatever the filters."""
        anywhere = Sought(self.work, Asked(), self.way, Offices())
        return bool(anywhere._rank(anywhere.names(most=WINDOW)))

    def _rank(self, found: Sequence[matching.Found]) -> list[tuple[int, int]]:
        rank = self.way.rank
        kept = {row.id: rank(row.text, row.others) for row in found}
        return sorted((rank, key) for key, rank in kept.items() if rank is not None)


def ways_to(work: UnitOfWork, query: str, asked: Asked, only: str = "") -> Iterator[Sought]:
    """The ways to look for *query*, one after another, or the one called *only*.

    What is called so elsewhere, though the filters let none of it through, was no slip: nothing
    that only looks or sounds like it is offered instead.
    """
    own = Offices((asked.department,) if asked.department else ())
    plan = [EVERYTHING] if not query.strip() else ways(query)
    without: set[int] = set()
    literally: Sought | None = None
    for way in plan:
        sought = Sought(work, asked, way, own, without)
        literally = literally or sought
        if way.is_guess and not only and asked != Asked() and literally.is_elsewhere():
            break
        if only in ("", way.name):
            yield sought
    if not asked.department and only in ("", "office"):
        yield from _of_offices(work, words_of(query), asked)


def _of_offices(work: UnitOfWork, words: Sequence[str], asked: Asked) -> Iterator[Sought]:
    """Some words name a department, the others what it does (卫健局 护士)."""
    codes: list[str] = []
    others = []
    for word in words:
        way = office(word)
        found = Sought(work, asked, way, Offices()).names(most=50) if len(word) > 1 else ()
        named = [row for row in found if way.rank(row.text, "") is not None]
        codes += [tag[2:] for row in named for tag in row.tags.split() if tag.startswith("d-")]
        if not named:
            others.append(word)
    if codes:
        way = literal(others, "office") if others else Way("office", [], lambda *_: 0)
        yield Sought(work, asked, way, Offices(tuple(dict.fromkeys(codes))))
