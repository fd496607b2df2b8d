"""Judging (证据核验): what an evidence file proves, offline, against a pinned root and nothing else."""

import base64
import binascii
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, Literal

import rfc8785
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from servicehall.evidence import hashtree
from servicehall.kernel import merkle
from servicehall.kernel.errors import Invalid
from servicehall.kernel.words import N_
from servicehall.registries import protocol
from servicehall.registries.protocol import Malformed, Request, Response
from servicehall.sharing.datasets import DATASETS
from servicehall.signing import jws, timestamps
from servicehall.signing.timestamps import Stamp

TYPE, VERSION = "servicehall-evidence", 1
MOST_BYTES = 64 * 1024 * 1024
Hash = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
Anchors = tuple[bytes, ...]


class Part(BaseModel):
    """A part of the file: strict, nothing unknown in it."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Kept(Part):
    """One exchange: the very bytes asked (base64), the signed answer, its way to the root."""

    request: str
    response: str
    batch: int = Field(ge=0)
    place: int = Field(ge=0)
    path: list[Hash] = Field(max_length=64)


class Batch(Part):
    """One timestamp (base64 of DER) and how many exchanges it covers."""

    size: int = Field(ge=1)
    root: Hash
    token: str


class Evidence(Part):
    """The whole file."""

    type: Literal["servicehall-evidence"]
    version: Literal[1]
    exchanges: list[Kept] = Field(min_length=1)
    batches: list[Batch] = Field(min_length=1)


@dataclass(frozen=True, slots=True)
class Proof:
    """What one exchange proves: who asked what, what its provider answered, and by when."""

    asked: Request
    answer: Response
    provider: str
    answered_at: datetime
    stamped: Stamp


@dataclass(frozen=True, slots=True)
class Finding:
    """One exchange of the file, counted from 1: what it proves, or in words what is ``wrong``."""

    number: int
    proof: Proof | None = None
    wrong: str = ""


def judged(content: bytes, anchors: Anchors, stamping: Anchors) -> list[Finding]:
    """One finding for each exchange of the file *content*.

    Departments are believed under *anchors*, timestamp authorities under *stamping*. Raises Invalid
    for what is no evidence file, or not to the byte as it was given out.
    """
    file = _opened(content)
    return [_finding(n, file, anchors, stamping) for n in range(len(file.exchanges))]


def _opened(content: bytes) -> Evidence:
    if len(content) > MOST_BYTES:
        raise Invalid(N_("文件太大，不是证据文件"))
    try:
        file = Evidence.model_validate_json(content)
        canonical = rfc8785.dumps(file.model_dump(mode="json"))
    except (ValidationError, ValueError):
        raise Invalid(N_("这不是证据文件，或者文件不完整")) from None
    if canonical != content:
        raise Invalid(N_("证据文件不是规范格式，内容被改动过"))
    if {one.batch for one in file.exchanges} != set(range(len(file.batches))):
        raise Invalid(N_("证据文件里的时间戳与数据对不上"))
    return file


def _finding(number: int, file: Evidence, anchors: Anchors, stamping: Anchors) -> Finding:
    kept = file.exchanges[number]
    try:
        return Finding(number + 1, _proof(kept, file.batches[kept.batch], anchors, stamping))
    except Invalid as error:
        return Finding(number + 1, wrong=str(error))


def _proof(kept: Kept, batch: Batch, anchors: Anchors, stamping: Anchors) -> Proof:
    """The answer is its provider's and to this very question; both were there by a time."""
    try:
        envelope = jws.opened(kept.response, typ=protocol.TYP)
    except Invalid:
        raise Invalid(N_("答复不是部门签名的记录，或者被改动过")) from None
    signer = envelope.verify(anchors).issuer
    answer = _read(Response, envelope.payload, N_("答复的内容不能读取"))
    offered = DATASETS.get(answer.dataset)
    if offered is None or signer.code != offered.provider:
        raise Invalid(N_("签名的部门不是这个数据集的提供部门"))
    request = _decoded(kept.request)
    asked = _asked(request, answer)
    stamped = _stamped(hashtree.leaf(request, kept.response.encode()), kept, batch, stamping)
    if envelope.at > stamped.at + protocol.SKEW:
        raise Invalid(N_("时间戳早于部门答复的时间"))
    return Proof(asked, answer, signer.name, envelope.at, stamped)


def _asked(request: bytes, answer: Response) -> Request:
    """The question that *answer* is to."""
    body = protocol.body_of(request)
    asked: Request = _read(Request, body, N_("提问的原文不能读取，或者被改动过"))
    same = (asked.call, asked.dataset, asked.subject)
    if same != (answer.call, answer.dataset, answer.subject):
        raise Invalid(N_("答复的是另一次提问"))
    if protocol.digest(body) != answer.request_hash:
        raise Invalid(N_("提问的原文被改动过，与部门答复的不是同一份"))
    return asked


def _stamped(entry: bytes, kept: Kept, batch: Batch, anchors: Anchors) -> Stamp:
    """The timestamp over the batch that *entry* is in."""
    root, proof = bytes.fromhex(batch.root), [bytes.fromhex(text) for text in kept.path]
    stamped = timestamps.verified(_decoded(batch.token), root, anchors)
    if not merkle.is_in(entry, kept.place, batch.size, proof, root):
        raise Invalid(N_("这份问答不在加盖时间戳的那一批里，原文或哈希路径被改动过"))
    return stamped


def _read(shape: Any, content: bytes, wrong: str) -> Any:
    try:
        return protocol.parse(shape, content)
    except Malformed:
        raise Invalid(wrong) from None


def _decoded(text: str) -> bytes:
    try:
        content = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        content = b""
    if base64.b64encode(content).decode() != text:
        raise Invalid(N_("证据文件里的编码不正确"))
    return content
