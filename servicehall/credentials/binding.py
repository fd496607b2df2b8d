"""Binding (持有证明): a wallet proves that the key a credential is for is its own."""

from datetime import datetime, timedelta
from typing import Any

from servicehall.kernel.errors import Invalid
from servicehall.kernel.words import N_
from servicehall.signing import foreign

PROOF, BINDING = "openid4vci-proof+jwt", "kb+jwt"
LASTS = timedelta(minutes=5)  # so old a proof may be
AHEAD = timedelta(minutes=1)  # so far a wallet's clock may be before ours


def of_proof(text: str, *, audience: str, at: datetime) -> tuple[dict[str, str], str]:
    """(the wallet's public JWK, the nonce it was given) of a key proof (OpenID4VCI 1.0 F.1).

    Raises Invalid unless the key in the header signed it, for *audience*, just now.
    """
    proof = foreign.token(text, typ=PROOF)
    jwk = proof.header.get("jwk")
    if not proof.signed_by(foreign.public_key(jwk)):
        raise Invalid(N_("钱包的持有证明签名不正确"))
    return foreign.plain_jwk(jwk), _told(proof, audience, at)


def of_presentation(text: str, *, cnf: Any, bound: str, audience: str, at: datetime) -> str:
    """The nonce of a key binding JWT (RFC 9901 4.3) over *bound* by the key that *cnf* names.

    Raises Invalid where it is missing, another's, for another audience, other disclosures or old.
    """
    if not text:
        raise Invalid(N_("凭证没有持有证明，不能确认是本人出示"))
    proof = foreign.token(text, typ=BINDING)
    jwk = cnf.get("jwk") if isinstance(cnf, dict) else None
    if not proof.signed_by(foreign.public_key(jwk)):
        raise Invalid(N_("出示的人不是凭证的持有人：持有证明签名不正确"))
    if proof.claims.get("sd_hash") != foreign.digest(bound):
        raise Invalid(N_("持有证明不是为这些披露项作的"))
    return _told(proof, audience, at)


def _told(proof: foreign.Token, audience: str, at: datetime) -> str:
    match proof.claims:
        case {"aud": str(aud), "iat": int(iat), "nonce": str(nonce)}:
            if aud != audience:
                raise Invalid(N_("持有证明是给另一个核验方的"))
            if not (at - LASTS).timestamp() <= iat <= (at + AHEAD).timestamp():
                raise Invalid(N_("持有证明的时间不对，请重新出示"))
            return nonce
    raise Invalid(N_("持有证明不完整"))
