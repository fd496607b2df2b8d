"""Approving (送审发布): drafts, checked against license types and datasets, go the way of two persons."""

from datetime import date

from servicehall.catalogue import drafts
from servicehall.catalogue.models import ItemDraft
from servicehall.kernel.declarations import Misdeclared
from servicehall.kernel.words import N_
from servicehall.kernel.work import UnitOfWork
from servicehall.licenses.schema import LicenseTypes
from servicehall.revising import crosscheck
from servicehall.standard.levels import Directory
from servicehall.standard.problems import Problem


def review(work: UnitOfWork, draft: ItemDraft) -> list[Problem]:
    """What is wrong with *draft* (体检): its form first, then the directory and every rule of files."""
    try:
        item = drafts.declared(work, draft)
    except Misdeclared as error:
        mend = N_("按提示改正后保存")
        return [Problem("schema", f.field, f.message, mend, f.params) for f in error.faults]
    return [*work.use(Directory).faults(item), *crosscheck.broken(item, work.use(LicenseTypes))]


def propose(
    work: UnitOfWork, draft: ItemDraft, *, version: int, summary: str,
    effective_on: date | None = None,
) -> None:  # fmt: skip
    """Hand a draft without faults to a second person (送审); see ``drafts.propose``."""
    drafts.propose(
        work, draft, lambda one: review(work, one), version=version, summary=summary,
        effective_on=effective_on,
    )  # fmt: skip


def publish(work: UnitOfWork, draft: ItemDraft, *, version: int) -> None:
    """Publish what another person proposed (发布), at once or on its day; see ``drafts.publish``."""
    drafts.publish(work, draft, lambda one: review(work, one), version=version)


def effect_one(work: UnitOfWork, tried: set[int] | None = None) -> bool:
    """Put one approved draft in force whose day has come; the caller commits each."""
    known = set() if tried is None else tried
    for draft in drafts.due(work):
        if draft.id not in known:
            known.add(draft.id)
            drafts.effect(work, draft, lambda one: review(work, one))
            return True
    return False
