"""Rebuilding (重建索引): the whole index derived anew, or compared with what it should be."""

from collections.abc import Sequence

from sqlalchemy import delete, func, outerjoin, select
from sqlalchemy.orm import Session

from servicehall.searching import fulltext, indexing, inscribing
from servicehall.searching.indexing import BATCH, Held, Name, batches
from servicehall.searching.models import SearchDocument, SearchName, SearchPlace


def rebuild(session: Session, held: Held) -> tuple[dict[Name, int], int]:
    """Bring the index to what *held* says and nothing else: the keys, and how much was mended."""
    connection = session.connection()
    fulltext.alone(connection)
    sound = fulltext.is_sound(connection)
    named = select(SearchName.id)
    orphans = connection.execute(delete(SearchDocument).where(SearchDocument.id.not_in(named)))
    known, stale, gone = _compared(session, held)
    new = [name for name in held if name not in known]
    indexing.forget(connection, gone)
    indexing.retell(connection, stale, known, held)
    known |= indexing.insert_names(connection, {name: held[name] for name in new})
    wrong = _replace_places(session, {known[name]: dict(held[name]) for name in held})
    if not sound:
        fulltext.refill(connection)
    if mended := orphans.rowcount + len(gone) + len(stale) + len(new) + wrong + (not sound):
        fulltext.settle(connection)
    return known, mended


def compare(session: Session, held: Held) -> tuple[dict[Name, int], list[str]]:
    """The keys, and what the index says otherwise than *held*, a line a kind; changes nothing.

    On SQLite the last of it takes the lock of those who write, until the transaction ends.
    """
    known, stale, gone = _compared(session, held)
    numbers = {known[name]: dict(held[name]) for name in held if name in known}
    wrong, missing = _places_compared(session, numbers)
    named = select(SearchName.id)
    orphans = select(func.count()).where(SearchDocument.id.not_in(named))
    kinds: dict[str, Sequence[object]] = {
        "names that are missing": [name.text for name in held if name not in known],
        "names nobody holds": gone,
        "names with other tokens": [name.text for name in stale],
        "numbers at places that are wrong": wrong,
        "numbers at places that are missing": [f"{key} {place}" for key, place, _ in missing],
    }
    told = [f"{len(many)} {kind}, such as {many[0]}" for kind, many in kinds.items() if many]
    if number := session.scalar(orphans):
        told.append(f"{number} lists of tokens without a name")
    if not fulltext.is_sound(session.connection()):
        told.append("the full text is not that of the tokens kept")
    return known, told


def _compared(session: Session, held: Held) -> tuple[dict[Name, int], list[Name], list[int]]:
    """The names that are there, those of them whose tokens are wrong, and the keys nobody holds."""
    by_digest = {name.digest: name for name in held}
    known: dict[Name, int] = {}
    stale, gone = [], []
    told = outerjoin(SearchName, SearchDocument, SearchName.id == SearchDocument.id)
    query = select(SearchName.id, SearchName.digest, SearchDocument.tokens).select_from(told)
    for row in session.execute(query.execution_options(yield_per=BATCH)):
        key, digest = row[0], row[1]
        tokens: str | None = row[2]
        name = by_digest.get(digest)
        if name is None:
            gone.append(key)
            continue
        if tokens is None:
            gone.append(key)  # and new
            continue
        known[name] = key
        if set(tokens.split()) != set(name.tokens(held[name]).split()):
            stale.append(name)
    return known, stale, gone


def _places_compared(
    session: Session, wanted: dict[int, dict[str, int]]
) -> tuple[list[int], list[tuple[int, str, int]]]:
    """The rows of numbers that are wrong or too many, and (name, place, number) of the missing."""
    table, wrong = SearchPlace, []
    query = select(table.id, table.name_id, table.place, table.number)
    for key, name, place, number in session.execute(query.execution_options(yield_per=5000)):
        if wanted.get(name, {}).get(place) == number:
            del wanted[name][place]
        else:
            wrong.append(key)
    return wrong, [(name, p, n) for name, places in wanted.items() for p, n in places.items()]


def _replace_places(session: Session, wanted: dict[int, dict[str, int]]) -> int:
    """Mend the numbers; how many were wrong, missing or too many."""
    wrong, missing = _places_compared(session, wanted)
    for some in batches(wrong, BATCH):
        session.execute(delete(SearchPlace).where(SearchPlace.id.in_(some)))
    inscribing.write(session.connection(), [(inscribing.PLACES, missing)])
    return max(len(wrong), len(missing))
