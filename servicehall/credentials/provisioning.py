"""Offering (领取凭证): OpenID4VCI 1.0, pre-authorized code: offer, token, one credential."""

import json
import secrets
from datetime import timedelta
from typing import Any
from urllib.parse import quote

from sqlalchemy import select, update

from servicehall.credentials import binding, claims, disclosing, nonces
from servicehall.credentials.models import CredentialOffer
from servicehall.identity import directory
from servicehall.kernel import jcs
from servicehall.kernel.errors import Conflict, Invalid, NotFound
from servicehall.kernel.words import N_
from servicehall.kernel.work import UnitOfWork
from servicehall.licenses import wallet
from servicehall.licenses.models import License
from servicehall.licenses.schema import LicenseType
from servicehall.printing.press import Press
from servicehall.signing import foreign, jws
from servicehall.signing.signer import Issuer, Signer

TYP, FORMAT = "dc+sd-jwt", "dc+sd-jwt"
GRANT = "urn:ietf:params:oauth:grant-type:pre-authorized_code"
LASTS = timedelta(minutes=5)  # of an offer, and of the token it is changed for
CREDENTIAL_LIFE = timedelta(days=365)  # then it is fetched anew; where it stands is asked each time
PROOF = "credential.proof"


def issuer(work: UnitOfWork) -> str:
    """The credential issuer identifier: the hall's address."""
    return work.use(Press).address


def vct(work: UnitOfWork, slug: str) -> str:
    """The type of credentials of license type *slug*; its description lies at this address."""
    return f"{issuer(work)}/credentials/{slug}"


def offer(work: UnitOfWork, license: License) -> str:
    """Offer the actor's own *license* to a wallet; the offer (JSON) holds the only copy of the code.

    Raises Conflict unless it is in force. The caller commits.
    """
    wallet.own(work, license.code)
    if not license.in_force(work.today()):
        raise Conflict(N_("这份证照现在不能使用，不能放进数字钱包"))
    code = secrets.token_urlsafe(24)
    kept = CredentialOffer(
        code=foreign.digest(code), license_id=license.id, party=license.party,
        ends_at=work.now() + LASTS,
    )  # fmt: skip
    work.session.add(kept)
    work.record("credential.offered", license.identifier, person=license.party, type=license.type)
    told = {
        "credential_issuer": issuer(work),
        "credential_configuration_ids": [license.type],
        "grants": {GRANT: {"pre-authorized_code": code}},
    }
    return json.dumps(told)


def link(offered: str) -> str:
    """The address that a wallet opens, also as a QR code (OpenID4VCI 1.0 4.1.1)."""
    return f"openid-credential-offer://?credential_offer={quote(offered, safe='')}"


def redeem(work: UnitOfWork, code: str) -> tuple[str, int]:
    """(access token, seconds it lasts) for a pre-authorized *code*, once.

    Raises NotFound for a code that is unknown, used or past its minutes: the three look alike.
    """
    token = secrets.token_urlsafe(32)
    taken = work.session.execute(
        update(CredentialOffer)
        .where(CredentialOffer.code == foreign.digest(code), CredentialOffer.token.is_(None))
        .where(CredentialOffer.ends_at >= work.now())
        .values(token=foreign.digest(token), ends_at=work.now() + LASTS)
        .returning(CredentialOffer.id)
    ).all()
    if not taken:
        raise NotFound(N_("领取码不存在、已经用过或已经过期，请在“我的证照”重新领取"))
    offered = work.session.get_one(CredentialOffer, taken[0].id)
    work.record("credential.redeemed", offered.license.identifier, person=offered.party)
    return token, int(LASTS.total_seconds())


def holding(work: UnitOfWork, token: str) -> CredentialOffer:
    """The offer that *token* was given for and that is still to be fetched. Raises NotFound."""
    query = select(CredentialOffer).where(
        CredentialOffer.token == foreign.digest(token), CredentialOffer.ends_at >= work.now(),
        CredentialOffer.issued_at.is_(None),
    )  # fmt: skip
    found = work.session.scalar(query.with_for_update())
    if found is None:
        raise NotFound(N_("访问令牌不存在、已经用过或已经过期，请在“我的证照”重新领取"))
    return found


def issue(work: UnitOfWork, held: CredentialOffer, kind: str, proof: str) -> str:
    """The credential of *held* for the key that *proof* shows, as SD-JWT VC; once.

    Raises Invalid for another type or a proof that does not hold, Conflict where the license is no
    longer in force. The caller commits.
    """
    license = held.license
    if kind != license.type:
        raise Invalid(N_("领取的不是这种证照"), field="credential_configuration_id")
    if not license.in_force(work.today()):
        raise Conflict(N_("这份证照现在不能使用，不能放进数字钱包"))
    jwk, nonce = binding.of_proof(proof, audience=issuer(work), at=work.now())
    nonces.spend(work, PROOF, nonce)
    held.issued_at, held.key = work.now(), foreign.digest(jcs.canonical(jwk).decode())
    work.record("credential.issued", license.identifier, person=license.party, type=license.type)
    return _signed(work, license, jwk)


def configuration(work: UnitOfWork, kind: LicenseType) -> dict[str, Any]:
    """What the issuer's metadata say of a license type (OpenID4VCI 1.0 12.2.4)."""
    names = [{"name": kind.name, "locale": "zh-CN"}]
    names += [{"name": kind.name_en, "locale": "en"}] if kind.name_en else []
    signing = {"proof_signing_alg_values_supported": [jws.ALGORITHM]}
    return {
        "format": FORMAT, "vct": vct(work, kind.slug),
        "cryptographic_binding_methods_supported": ["jwk"],
        "credential_signing_alg_values_supported": [jws.ALGORITHM],
        "proof_types_supported": {"jwt": signing},
        "credential_metadata": {"display": names},
    }  # fmt: skip


def _signed(work: UnitOfWork, license: License, jwk: dict[str, str]) -> str:
    record, now = license.record, work.now()
    told = claims.of(record, directory.regions(work), today=work.today())
    digests, disclosures = disclosing.hidden(told)
    status = {"idx": record.status.index, "uri": record.status.uri}
    payload: dict[str, Any] = {
        "iss": issuer(work), "vct": vct(work, license.type), "iat": int(now.timestamp()),
        "exp": int((now + CREDENTIAL_LIFE).timestamp()), "cnf": {"jwk": jwk},
        "status": {"status_list": status}, "issuing_authority": record.issuer.name,
        "_sd": digests, "_sd_alg": disclosing.ALGORITHM,
    }  # fmt: skip
    department = Issuer(record.issuer.code, record.issuer.name)
    signed = jws.seal(work.use(Signer), department, jcs.canonical(payload), typ=TYP, now=now)
    return "".join(f"{part}~" for part in (signed, *disclosures))
