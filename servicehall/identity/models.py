"""Tables of identity."""

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from servicehall.kernel.columns import BlindIndex, Encrypted
from servicehall.kernel.database import Base


class Region(Base):
    """An administrative region (行政区划), from province to village."""

    __tablename__ = "region"

    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    level: Mapped[int]
    parent: Mapped[str]


class Department(Base):
    """A department (部门), by its unified social credit code."""

    __tablename__ = "department"

    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    region: Mapped[str] = mapped_column(ForeignKey("region.code"))
    short: Mapped[str]
    one_window: Mapped[bool] = mapped_column(default=False)


class Person(Base):
    """A natural person known to the hall (自然人); ``key`` is the pseudonym used everywhere else.

    ``level`` is the real-name level L0 to L4 (实名等级, STANDARDS 4.4).
    """

    __tablename__ = "person"

    key: Mapped[str] = mapped_column(unique=True)
    number_index: Mapped[str] = mapped_column(BlindIndex("person.number"), unique=True)
    number: Mapped[str] = mapped_column(Encrypted("person.number"))
    name: Mapped[str] = mapped_column(Encrypted("person.name"))
    phone: Mapped[str] = mapped_column(Encrypted("person.phone"))
    level: Mapped[int] = mapped_column(default=2)


class Organization(Base):
    """A legal person or other organization (法人和其他组织)."""

    __tablename__ = "organization"

    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]


class Mandate(Base):
    """A mandate (授权): *person* may act for *organization* on every item until it ends."""

    __tablename__ = "mandate"
    __table_args__ = (UniqueConstraint("person_id", "organization_id"),)

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    organization_id: Mapped[int] = mapped_column(ForeignKey("organization.id"))
    title: Mapped[str]
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]

    organization: Mapped[Organization] = relationship()


class Account(Base):
    """Someone who can sign in (账户): a person, or a member of staff of a department.

    ``secret`` is an argon2id hash; raising ``session_version`` ends every session.
    """

    __tablename__ = "account"

    key: Mapped[str] = mapped_column(unique=True)
    login: Mapped[str] = mapped_column(unique=True)
    secret: Mapped[str]
    roles: Mapped[str]
    name: Mapped[str] = mapped_column(Encrypted("account.name"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    department_code: Mapped[str | None] = mapped_column(ForeignKey("department.code"))
    active: Mapped[bool] = mapped_column(default=True)
    session_version: Mapped[int] = mapped_column(default=1)
    care: Mapped[bool] = mapped_column(default=False)

    person: Mapped[Person | None] = relationship(lazy="joined")


class Client(Base):
    """Another system that may ask in a person's name (接入系统); it belongs to a department.

    ``secret`` is its key in hex, sealed like personal data. ``public_key`` (PEM) is that of a system
    that proves itself by signing (private_key_jwt, RFC 7523); then its secret opens no token.
    """

    __tablename__ = "client"

    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    department: Mapped[str] = mapped_column(ForeignKey("department.code"))
    secret: Mapped[str] = mapped_column(Encrypted("client.secret"))
    public_key: Mapped[str] = mapped_column(default="")
    since: Mapped[datetime]
    revoked_at: Mapped[datetime | None]


class AccessToken(Base):
    """A token of a system (访问令牌, RFC 6750), kept as its SHA-256; good until ``expires_at``.

    ``assertion`` names the signed assertion it was given for, so that each opens one token only.
    """

    __tablename__ = "access_token"

    digest: Mapped[str] = mapped_column(unique=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("client.id"), index=True)
    assertion: Mapped[str | None] = mapped_column(unique=True)
    expires_at: Mapped[datetime] = mapped_column(index=True)

    client: Mapped[Client] = relationship(lazy="joined")


class SignInTry(Base):
    """Failed sign-ins under one login name (登录尝试), whether or not anybody has it.

    The name is kept as a blind index only: known and unknown names wait alike.
    """

    __tablename__ = "sign_in_try"

    login: Mapped[str] = mapped_column(BlindIndex("sign_in_try.login"), unique=True)
    failures: Mapped[int]
    last_at: Mapped[datetime] = mapped_column(index=True)
    wait_until: Mapped[datetime | None]
