"""The tables of PostgreSQL, kept from one test to the next: emptied, and made anew if anybody altered them.

Making 150 tables takes a second, emptying what a test wrote takes milliseconds.
"""

from sqlalchemy import Connection, Engine, text

from servicehall.tables import METADATA

# Whatever alters a schema writes rows into these with its transaction's number (pg_class is not
# among them: TRUNCATE writes there too, and a table's name is also its row type's).
_CATALOGUES = (
    "pg_attribute", "pg_attrdef", "pg_constraint", "pg_index", "pg_trigger", "pg_proc", "pg_type",
    "pg_sequence", "pg_rewrite", "pg_namespace",
)  # fmt: skip
_NUMBERS = "(SELECT row(count(*), max(xmin::text::bigint))::text FROM {})"
_STATE = text("SELECT " + ", ".join(map(_NUMBERS.format, _CATALOGUES)))
_WRITTEN = text(
    "SELECT quote_ident(relname), pg_relation_size(oid) FROM pg_class WHERE relkind = 'r'"
    " AND relnamespace = 'public'::regnamespace AND pg_relation_size(oid) > 0"
)
_AGAIN = text(
    "SELECT setval(seqrelid, seqstart, false) FROM pg_sequence"
    " WHERE pg_sequence_last_value(seqrelid) IS NOT NULL"
)
_LITTLE = 65536  # bytes of one table up to which its rows are deleted; what they leave stays
_known: dict[str, tuple[str, ...]] = {}


def prepare(engine: Engine) -> None:
    """Every table, none with a row in it, every number beginning at 1."""
    with engine.begin() as connection:
        if _state(connection) == _known.get(str(engine.url)):
            _empty(connection)
            return
    with engine.begin() as connection:
        anew(connection)
        METADATA.create_all(connection)
    with engine.connect() as connection:
        _known[str(engine.url)] = _state(connection)


def anew(connection: Connection) -> None:
    """A schema without tables."""
    connection.execute(text("DROP SCHEMA IF EXISTS public CASCADE"))
    connection.execute(text("CREATE SCHEMA public"))


def _state(connection: Connection) -> tuple[str, ...]:
    return tuple(connection.execute(_STATE).one())


def _empty(connection: Connection) -> None:
    """DELETE is ten times quicker than TRUNCATE for a few rows; only a superuser may say that
    neither foreign keys nor triggers are to be asked."""
    sizes: dict[str, int] = dict(connection.execute(_WRITTEN).all())
    if not sizes:
        return
    superuser = connection.scalar(text("SELECT current_setting('is_superuser')")) == "on"
    if superuser and max(sizes.values()) <= _LITTLE:
        deletes = "; ".join(f"DELETE FROM {name}" for name in sizes)
        connection.exec_driver_sql(f"SET LOCAL session_replication_role = replica; {deletes}")
    else:
        connection.execute(text(f"TRUNCATE {', '.join(sizes)} CASCADE"))
    connection.execute(_AGAIN)
