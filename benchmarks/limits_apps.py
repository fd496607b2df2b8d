"""The limits as applications: raw WSGI, a bare Flask route, a conventional form that commits."""

import json
import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from flask import Flask, redirect, request
from flask.typing import ResponseReturnValue
from sqlalchemy import ForeignKey, create_engine, event
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column
from wtforms import Form, IntegerField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange, Regexp

BODY = Path(os.environ["BENCH_BODY"]).read_bytes()  # the hall's own guide page
HEADERS = [(name, value) for name, value in json.loads(os.environ["BENCH_HEADERS"])]
DATABASE = os.environ["BENCH_DATABASE"]


def raw(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """The least a WSGI application can do with these bytes."""
    start_response(
        "200 OK",
        [("Content-Type", "text/html; charset=utf-8"), ("Content-Length", str(len(BODY)))],
    )
    return [BODY]


def dressed(_: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """The least it can do that gives the hall's own answer: these bytes with all their headers."""
    start_response("200 OK", HEADERS)
    return [BODY]


class Base(DeclarativeBase):
    id: Mapped[int] = mapped_column(primary_key=True)


class Application(Base):
    __tablename__ = "application"
    name: Mapped[str]
    email: Mapped[str]
    phone: Mapped[str]
    age: Mapped[int]
    kind: Mapped[str]
    address: Mapped[str]
    employer: Mapped[str]
    reason: Mapped[str]


class Event(Base):
    __tablename__ = "event"
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"))
    what: Mapped[str]


class Fields(Form):
    name = StringField(validators=[InputRequired(), Length(max=50)])
    email = StringField(validators=[InputRequired(), Regexp(r"[^@\s]+@[^@\s]+\.[a-z]+$")])
    phone = StringField(validators=[InputRequired(), Regexp(r"1\d{10}$")])
    age = IntegerField(validators=[NumberRange(0, 150)])
    kind = SelectField(choices=[("electronic", "A"), ("post", "B")])
    address = StringField(validators=[InputRequired(), Length(max=200)])
    employer = StringField(validators=[InputRequired(), Length(max=100)])
    reason = TextAreaField(validators=[Length(max=1000)])


engine = create_engine(f"sqlite:///{DATABASE}", connect_args={"timeout": 20})


@event.listens_for(engine, "connect")
def _durable(connection: Any, _: Any) -> None:
    connection.execute("PRAGMA synchronous=FULL")


def prepare() -> None:
    """Once, before the workers start: tables and the write-ahead log."""
    with engine.connect() as link:
        link.exec_driver_sql("PRAGMA journal_mode=WAL")
    Base.metadata.create_all(engine)


flask = Flask("limits", static_folder=None)


@flask.get("/")
def bare() -> str:
    return "ok"


@flask.post("/apply")
def apply() -> ResponseReturnValue:
    """A form of eight fields, validated; two ORM rows; one durable commit; a redirect."""
    form = Fields(request.form)
    if not form.validate():
        return form.errors, 422
    with Session(engine) as session:
        row = Application(**form.data)
        session.add(row)
        session.flush()
        session.add(Event(application_id=row.id, what="submitted"))
        session.commit()
        return redirect(f"/applications/{row.id}", 303)
