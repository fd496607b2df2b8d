"""Consenting (授权): the words agreed to, a signed receipt for them, and taking it back."""

import json
from hashlib import sha256
from typing import Any

from sqlalchemy import select

from servicehall.cases import rechecking
from servicehall.cases.models import Case
from servicehall.cases.states import EDITABLE, OPEN
from servicehall.identity import policy
from servicehall.kernel import jcs
from servicehall.kernel.audit import AuditEntry
from servicehall.kernel.errors import Conflict, Invalid
from servicehall.kernel.words import N_
from servicehall.kernel.work import UnitOfWork
from servicehall.registries import grounds
from servicehall.registries.models import Ground
from servicehall.sharing.datasets import DATASETS
from servicehall.signing import jws
from servicehall.signing.signer import Issuer, Signer
from servicehall.standard.schema import Item

TYP = "consent+jws"
LAW = "个人信息保护法 第十三条、第十四条、第十五条"


def words(item: Item) -> str:
    """The words agreed to (授权书), whose SHA-256 the ground keeps."""
    lines = []
    for need in item.needs:
        offered = DATASETS[need.dataset]
        fields = "、".join(offered.fields[field] for field in need.fields)
        lines.append(f"{offered.library}：{fields}（{need.purpose}）")
    return f"为办理“{item.name}”，同意查询以下数据：\n" + "\n".join(lines)


def ground(work: UnitOfWork, case: Case) -> Ground:
    """On what ground registries were asked for the actor's own *case*. Raises NotFound."""
    policy.require_party(work.actor, case.party)
    return grounds.of(work, case.matter)


def receipt(work: UnitOfWork, case: Case) -> str:
    """The consent as a compact JWS (授权凭证), signed by the department that handles the item.

    The payload is canonical JSON: controller, item, what may be asked and why, the very words and
    their hash, when it was given, ended and taken back, and its place on the record.
    """
    given, item = ground(work, case), case.item
    entry = work.session.scalar(
        select(AuditEntry).filter_by(act="ground.opened", subject=case.matter).limit(1)
    )
    told: dict[str, Any] = {
        "type": "consent", "receipt": given.key, "law": LAW,
        "controller": {"code": item.department, "name": item.department_name},
        "item": {"code": item.code, "name": item.name}, "case": case.number or case.key,
        "needs": [
            {"dataset": n.dataset, "library": DATASETS[n.dataset].library, "fields": list(n.fields),
             "purpose": n.purpose} for n in item.needs
        ],
        "words": words(item), "words_sha256": given.consent,
        "given_at": given.opened_at.isoformat(), "ended_at": _iso(given.closed_at),
        "revoked_at": _iso(given.revoked_at),
        "record": {"number": entry.id, "hash": entry.hash} if entry else None,
    }  # fmt: skip
    issuer = Issuer(item.department, item.department_name)
    return jws.seal(work.use(Signer), issuer, jcs.canonical(told), typ=TYP, now=work.now())


def verified(work: UnitOfWork, text: str) -> dict[str, Any]:
    """What a receipt says, once its signature is proven. Raises Invalid, UnknownIssuer."""
    envelope = jws.opened(text.strip(), typ=TYP)
    leaf = envelope.verify(work.use(Signer).anchors())
    told: dict[str, Any] = json.loads(envelope.payload)
    if told["controller"]["code"] != leaf.issuer.code:
        raise Invalid(N_("签名的部门不是凭证上的部门"))
    if sha256(told["words"].encode()).hexdigest() != told["words_sha256"]:
        raise Invalid(N_("凭证上的文字与当时同意的不一致"))
    return told


def revoke(work: UnitOfWork, case: Case) -> None:
    """Take the consent back (撤回授权, 个人信息保护法 第15条): nothing more is asked for this case.

    What was fetched before stays lawful and stays in the case. Raises Conflict once it has ended.
    """
    policy.require_party(work.actor, case.party)
    work.hold(case)
    given = grounds.of(work, case.matter)
    if given.closed_at is not None or case.state not in OPEN | EDITABLE:
        raise Conflict(N_("这件事已经不再查询数据，不用撤回"))
    grounds.revoke(work, case.matter)
    rechecking.leave(work, case)


def _iso(moment: Any) -> str | None:
    return moment.isoformat() if moment else None
