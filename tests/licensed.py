"""Doors to licenses: to show one, take it along, verify it; who may use them (see tests/doors.py)."""

from tests.visitors import ANYONE, ELSEWHERE, LENT, LICENSE, OPEN, OWNER, PEOPLE, Row

DOORS: dict[tuple[str, str], Row] = {
    ("citizen.lent.index", "GET"): Row(PEOPLE),
    ("citizen.lent.answer", "POST"): LENT,
    ("citizen.lent.elsewhere", "GET"): ELSEWHERE,
    ("citizen.lent.scan", "GET"): ELSEWHERE,
    ("citizen.mine.license", "GET"): LICENSE,
    ("citizen.mine.license_pdf", "GET"): LICENSE,
    ("citizen.carrying.choose", "GET"): LICENSE,
    ("citizen.carrying.show", "POST"): LICENSE,
    ("citizen.carrying.shown", "GET"): Row(PEOPLE, frozenset({OWNER}), {"purpose": "check"}),
    ("citizen.carrying.offline", "GET"): LICENSE,
    ("citizen.carrying.ofd_file", "GET"): LICENSE,
    ("citizen.carrying.wallet_offer", "POST"): LICENSE,
    ("citizen.carrying.copied", "GET"): LICENSE,
    ("citizen.carrying.copy", "POST"): LICENSE,
    ("citizen.carrying.copy_pdf", "GET"): Row(PEOPLE, frozenset({OWNER}), {"copy": "COPY"}),
    ("citizen.carrying.copy_ofd", "GET"): Row(PEOPLE, frozenset({OWNER}), {"copy": "COPY"}),
    ("verify.form", "GET"): OPEN,
    ("verify.check", "POST"): OPEN,
    ("verify.offline", "GET"): OPEN,
    ("verify.proof", "GET"): Row(ANYONE, values={"code": "LICENSE"}),
    ("verify.by_code", "GET"): Row(ANYONE, values={"code": "LICENSE"}),
    ("exchange.verify", "POST"): OPEN,
    ("wallets.metadata", "GET"): OPEN,
    ("wallets.authorization", "GET"): OPEN,
    ("wallets.kind", "GET"): Row(ANYONE, values={"slug": "nurse-certificate"}),
    ("wallets.token", "POST"): OPEN,
    ("wallets.nonce", "POST"): OPEN,
    ("wallets.fetch", "POST"): Row(frozenset()),  # whoever has a token; without one it is 401
    ("wallets.challenge", "POST"): OPEN,
    ("wallets.presented", "POST"): OPEN,
}
