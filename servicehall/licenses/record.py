"""The record (证照记录): the one canonical signed truth of a license; every face is made from it."""

from collections.abc import Iterable
from datetime import date, datetime
from functools import lru_cache
from typing import Annotated, Literal

import msgspec
from msgspec import Meta, Raw, Struct, field

from servicehall.kernel.errors import Invalid
from servicehall.kernel.words import N_
from servicehall.licenses.schema import Template
from servicehall.signing import jws
from servicehall.signing.certificates import UnknownIssuer
from servicehall.signing.signer import Issuer, Signer, Sm2Signer

TYP = "license+jwt"
Moment = Annotated[datetime, Meta(tz=True)]
Count = Annotated[int, Meta(ge=0, lt=2**53)]  # what JSON keeps whole everywhere (RFC 7493 2.2)


class Part(Struct, frozen=True, forbid_unknown_fields=True, gc=False):
    """A part of the record: strict, immutable, nothing unknown in it, no part of itself.

    Its fields stand in the order of their names in JSON, which is that of RFC 8785.
    """


class Kind(Part, frozen=True, gc=False):
    """Which type of license (证照类型) it is."""

    code: str
    name: str
    slug: str


class Holder(Part, frozen=True, gc=False):
    """Who holds it (持证主体). ``code`` is the identity number or credit code."""

    code: str
    kind: Literal["person", "organization"]
    name: str

    @property
    def code_type(self) -> str:
        """What kind of code it is, by GB/T 36903 annex A: 111 公民身份号码, 001 信用代码, 999."""
        if self.kind == "organization":
            return "001"
        return "111" if len(self.code) == 18 else "999"


class Department(Part, frozen=True, gc=False):
    """Who gave it (颁发机构): credit code and name."""

    code: str
    name: str


class FaceValue(Part, frozen=True, gc=False):
    """One line of the face (照面信息) as it was filled in: dates ISO 8601, money in fen."""

    code: str
    kind: str
    name: str
    value: str


class Evidence(Part, frozen=True, gc=False):
    """What a fact rests on (核验依据): the registry answer that gave it."""

    call: str
    dataset: str
    fact: str
    fetched_at: Moment
    field: str
    registry: str
    request_hash: str


class Status(Part, frozen=True, gc=False):
    """Where the state is published: a list, and the random place in it."""

    index: Count
    uri: str


class AuditPoint(Part, frozen=True, gc=False):
    """Where the audit chain stood when this was planned (D7)."""

    hash: str
    length: Count


class Record(Part, frozen=True, kw_only=True, gc=False):
    """A license as it is signed (LICENSES.md, "One record, many faces"). None in valid_to: 长期."""

    audit: AuditPoint
    case: str
    code: str
    evidence: tuple[Evidence, ...]
    faces: tuple[FaceValue, ...]
    holder: Holder
    identifier: str
    issued_at: Moment
    issuer: Department
    number: str  # 证照编号: the serial a person reads
    statement: str
    status: Status
    supersedes: str | None
    drawn: Raw = field(name="template")  # how, as ``Template.told`` writes it
    type: Kind
    valid_from: date
    valid_to: date | None
    version: Literal[1] = 1

    @property
    def template(self) -> Template:
        """How its face is drawn (版式)."""
        return _template(bytes(self.drawn))

    def canonical(self) -> bytes:
        """The bytes to be signed: JSON in the one form of RFC 8785. Raises ValueError for half a
        character. Names are ASCII and no value is a fraction, so that their order is all it takes."""
        return _WRITER.encode(self)


@lru_cache(maxsize=256)
def _template(told: bytes) -> Template:
    """The template that *told* is: there are few, and all of a type have the same. Raises
    ValueError for none, or one in another spelling."""
    found = Template.model_validate_json(told)
    if found.told != told:
        raise ValueError("not in the one form")
    return found


_WRITER = msgspec.json.Encoder()
_READER = msgspec.json.Decoder(Record)


def parse(payload: bytes) -> Record:
    """The record that *payload* is. Raises Invalid unless it is canonical to the byte."""
    try:
        record = _READER.decode(payload)
        canonical = record.canonical()
        _ = record.template  # which is written as it came: refused where it has another spelling
    except ValueError:  # msgspec's and pydantic's own kinds too
        raise Invalid(N_("证照记录的内容不完整或格式不正确")) from None
    if canonical != payload:
        raise Invalid(N_("证照记录不是规范格式，内容被改动过"))
    return record


def sign(signer: Signer, payload: bytes, *, now: datetime, second: Sm2Signer | None = None) -> str:
    """The JWS over exactly *payload* by the department that the record names.

    Signed with SM2 as well where that department has such a key (算法可替换, RFC 7515 7.2.1).
    """
    named = parse(payload).issuer
    issuer = Issuer(named.code, named.name)
    both = second if second is not None and second.holds(issuer) else None
    return jws.seal(signer, issuer, payload, typ=TYP, now=now, second=both)


def verified(text: str, anchors: Iterable[bytes]) -> tuple[Record, bytes]:
    """The record in *text* and its exact bytes, once every signature, path and issuer is proven.

    Raises UnknownIssuer where the signer is not the department under a root we believe, in force
    when it signed; Invalid where anything was altered. The state of the license is not asked here.
    """
    envelope = jws.opened(text, typ=TYP)
    record = parse(envelope.payload)
    leaf = envelope.verify(anchors)
    if leaf.issuer.code != record.issuer.code:
        raise UnknownIssuer(N_("签名的部门不是证照上的颁发机构"))
    return record, envelope.payload
