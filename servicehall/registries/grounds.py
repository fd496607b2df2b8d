"""Grounds (使用依据): open one with consent, close it with the matter (国令716号 第7条)."""

import hashlib

from sqlalchemy import select

from servicehall.identity.directory import new_key
from servicehall.kernel.errors import NotFound
from servicehall.kernel.work import UnitOfWork
from servicehall.registries.models import Ground


def open_for(
    work: UnitOfWork, matter: str, *, item: str, needs: dict[str, list[str]], words: str,
    channel: str = "online",
) -> Ground:  # fmt: skip
    """Let *matter* ask for *needs* (dataset → fields) because the party agreed to *words*."""
    ground = Ground(
        key=new_key(), kind="case", matter=matter, party=work.actor.party, item=item, needs=needs,
        consent=hashlib.sha256(words.encode()).hexdigest(), opened_at=work.now(), closed_at=None,
        revoked_at=None, channel=channel,
    )  # fmt: skip
    work.session.add(ground)
    work.record("ground.opened", matter, person=work.actor.party, item=item, needs=sorted(needs),
                channel=channel)  # fmt: skip
    return ground


def open_by_law(
    work: UnitOfWork, matter: str, *, item: str, needs: dict[str, list[str]], words: str
) -> Ground:
    """Let the department of *item* ask for whom a published rule holds (免申即享), as *words* (law and
    purpose) allow: nobody's consent can be asked before it is known whom to ask."""
    party = f"department:{item[:18]}"
    ground = Ground(
        key=new_key(), kind="offer", matter=matter, party=party, item=item, needs=needs,
        consent=hashlib.sha256(words.encode()).hexdigest(), opened_at=work.now(), closed_at=None,
        revoked_at=None,
    )  # fmt: skip
    work.session.add(ground)
    work.record("ground.opened", matter, person=party, item=item, needs=sorted(needs))
    return ground


def of(work: UnitOfWork, matter: str) -> Ground:
    """The ground of *matter*. Raises NotFound."""
    found = work.session.scalar(select(Ground).where(Ground.matter == matter))
    if found is None:
        raise NotFound
    return found


def close(work: UnitOfWork, matter: str) -> None:
    """Nothing more may be asked for *matter*."""
    ground = of(work, matter)
    if ground.closed_at is None:
        ground.closed_at = work.now()
        work.record("ground.closed", matter, person=ground.party)


def revoke(work: UnitOfWork, matter: str) -> None:
    """The party took its consent back: nothing more may be asked for *matter* (撤回授权)."""
    ground = of(work, matter)
    ground.closed_at = ground.revoked_at = work.now()
    work.record("ground.revoked", matter, person=ground.party)
