"""Presenting (核验应答): a verdict for programs, and the record that somebody has looked."""

from typing import Any

from servicehall.identity import policy
from servicehall.kernel.words import N_
from servicehall.kernel.work import UnitOfWork
from servicehall.licenses import library
from servicehall.verifying.verdicts import Showing, Verdict

_UNSAID = N_("未说明用途")


def as_json(verdict: Verdict) -> dict[str, Any]:
    """``result``, ``genuine``, ``same_file``, sentences, and the masked summary of the license."""
    shown = verdict.summary
    license = None
    if shown is not None:
        license = {
            "identifier": shown.identifier,
            "type": shown.type,
            "issuer": shown.issuer,
            "holder": shown.holder,
            "holder_code": shown.holder_code,
            "version": shown.version,
            "valid_from": shown.valid_from.isoformat(),
            "valid_to": shown.valid_to.isoformat() if shown.valid_to else None,
        }
    return {
        "result": verdict.result.value,
        "genuine": verdict.genuine,
        "same_file": verdict.same_file,
        "reasons": list(verdict.reasons),
        "next_step": verdict.next_step,
        "license": license,
        "shown": _shown(verdict.showing),
    }


def _shown(how: Showing | None) -> dict[str, Any] | None:
    if how is None:
        return None
    said = {"kind": how.kind, "purpose": how.purpose, "receiver": how.receiver}
    return {**said, "until": how.until.isoformat()}


def noted(work: UnitOfWork, verdict: Verdict, *, reason: str = "") -> None:
    """Put on record that somebody verified this license (谁看过我的数据); the caller commits.

    Whoever it was shown to: a department says why, a stranger with the code need not.
    """
    if verdict.summary is None:
        return
    license = library.by_identifier(work, verdict.summary.identifier)
    department = policy.may(work.actor, "license.verify_as_department")
    why = {"reason": reason or _UNSAID} if department else {}
    how = verdict.showing
    if how is not None and how.kind == "code":  # what the holder showed it for
        why = {"reason": reason or how.purpose}
    told = {**why, "result": verdict.result.value, **({"shown": how.kind} if how else {})}
    work.record("license.verified", license.identifier, person=license.party, **told)
