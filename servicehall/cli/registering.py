"""Registering (登记): the registry service as a process of its own, and entries in what it holds."""

import argparse

from granian import Granian
from granian.constants import Interfaces

from servicehall import factory, wiring
from servicehall.city.ledger import FOLDER, KEYS, Ledger
from servicehall.cli import serving
from servicehall.kernel.clock import SystemClock
from servicehall.kernel.errors import Invalid
from servicehall.kernel.settings import Settings
from servicehall.kernel.vault import Vault
from servicehall.kernel.words import N_
from servicehall.kernel.work import SYSTEM
from servicehall.quality import contrasting
from servicehall.sharing import predicates
from servicehall.sharing.datasets import DATASETS
from servicehall.wiring import REQUESTER, Wsgi


def serve(chosen: argparse.Namespace) -> int:
    """``registry serve``: answer signed questions on 127.0.0.1 until stopped, from a database of
    its own; says what a hall has to be told."""
    address = f"127.0.0.1:{chosen.port}"
    secret = _secret()
    print(f"HALL_REGISTRY_URL=http://{REQUESTER}:{secret}@{address}")
    print(f"or in other dialects: national+http://{REQUESTER}:{secret}@{address}")
    print(f"  and xroad+http://DEMO%2FGOV%2FHALL%2F{REQUESTER}:{secret}@{address}", flush=True)
    Granian(
        "servicehall.cli.registering:application", factory=True, interface=Interfaces.WSGI,
        address="127.0.0.1", port=chosen.port, workers=1, blocking_threads=8, log_access=False,
        websockets=False, log_enabled=False,
    ).serve()  # fmt: skip
    return 0


def application() -> Wsgi:
    """The registry service in a process of the server."""
    serving.stop_when_told()
    settings, clock = Settings.load(), SystemClock()
    records = Ledger.open(settings.folder).records
    signer = wiring.signer(settings, Vault.open(settings.folder / "keys"), clock)
    return factory.create_registry({REQUESTER: _secret().encode()}, clock, records, signer)


def amend(chosen: argparse.Namespace) -> int:
    """``registry amend``: a department changes its own records, here those of the demo city."""
    offered = DATASETS.get(chosen.dataset)
    values = dict(pair.partition("=")[::2] for pair in chosen.values)
    if offered is None:
        raise Invalid(N_("没有共享数据集 %(code)s"), code=chosen.dataset)
    if unknown := sorted(values.keys() - predicates.held(offered)):
        raise Invalid(
            N_("%(code)s 没有字段 %(names)s"), code=offered.code, names="、".join(unknown)
        )
    ledger, now = Ledger.open(Settings.load().folder), SystemClock().now()
    if values:
        ledger.amend(offered.code, chosen.subject, values, reason=chosen.reason, at=now)
    else:
        ledger.strike(offered.code, chosen.subject, reason=chosen.reason, at=now)
    ledger.close()
    print(f"{offered.code}: {', '.join(values) or 'record struck'}")
    return 0


def compare(_: argparse.Namespace) -> int:
    """``registry compare``: registers against base libraries; figures, and conflicts for owners."""
    hall = factory.open_hall(Settings.load())
    try:
        with hall.work(SYSTEM) as work:
            for one in contrasting.compare(work):
                print(
                    f"{one.resource}: {one.records} records, complete {one.complete_percent} %, "
                    f"timely {one.timely_percent} %, tidied {one.cleaned}, differ {one.differs}, "
                    f"unknown {one.unknown}, absent {one.absent}, duplicate {one.duplicate}"
                )
            work.commit()
    finally:
        hall.close()
    return 0


def whose(chosen: argparse.Namespace) -> int:
    """``registry whose``: the departments' own look-up of a conflict's pseudonym; 1 if nobody's."""
    ledger = Ledger.open(Settings.load().folder)
    found = ledger.whose(chosen.pseudonym)
    ledger.close()
    print(found or "nobody")
    return 0 if found else 1


def _secret() -> str:
    """What the hall and this registry share, in hex."""
    return Vault.open(Settings.load().folder / FOLDER / KEYS).key(f"requester:{REQUESTER}").hex()
