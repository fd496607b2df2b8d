"""Credential check (凭证核验): what a wallet shows, to whom it shows it, and where the license stands."""

from typing import Any

from sqlalchemy import select

from servicehall.credentials import binding, disclosing, nonces, provisioning
from servicehall.kernel.errors import Conflict, Invalid
from servicehall.kernel.words import N_
from servicehall.kernel.work import UnitOfWork
from servicehall.licenses.models import License, State
from servicehall.signing import foreign, jws
from servicehall.signing.certificates import UnknownIssuer
from servicehall.signing.signer import Signer
from servicehall.transparency import distrust
from servicehall.verifying.verdicts import Result, Verdict, standing, stolen, verdict

USE = "credential.presentation"
INNER = frozenset({"_sd", "_sd_alg", "cnf", "status"})  # means, not what is said


def audience(work: UnitOfWork) -> str:
    """For whom a wallet must make its key binding when it shows a credential to this hall."""
    return provisioning.issuer(work)


def challenge(work: UnitOfWork) -> str:
    """The number that the next presentation must hold; used once, within minutes."""
    return nonces.fresh(work, USE)


def by_presentation(work: UnitOfWork, text: str) -> tuple[Verdict, dict[str, Any]]:
    """Which of the eight is true of an SD-JWT+KB, and the claims that were shown.

    The key binding is demanded always: over these disclosures, for this hall, with a number that
    ``challenge`` gave and nobody used. Claims are {} unless all of it holds. Raises nothing for
    what does not hold; the number is used up in the caller's transaction.
    """
    try:
        shown = disclosing.apart(text)
        envelope = jws.opened(shown.issued, typ=provisioning.TYP)
        signer = envelope.verify(work.use(Signer).anchors()).issuer.code
        if distrust.since(envelope, distrust.listed(work)):  # no log holds credentials
            return stolen(), {}
        payload = foreign.fields(envelope.payload)
        claims = disclosing.revealed(payload, shown.disclosures)
        license = _license(work, claims, signer)
        nonce = binding.of_presentation(
            shown.binding, cnf=claims.get("cnf"), bound=shown.bound, audience=audience(work),
            at=work.now(),
        )  # fmt: skip
        nonces.spend(work, USE, nonce)
    except UnknownIssuer as error:
        return verdict(Result.UNKNOWN_ISSUER, str(error)), {}
    except (Invalid, Conflict) as error:
        return verdict(Result.ALTERED, str(error)), {}
    told = {name: value for name, value in claims.items() if name not in INNER}
    return _standing(work, license, claims), told


def _license(work: UnitOfWork, claims: dict[str, Any], signer: str) -> License | None:
    """The license that the credential is of: by its place in the status list, which is its own."""
    match claims:
        case {
            "iss": str(iss), "vct": str(vct), "exp": int(),
            "status": {"status_list": {"idx": int(place), "uri": str()}},
        } if iss == provisioning.issuer(work):  # fmt: skip
            query = select(License).where(
                License.status_index == place, License.state != State.INTENT
            )
        case _:
            raise Invalid(N_("凭证里缺少必要的内容"))
    license = work.session.scalar(query)
    if license is None:
        return None
    if license.issuer != signer or vct != provisioning.vct(work, license.type):
        raise UnknownIssuer(N_("签名的部门不是证照上的颁发机构"))
    return license


def _standing(work: UnitOfWork, license: License | None, claims: dict[str, Any]) -> Verdict:
    if license is None:
        return verdict(Result.STATUS_STALE, genuine=True)
    stands = standing(license, work.today())
    if stands is Result.VALID and work.now().timestamp() > claims["exp"]:
        why = N_("凭证已过期，请持证主体在“我的证照”重新领取")
        return verdict(Result.EXPIRED, why, license=license, genuine=True)
    return verdict(stands, license=license, genuine=True)
