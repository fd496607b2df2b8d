"""Tables of the search engine; the tokens are indexed by each database in its own way.

Both are derived and proven by ``rebuilding.rebuild``: whoever holds a name refers to it by its key
without a foreign key, whose check would cost more than the rest of an import.
"""

from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    FunctionElement,
    Integer,
    Text,
    TypeDecorator,
    UniqueConstraint,
    event,
    type_coerce,
)
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.engine import Dialect
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.types import TypeEngine

from servicehall.kernel.database import Base
from servicehall.searching import fulltext


class AsTokens(FunctionElement[Any]):
    """Text with blanks between tokens, as the database keeps tokens."""

    inherit_cache = True


class AsWords(FunctionElement[Any]):
    """Kept tokens as text with blanks between them."""

    inherit_cache = True


@compiles(AsTokens)
@compiles(AsWords)
def _plain(element: FunctionElement[Any], compiler: Any, **options: Any) -> str:
    return str(compiler.process(element.clauses, **options))


@compiles(AsTokens, "postgresql")
def _lexemes(element: FunctionElement[Any], compiler: Any, **options: Any) -> str:
    inner = compiler.process(element.clauses, **options)
    return f"array_to_tsvector(string_to_array(CAST({inner} AS TEXT), ' '))"


@compiles(AsWords, "postgresql")
def _listed(element: FunctionElement[Any], compiler: Any, **options: Any) -> str:
    inner = compiler.process(element.clauses, **options)
    return f"array_to_string(tsvector_to_array({inner}), ' ')"


class Tokens(TypeDecorator[str]):
    """Tokens with blanks between: text on SQLite, the lexemes of a tsvector on PostgreSQL."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        kind: TypeEngine[Any] = TSVECTOR() if dialect.name == "postgresql" else Text()
        return dialect.type_descriptor(kind)

    def bind_expression(self, bindparam: Any) -> ColumnElement[Any]:
        return AsTokens(type_coerce(bindparam, Text()))

    def column_expression(self, column: Any) -> ColumnElement[Any]:
        return type_coerce(AsWords(column), Text())


class SearchName(Base):
    """A distinct name with its other names and tags (检索名称).

    ``id`` says the order among equals: weight, length of the name, first come (see ``indexing``).
    """

    __tablename__ = "search_name"

    id: Mapped[int] = mapped_column(
        BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=False
    )
    digest: Mapped[str] = mapped_column(unique=True)  # of all that makes it distinct
    text: Mapped[str] = mapped_column(Text)  # the name's key: letters, digits, single blanks
    others: Mapped[str] = mapped_column(Text)  # the keys of the other names, one a line
    tags: Mapped[str] = mapped_column(Text)  # with blanks between


class SearchDocument(Base):
    """The tokens of a name under the name's key (检索词); apart, so that names lie close together."""

    __tablename__ = "search_document"

    id: Mapped[int] = mapped_column(
        BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=False
    )
    tokens: Mapped[str] = mapped_column(Tokens)


class SearchPlace(Base):
    """How many holders a name has at a place (检索范围)."""

    __tablename__ = "search_place"
    __table_args__ = (UniqueConstraint("name_id", "place"),)

    name_id: Mapped[int] = mapped_column(BigInteger)
    place: Mapped[str]
    number: Mapped[int]


event.listen(
    SearchDocument.__table__, "after_create", lambda table, bind, **_: fulltext.create(bind)
)
event.listen(SearchDocument.__table__, "before_drop", lambda table, bind, **_: fulltext.drop(bind))
