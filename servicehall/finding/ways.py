"""Ways (检索方式): how a query is looked for, from the letter to the sound and the likely slip.

The first way that finds anything is taken. Each says which tokens a name must hold, and ranks what
holds them by its texts (None: it holds the tokens, but not what was meant).
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from servicehall.finding import sayings
from servicehall.searching import pinyin, tokens
from servicehall.searching.tokens import OFFICE, PROSE, All, Wanted

MOST_WORDS, MOST_CHARACTERS, MOST_ARMS = 8, 100, 12
EXACT, PREFIX, INSIDE, ALIAS, THEME, LOOSE = range(6)
Rank = Callable[[str, str], int | None]  # of (name, other names one a line): the lower the better


@dataclass(frozen=True, slots=True)
class Way:
    """One way to look: ``heads`` is what those hold that begin so, asked for separately."""

    name: str
    wanted: Wanted
    rank: Rank
    heads: All = ()
    prose: bool = False
    office: bool = False

    @property
    def is_whole(self) -> bool:
        """Whether everything it finds is worth listing; of a likeness only the best are."""
        return self.name in ("all", "literal", "plain", "office")

    @property
    def is_said(self) -> bool:
        """Whether what holds its tokens was meant by a saying: little of it is left out by ranking."""
        return self.name in ("meant", "spelt")

    @property
    def is_guess(self) -> bool:
        """Whether it supposes that something else was meant than what was typed."""
        return self.name in ("sounds", "slip")


def words_of(query: str) -> tuple[str, ...]:
    """The words asked for, as names are compared; more than a few help nobody."""
    key = tokens.letters(query[:MOST_CHARACTERS])
    return tuple(dict.fromkeys(key.split()))[:MOST_WORDS]


def ways(query: str) -> Iterator[Way]:
    """Every way to look for *query*, the most literal first; none for a query of nothing."""
    yield from said(query)
    yield from guessed(query)


def said(query: str) -> Iterator[Way]:
    """The ways that take *query* for what was meant."""
    words = words_of(query)
    if not words:
        signs = tokens.signs(tokens.normal(query[:MOST_CHARACTERS]))
        if signs:
            yield Way("literal", [[signs]], lambda *_: INSIDE)
        return
    yield literal(words, "literal")
    key = " ".join(words)
    plain = sayings.plain(key)
    if plain and plain != key:
        yield literal(plain.split(), "plain")
    if means := sayings.inside(plain or key):
        yield _meant(means, "meant")
    yield from _sounds(words, key)
    yield from _loose(words, key)


def guessed(query: str) -> Iterator[Way]:
    """The ways that suppose something else was meant than what was typed: as it sounds; but for a
    slip. They are made only where the others found nothing: that alone costs a tenth of a search."""
    key = " ".join(words_of(query))
    if sounds := tokens.sounds(key):
        readings = list(map(pinyin.readings, key.replace(" ", "")))
        yield Way("sounds", sounds, _read(pinyin.sought(readings)))
    if arms := _slips(flat := key.replace(" ", "")):
        yield Way("slip", [arms], _overlap(flat))


def literal(words: Sequence[str], name: str) -> Way:
    """Every word stands in the name, another name or a theme; or the whole is a saying."""
    means = sayings.meant(" ".join(words))
    held = [gram for word in words for gram in tokens.grams(word)]

    def rank(text: str, others: str) -> int | None:
        found = 0
        for word in words:
            if (place := _place(word, text, others)) is None:
                return ALIAS if any(m in text for m in means) else None
            found += place
        return ALIAS if found > ALIAS and any(m in text for m in means) else found

    heads = [tokens.head(words[0]), *held[1:]]  # the first pair of a name that begins so
    return Way(name, [[held, *map(tokens.grams, means)]], rank, heads)


def nearest(query: str) -> Iterator[Way]:
    """What has anything in common with *query*: a pair of neighbours, else a character."""
    flat = "".join(words_of(query))
    for kind in (tokens.grams, tokens.singles):
        arms = [[token] for token in kind(flat)[:MOST_ARMS]]
        if arms:
            yield Way("near", [arms], _common(flat))


def office(word: str) -> Way:
    """Departments whose name holds *word*."""
    return Way("office", [[tokens.grams(word, OFFICE)]], _holds([word]), office=True)


def _place(word: str, text: str, others: str) -> int | None:
    place = text.find(word)
    if place == 0:
        return EXACT if text == word else PREFIX
    if place > 0 or word in text.replace(" ", ""):
        return INSIDE
    aliases, _, themes = others.rpartition("\n")
    if word in aliases:
        return ALIAS
    return THEME if word in themes else None


def _meant(means: Sequence[str], name: str) -> Way:
    def rank(text: str, others: str) -> int | None:
        for number, one in enumerate(means):
            if one in text:
                return number
        return LOOSE + len(means) if any(one in others for one in means) else None

    return Way(name, [list(map(tokens.grams, means))], rank)


def _sounds(words: Sequence[str], key: str) -> Iterator[Way]:
    """Typed as it is read: syllables, or their first letters."""
    if wanted := pinyin.typed(words):
        rank = _read(pinyin.sought([(one,) for one in wanted]))
        yield Way("pinyin", [[tokens.spoken(wanted)]], rank)
    flat = key.replace(" ", "")
    if means := sayings.spelt(flat):
        yield _meant(means, "spelt")
    if pinyin.LATIN.fullmatch(flat):
        rank = _read(pinyin.sought_by_initials(flat))
        yield Way("initials", [[tokens.initialled(flat)]], rank)


def _loose(words: Sequence[str], key: str) -> Iterator[Way]:
    """In this order with others between; in the summary."""
    flat = key.replace(" ", "")
    if len(flat) > 1 and not pinyin.LATIN.fullmatch(flat):
        yield Way("scattered", [[tokens.singles(flat)]], _scattered(flat))
    held = [gram for word in words for gram in tokens.grams(word, PROSE)]
    yield Way("prose", [[held]], _holds(words), prose=True)


def _holds(words: Sequence[str]) -> Rank:
    return lambda text, _: INSIDE if all(word in text for word in words) else None


def _read(place: Callable[[str], int]) -> Rank:
    def rank(text: str, others: str) -> int | None:
        found = place(text)
        if found >= 0:
            return PREFIX if found == 0 else INSIDE
        return ALIAS if place(others) >= 0 else None  # no character is read as the end of a line

    return rank


def _scattered(flat: str) -> Rank:
    def rank(text: str, others: str) -> int | None:
        place = -1
        for character in flat:
            place = text.find(character, place + 1)
            if place < 0:
                return None
        return LOOSE + (place - text.find(flat[0])) // 2  # the closer together the better

    return rank


def _slips(flat: str) -> list[list[str]]:
    """What is left of *flat* when the place of a slip is left out, for every place it can be."""
    size = len(flat)
    if size < 3:
        return []
    if size > 12:
        return [tokens.grams(flat[at : at + 5]) for at in range(0, size - 4, 2)]
    gap = 1 if size < 5 else 2
    pieces = [f"{flat[:at]} {flat[at + gap :]}" for at in range(size - gap + 1)]
    return [tokens.grams(piece) for piece in pieces]


def _common(flat: str) -> Rank:
    pairs, characters = {a + b for a, b in pairwise(flat)}, set(flat)
    most = len(pairs) + len(characters)

    def rank(text: str, others: str) -> int | None:
        alike = sum(map(text.__contains__, characters)) + sum(map(text.__contains__, pairs))
        return most - alike if alike else None

    return rank


def _overlap(flat: str) -> Rank:
    pairs, characters = {a + b for a, b in pairwise(flat)}, set(flat)

    def rank(text: str, others: str) -> int | None:
        alike = sum(map(text.__contains__, characters))
        if alike * 2 < len(characters) + 1:
            return None
        shared = sum(map(text.__contains__, pairs))
        return 2 * len(pairs) - shared - alike + len(characters)

    return rank
