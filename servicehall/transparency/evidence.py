"""Evidence (存证文件): proofs to take away, checked without the hall by whoever has its root."""

import base64
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from servicehall.kernel import audit, merkle, trees
from servicehall.kernel.audit import AuditEntry, AuditNode
from servicehall.kernel.errors import Invalid
from servicehall.kernel.words import N_
from servicehall.kernel.work import UnitOfWork
from servicehall.signing.signer import Signer
from servicehall.transparency import checkpoints
from servicehall.transparency.checkpoints import AUDITOR, Checkpoint, Checkpoints

LARGEST = 256 * 1024  # characters
Hash = str


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Inclusion(_Strict):
    """One entry, and how its leaf leads to a signed root (RFC 9162 2.1.3)."""

    kind: Literal["inclusion"]
    entry: dict[str, Any]
    actor: str | None = Field(description="who acted, if that is told")
    salt: str = Field(pattern="^[0-9a-f]{32}$")
    path: list[Hash]
    checkpoint: str
    certificates: list[str]


class Consistency(_Strict):
    """That the log of a later checkpoint begins with the log of an earlier (RFC 9162 2.1.4)."""

    kind: Literal["consistency"]
    earlier: str
    later: str
    path: list[Hash]
    certificates: list[str]


@dataclass(frozen=True, slots=True)
class Proven:
    """What a proof proves: the checkpoint that it ends at, and the entry or the earlier one."""

    checkpoint: Checkpoint
    entry: dict[str, Any] | None = None
    actor: str | None = None
    earlier: Checkpoint | None = None


def inclusion(work: UnitOfWork, entry: AuditEntry, *, named: bool) -> Inclusion:
    """The proof for one entry; without *named* it does not tell who acted."""
    signed = work.use(Checkpoints).reach(entry.id, audit.head(work.session))
    path = trees.inclusion(work.session, AuditNode, entry.id - 1, signed.head.length)
    return Inclusion(
        kind="inclusion",
        entry=audit.content(entry.id, entry, entry.salt),
        actor=entry.actor if named else None,
        salt=entry.salt,
        path=[one.hex() for one in path],
        checkpoint=signed.jws,
        certificates=_chain(work),
    )


def consistency(work: UnitOfWork, first: int, second: int) -> Consistency:
    """The proof between the checkpoints of these sizes. Raises NotFound, Invalid."""
    if not 0 < first <= second:
        raise Invalid(N_("first 必须大于 0，且不大于 second"), field="first")
    kept = work.use(Checkpoints)
    earlier, later = kept.of(first), kept.of(second)
    path = trees.consistency(work.session, AuditNode, first, second)
    return Consistency(
        kind="consistency", earlier=earlier.jws, later=later.jws,
        path=[one.hex() for one in path], certificates=_chain(work),
    )  # fmt: skip


def roots(work: UnitOfWork) -> bytes:
    """The certificates (PEM) that ``verified`` is held to, for whoever keeps them elsewhere."""
    held = map(x509.load_der_x509_certificate, work.use(Signer).anchors())
    return b"".join(one.public_bytes(Encoding.PEM) for one in held)


def verified(text: str, anchors: Iterable[bytes]) -> Proven:
    """What the file *text* proves to whoever believes the roots *anchors* (DER). Raises Invalid."""
    proof, trusted = _read(text), tuple(anchors)
    path = [_hash(one) for one in proof.path]
    if isinstance(proof, Consistency):
        earlier = checkpoints.verified(proof.earlier, trusted)
        later = checkpoints.verified(proof.later, trusted)
        if not merkle.is_begun_by(_tree(earlier), _tree(later), path):
            raise Invalid(N_("后一个树根不是从前一个增加而来的，日志被改写过"))
        return Proven(later, earlier=earlier)
    signed = checkpoints.verified(proof.checkpoint, trusted)
    size, root = _tree(signed)
    number = proof.entry.get("number")
    if type(number) is not int or not merkle.is_in(_leaf(proof), number - 1, size, path, root):
        raise Invalid(N_("这条记录不在签名的日志里，或者被改动过"))
    if proof.actor is not None and audit.sealed(proof.actor, proof.salt) != proof.entry["actor"]:
        raise Invalid(N_("证明文件里的操作人不是记录里的操作人"))
    return Proven(signed, entry=proof.entry, actor=proof.actor)


def _read(text: str) -> Inclusion | Consistency:
    try:
        told = json.loads(text) if len(text) <= LARGEST else {}
        kind = told.get("kind") if isinstance(told, dict) else None
        return (Consistency if kind == "consistency" else Inclusion).model_validate(told)
    except (ValidationError, ValueError, RecursionError):
        raise Invalid(N_("这不是本大厅日志的证明文件")) from None


def _leaf(proof: Inclusion) -> bytes:
    try:
        return audit.leaf(proof.entry, proof.salt)
    except ValueError:  # numbers that no entry holds
        raise Invalid(N_("这不是本大厅日志的证明文件")) from None


def _hash(text: Hash) -> bytes:
    try:
        return bytes.fromhex(text)
    except ValueError:
        raise Invalid(N_("这不是本大厅日志的证明文件")) from None


def _tree(signed: Checkpoint) -> tuple[int, bytes]:
    return signed.head.length, _hash(signed.head.hash)


def _chain(work: UnitOfWork) -> list[str]:
    """The certificates to look at; whoever verifies believes none but the root they have."""
    return [base64.b64encode(one).decode() for one in work.use(Signer).pen(AUDITOR).chain]
