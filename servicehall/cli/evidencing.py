"""Evidencing (证据核验命令): ``evidence verify FILE`` proves a file offline, without any hall's data."""

import argparse
import json
from pathlib import Path
from typing import Any

from servicehall import wiring
from servicehall.evidence import judging
from servicehall.evidence.judging import Finding
from servicehall.kernel.clock import SystemClock
from servicehall.kernel.errors import Invalid
from servicehall.kernel.settings import Settings
from servicehall.kernel.vault import Vault
from servicehall.kernel.words import N_
from servicehall.signing import certificates


def verify(chosen: argparse.Namespace) -> int:
    """``evidence verify FILE [--root PEM]``: each exchange as JSON; 0 only if all are proven.

    The pinned root is the one in the file *PEM* (from ``/log/root.pem``), or of the hall in
    HALL_DATA; its database is not opened, nothing is asked over the network.
    """
    if chosen.root:
        anchors = stamping = certificates.read_roots(Path(chosen.root))
    else:
        anchors, stamping = _own_roots(Settings.load())
    found = judging.judged(Path(chosen.file).read_bytes(), anchors, stamping)
    print(json.dumps([_told(one) for one in found], ensure_ascii=False, indent=1))
    return 1 if any(one.wrong for one in found) else 0


def _own_roots(settings: Settings) -> tuple[tuple[bytes, ...], tuple[bytes, ...]]:
    """Whose answers and whose timestamps the hall in HALL_DATA believes."""
    if not (settings.folder / "keys").exists():
        raise Invalid(N_("%(folder)s 里没有政务服务大厅的数据"), folder=settings.folder)
    vault, clock = Vault.open(settings.folder / "keys"), SystemClock()
    signing = wiring.signer(settings, vault, clock)
    stamping = wiring.stamper(settings, signing, clock).anchors()
    return wiring.registry_roots(settings, signing)(), stamping


def _told(one: Finding) -> dict[str, Any]:
    """What is proven of one exchange, or what is wrong: nothing unproven is shown."""
    told: dict[str, Any] = {"exchange": one.number, "holds": one.proof is not None}
    if (proof := one.proof) is None:
        return told | {"wrong": one.wrong}
    asked = proof.asked
    return told | {
        "call": asked.call, "case": asked.case, "item": asked.item, "purpose": asked.purpose,
        "actor": asked.actor, "party": asked.party, "dataset": asked.dataset,
        "subject": asked.subject, "fields": asked.fields, "records": proof.answer.records,
        "provider": proof.provider, "answered_at": proof.answered_at.isoformat(),
        "timestamped_at": proof.stamped.at.isoformat(), "timestamped_by": proof.stamped.by.name,
    }  # fmt: skip
