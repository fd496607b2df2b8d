"""Sought (检索计划): a query with its filters, one way after another, down to the names it finds."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from servicehall.finding.asking import Asked, Offices, holders
from servicehall.finding.ways import Way, guessed, literal, office, said, ways, words_of
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

    ``without`` are keys of names that turned out to be held by nobody here, whatever the way;
    ``ahead`` is what was found when several ways were asked about at once.
    """

    work: UnitOfWork
    asked: Asked
    way: Way
    offices: Offices
    without: set[int] = field(default_factory=set)
    ahead: Sequence[matching.Found] | None = None

    def names(
        self, wanted: Wanted | None = None, *, after: int = -1, most: int
    ) -> Sequence[matching.Found]:
        """The names that hold the tokens of the way (or *wanted*) and the filters, by key."""
        asked = [self.question(wanted, after=after, most=most)]
        return matching.names_of_each(self.work.session, asked, self.offices.values)[0]

    def question(
        self, wanted: Wanted | None = None, *, after: int = -1, most: int
    ) -> matching.Question:
        """What ``names`` asks."""
        low, high = _OFFICES if self.way.office else _BOUNDS[self.way.prose]
        filters = () if self.way.office else self.asked.groups
        within = holders(self.way, self.offices).names() if self.offices.codes else ""
        wanted = [*(wanted or self.way.wanted), *filters]
        return matching.Question(wanted, high, most, max(low - 1, after), within)

    def ranked(self) -> tuple[list[tuple[int, int]], int]:
        """(rank, key) of the best names, and the key after which the others come (0: no others)."""
        found = list(self.names(most=self.window) if self.ahead is None else self.ahead)
        if not self.way.is_whole:
            return self.rank(found), 0
        rest = found[WINDOW - 1].id if len(found) > WINDOW else 0
        if rest:
            found = found[:WINDOW]
            if self.way.heads:
                found += self.names([[self.way.heads]], most=WINDOW)
        return self.rank(found), rest

    @property
    def window(self) -> int:
        """How many names are asked for at first: of a likeness only the best are ever shown."""
        if self.way.is_whole:
            return WINDOW + 1
        return WINDOW if self.way.is_said else 2 * WINDOW

    def rank(self, found: Sequence[matching.Found]) -> list[tuple[int, int]]:
        """(rank, key) of those of the names *found* that were meant, the best first."""
        rank = self.way.rank
        kept = {row.id: rank(row.text, row.others) for row in found}
        return sorted((rank, key) for key, rank in kept.items() if rank is not None)


def ways_to(work: UnitOfWork, query: str, asked: Asked, only: str = "") -> Iterator[Sought]:
    """The ways to look for *query*, one after another, or the one called *only*.

    The first is asked alone, the others together: those that find no name are left out.
    """
    own = Offices((asked.department,) if asked.department else ())
    without: set[int] = set()

    def each(plan: Iterable[Way]) -> Iterator[Sought]:
        return (Sought(work, asked, way, own, without) for way in plan)

    if only or not query.strip():
        plan = ways(query) if query.strip() else [EVERYTHING]
        yield from (sought for sought in each(plan) if only in ("", sought.way.name))
    elif literally := next(plainly := each(said(query)), None):
        yield literally
        yield from _later(literally, list(plainly), each(guessed(query)))
    if not asked.department and only in ("", "office"):
        yield from _of_offices(work, words_of(query), asked)


def _later(
    literally: Sought, plainly: Sequence[Sought], guesses: Iterator[Sought]
) -> Iterator[Sought]:
    """What is said otherwise, and at last what only looks or sounds like it.

    What is called so elsewhere, though the filters let none of it through, was no slip: it is asked
    about beside the others, so that guesses are made only where they may be. Where a saying is known
    its names are there more often than not: the characters that stand apart then wait for it.
    """
    knows = any(sought.way.is_said for sought in plainly)
    apart = [sought for sought in plainly if knows and sought.way.name == "scattered"]
    anywhere = Sought(literally.work, Asked(), literally.way, Offices())
    elsewhere = [anywhere] if literally.asked != Asked() else []
    found = list(_asked([*(s for s in plainly if s not in apart), *elsewhere]))
    right = found.pop().ahead or () if elsewhere else ()
    yield from (sought for sought in found if sought.ahead)
    last = [*apart, *(() if anywhere.rank(right) else guesses)]
    yield from (sought for sought in _asked(last) if sought.ahead)


def _asked(ways: Sequence[Sought]) -> Iterator[Sought]:
    """All of *ways* with what they find, asked about at once."""
    if ways:
        questions = [sought.question(most=sought.window) for sought in ways]
        values = ways[0].offices.values
        found = matching.names_of_each(ways[0].work.session, questions, values)
        yield from (replace(sought, ahead=names) for sought, names in zip(ways, found, strict=True))


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
