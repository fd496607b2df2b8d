"""Keyholding (密钥管理): whose keys there are, new ones, rotation, a root of the operator's own."""

import argparse
import getpass
import hashlib
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from servicehall import wiring
from servicehall.cli import witnessing
from servicehall.identity import directory
from servicehall.kernel.clock import BEIJING, SystemClock, local
from servicehall.kernel.errors import Invalid
from servicehall.kernel.settings import Settings
from servicehall.kernel.vault import Vault
from servicehall.kernel.words import N_
from servicehall.kernel.work import SYSTEM, UnitOfWork
from servicehall.licenses.statuslist import PUBLISHER
from servicehall.signing import certificates
from servicehall.signing.signer import Adopting, Issuer, Keeper, Signer, Sm2Signer
from servicehall.transparency import distrust
from servicehall.transparency.checkpoints import AUDITOR
from servicehall.wiring import Hall

SERVICES = (AUDITOR, PUBLISHER, Issuer("TSA", "政务服务大厅时间戳服务", "timestamping"))


def show(_: argparse.Namespace) -> int:
    """``keys list``: each certificate, newest first; the first of each issuer signs."""
    with witnessing.opened(Settings.load()) as hall, hall.work(SYSTEM) as work:
        for port in (Signer, Sm2Signer):
            for issuer in _issuers(work):
                for place, one in enumerate(_keeper(hall, port).certificates(issuer)):
                    print(_line(hall.adapters[port].algorithm, issuer, one, signs=place == 0))
    return 0


def new(chosen: argparse.Namespace) -> int:
    """``keys new CODE [--sm2]``: the first key of a department. Refused where it has one."""
    return _made(chosen, first=True)


def rotate(chosen: argparse.Namespace) -> int:
    """``keys rotate CODE [--sm2]``: a new key signs from now on; what was signed stays verifiable."""
    return _made(chosen, first=False)


def compromised(chosen: argparse.Namespace) -> int:
    """``keys compromised CODE --since T``: the department's key was stolen at T, at the latest.

    Of what it signed only that is believed which the license log held under a timestamped root
    before T. A new key signs from now on; ``license resign`` gives the licenses its signature.
    T is ISO 8601, in the hall's time where it names no zone.
    """
    try:
        moment = datetime.fromisoformat(chosen.since)
    except ValueError:
        raise Invalid(
            N_("--since 的时间写法不对：%(given)s，请写成 2026-03-01T08:00"), given=chosen.since
        ) from None
    since = (moment if moment.tzinfo else moment.replace(tzinfo=BEIJING)).astimezone(UTC)
    with witnessing.opened(Settings.load()) as hall, hall.work(SYSTEM) as work:
        keeper, issuer = _keeper(hall, Signer), _issuer(work, chosen.code)
        held = keeper.certificates(issuer)
        if issuer in SERVICES or not held:
            raise Invalid(N_("只有部门的签名密钥能声明失密；服务的密钥请用 keys rotate 轮换"))
        added = distrust.declare(work, held, issuer.code, since=since)
        made = keeper.renew(issuer)
        work.record("key.rotated", issuer.code, fingerprint=named(made))
        work.commit()
        print(f"distrusted: {added} of {len(held)} certificates, since {local(since).isoformat()}")
        print(_line("ES256", issuer, made, signs=True))
        print(f"next: servicehall license resign --issuer {issuer.code}")
    return 0


def adopt(chosen: argparse.Namespace) -> int:
    """``keys adopt KEY.pem ROOT.pem``: the operator's own root, in a state folder without one.

    The passphrase of the key is asked for. In production mode no other root is used.
    """
    settings = Settings.load()
    pem = Path(chosen.key).read_bytes()
    passphrase = getpass.getpass("passphrase: ").encode() if b"ENCRYPTED" in pem else None
    key = load_pem_private_key(pem, passphrase)
    certificate = x509.load_pem_x509_certificate(Path(chosen.root).read_bytes())
    if not isinstance(key, ec.EllipticCurvePrivateKey) or certificates.is_demo(certificate):
        raise Invalid(N_("根密钥必须是 P-256 的，根证书不能是演示根证书"))
    signer = wiring.signer(settings, Vault.open(settings.folder / "keys"), SystemClock())
    if not isinstance(signer, Adopting):
        raise Invalid(N_("这种签名设备的根证书由设备管理，不能在这里导入"))
    signer.adopt(key, certificate)
    print(f"root: {certificate.subject.rfc4514_string()}")
    return 0


def _made(chosen: argparse.Namespace, *, first: bool) -> int:
    port = Sm2Signer if chosen.sm2 else Signer
    with witnessing.opened(Settings.load()) as hall, hall.work(SYSTEM) as work:
        keeper, issuer = _keeper(hall, port), _issuer(work, chosen.code)
        if bool(keeper.certificates(issuer)) is first:
            raise Invalid(
                N_("这个机构已经有密钥，请用 keys rotate 轮换") if first
                else N_("这个机构还没有密钥，请用 keys new 生成")
            )  # fmt: skip
        made = keeper.renew(issuer)
        work.record("key.made" if first else "key.rotated", issuer.code, fingerprint=named(made))
        work.commit()
        print(_line(hall.adapters[port].algorithm, issuer, made, signs=True))
    return 0


def named(certificate: bytes) -> str:
    """The fingerprint of a certificate (DER): SHA-256 in hex."""
    return hashlib.sha256(certificate).hexdigest()


def _keeper(hall: Hall, port: Any) -> Keeper:
    signer = hall.adapters[port]
    if not isinstance(signer, Keeper):
        raise Invalid(N_("这种签名设备的密钥由设备管理，不能在这里更换"))
    return signer


def _issuers(work: UnitOfWork) -> Iterator[Issuer]:
    yield from SERVICES
    for one in directory.departments(work):
        yield Issuer(one.code, one.name)


def _issuer(work: UnitOfWork, code: str) -> Issuer:
    found = next((one for one in _issuers(work) if one.code == code), None)
    if found is None:
        raise Invalid(N_("没有这个机构：%(code)s"), code=code)
    return found


def _line(algorithm: str, issuer: Issuer, der: bytes, *, signs: bool) -> str:
    one = x509.load_der_x509_certificate(der)
    dates = f"{one.not_valid_before_utc:%Y-%m-%d} – {one.not_valid_after_utc:%Y-%m-%d}"
    state = "signs" if signs else "verifies"
    return f"{algorithm}\t{issuer.code}\t{issuer.name}\t{dates}\t{state}\t{named(der)}"
