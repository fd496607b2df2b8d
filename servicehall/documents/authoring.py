"""Authoring (制作文书): puts what is said to a party in writing, in the transaction of the act itself."""

from collections.abc import Sequence
from dataclasses import dataclass

from servicehall.documents.kinds import KINDS
from servicehall.documents.models import Document
from servicehall.identity.directory import new_key
from servicehall.kernel import serials
from servicehall.kernel.work import UnitOfWork
from servicehall.signing.signer import Issuer


@dataclass(frozen=True, slots=True)
class Paper:
    """What a paper says: to whom, in which paragraphs, and what can be done against it.

    *kind* is one of ``KINDS``; *matter* the case's key; *issuer* the department that speaks.
    """

    kind: str
    matter: str
    party: str
    issuer: Issuer
    addressee: str
    paragraphs: Sequence[str]
    remedies: str = ""


def write(work: UnitOfWork, paper: Paper) -> Document:
    """Number the paper and keep its words. Numbers are gapless within issuer, kind and year."""
    kind, year = KINDS[paper.kind], work.today().year
    taken = serials.take(work.session, f"document:{paper.issuer.code}:{paper.kind}:{year}")
    document = Document(
        key=new_key(), kind=paper.kind, number=f"{kind.mark}字〔{year}〕第{taken}号",
        matter=paper.matter, party=paper.party, issuer=paper.issuer.code,
        issuer_name=paper.issuer.name, written_at=work.now(),
        words={
            "addressee": paper.addressee, "paragraphs": list(paper.paragraphs),
            "remedies": paper.remedies,
        },
    )  # fmt: skip
    work.session.add(document)
    work.record("document.written", paper.matter, person=paper.party, kind=paper.kind,
                document=document.key)  # fmt: skip
    return document
