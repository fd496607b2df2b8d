"""Tokens (切词): what the index keeps of a name, and what a query asks of it.

Single characters and pairs of neighbours, Chinese and Latin alike, so that every part of a name
finds it; the beginning of the name; syllables and initials, alone and in pairs. Tokens are letters,
digits, ``_`` and ``-`` of ASCII and whatever is not ASCII, each kind under a letter of its own.
"""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise, product

from servicehall.searching import pinyin

CHARACTERS, HEAD, SYLLABLES, INITIALS, TAG, PLACE = "c", "h", "y", "i", "t", "s"
NAME, PROSE, OFFICE = CHARACTERS, "d", "o"  # whose characters they are: names, texts, who acts
All = Sequence[str]  # every one of these tokens
Any = Sequence[All]  # one of these at least
Wanted = Sequence[Any]  # and all of that


def normal(text: str) -> str:
    """*text* as search compares it: NFKC, lower case, full width made half, blanks single."""
    clean = text.encode(errors="ignore").decode().replace("\0", " ")
    for _ in range(3):  # folding may open what composing closes again: the third changes nothing
        folded, clean = clean, unicodedata.normalize("NFKC", clean).casefold()
        if folded == clean:
            break
    return " ".join(clean.split())


def letters(text: str) -> str:
    """The normal form without signs: only letters, digits and blanks; the key names rank by."""
    return " ".join("".join(c for c in word if c.isalnum()) for word in normal(text).split())


def signs(text: str) -> list[str]:
    """The tokens of what is neither letter nor blank in the normal form *text*."""
    return [f"{NAME}-{ord(c):x}" for c in text if not c.isalnum() and c != " "]


def grams(key: str, kind: str = NAME) -> list[str]:
    """The pairs of neighbours in *key*; a word of one character is its own token."""
    found: dict[str, None] = {}
    for word in key.split():
        if len(word) == 1:
            found[kind + word] = None
        found.update((kind + a + b, None) for a, b in pairwise(word))
    return list(found)


def singles(key: str, kind: str = NAME) -> list[str]:
    """The characters of *key*, each alone."""
    return [kind + c for c in dict.fromkeys(key) if c != " "]


def head(key: str) -> str:
    """The token of names that begin as *key* does (its first two characters)."""
    return HEAD + key.replace(" ", "")[:2]


def spoken(wanted: Sequence[str]) -> list[str]:
    """The tokens of syllables one after another."""
    if len(wanted) == 1:
        return [SYLLABLES + wanted[0]]
    return [f"{SYLLABLES}{a}_{b}" for a, b in pairwise(wanted)]


def initialled(letters_typed: str) -> list[str]:
    """The tokens of initials one after another."""
    if len(letters_typed) == 1:
        return [INITIALS + letters_typed]
    return [INITIALS + a + b for a, b in pairwise(letters_typed)]


def sounds(key: str) -> list[Any]:
    """What sounds as *key* is read: for each pair of neighbours the readings it may have."""
    known = [pinyin.readings(c) for c in key.replace(" ", "")]
    if not all(known):
        return []
    if len(known) == 1:
        return [[[SYLLABLES + one] for one in known[0]]]
    return [
        [[f"{SYLLABLES}{a}_{b}"] for a, b in product(one, other)] for one, other in pairwise(known)
    ]


def document(
    name: str, others: Iterable[str] = (), tags: Iterable[str] = (), places: Iterable[str] = (),
    kind: str = NAME,
) -> str:  # fmt: skip
    """Every token of a name with its other names, tags and places, sorted, blanks between.

    A text (PROSE) and who acts (OFFICE) are found by their characters only.
    """
    found = {*(TAG + tag for tag in tags), *(PLACE + place for place in places)}
    key = letters(name)
    if kind != NAME:
        found.update((*grams(key, kind), *singles(key, kind)))
        return " ".join(sorted(found))
    flat = key.replace(" ", "")
    found.update(HEAD + flat[:length] for length in (1, 2) if flat)
    found.update(signs(normal(name)))
    for text in (name, *others):
        key = letters(text)
        found.update((*grams(key), *singles(key), *_read(key)))
    return " ".join(sorted(found))


def _read(key: str) -> Iterator[str]:
    """Syllables and initials of *key*, alone and in pairs; signs and Latin letters part them."""
    known = [pinyin.readings(c) for c in key]
    for here in known:
        for one in here:
            yield SYLLABLES + one
            yield INITIALS + one[0]
    for here, there in pairwise(known):
        for one, other in product(here, there):
            yield f"{SYLLABLES}{one}_{other}"
            yield INITIALS + one[0] + other[0]
