"""The wallets' portal (数字钱包接口): OpenID4VCI 1.0 for whoever holds a license, presentations to us."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Response, jsonify, make_response, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from servicehall.credentials import nonces, provisioning
from servicehall.kernel.errors import HallError, Invalid, NotFound
from servicehall.kernel.words import N_
from servicehall.licenses.schema import LicenseTypes
from servicehall.portals.guard import ANYONE, admit, work
from servicehall.verifying import credential, presenting

portal = admit(Blueprint("wallets", __name__), ANYONE)


@portal.get("/.well-known/openid-credential-issuer")
def metadata() -> dict[str, Any]:
    """What can be fetched here and where (OpenID4VCI 1.0 12.2)."""
    address, types = provisioning.issuer(work), work.use(LicenseTypes).values()
    return {
        "credential_issuer": address,
        "credential_endpoint": address + url_for(".fetch"),
        "nonce_endpoint": address + url_for(".nonce"),
        "display": [{"name": "政务服务大厅", "locale": "zh-CN"}],
        "credential_configurations_supported": {
            kind.slug: provisioning.configuration(work, kind) for kind in types
        },
    }


@portal.get("/.well-known/oauth-authorization-server")
def authorization() -> dict[str, Any]:
    """The authorization server's metadata (RFC 8414): no accounts of wallets, one kind of grant."""
    address = provisioning.issuer(work)
    return {
        "issuer": address,
        "token_endpoint": address + url_for(".token"),
        "token_endpoint_auth_methods_supported": ["none"],
        "grant_types_supported": [provisioning.GRANT],
        "response_types_supported": [],
        "pre-authorized_grant_anonymous_access_supported": True,
    }


@portal.get("/credentials/<slug>")
def kind(slug: str) -> dict[str, Any]:
    """What a credential type is called (SD-JWT VC type metadata). 404 for types there are not."""
    found = work.use(LicenseTypes).get(slug)
    if found is None:
        raise NotFound(N_("没有这种证照"))
    display = [{"lang": "zh-CN", "name": found.name}, {"lang": "en", "name": found.name_en}]
    return {
        "vct": provisioning.vct(work, slug), "name": found.name,
        "display": [one for one in display if one["name"]],
        "claims": [
            {"path": [f"face_{face.code}"], "sd": "always", "display": [{"lang": "zh-CN", "label": face.name}]}
            for face in found.faces
        ],
    }  # fmt: skip


@portal.post("/credential/token")
def token() -> ResponseReturnValue:
    """A pre-authorized code becomes an access token, once (OpenID4VCI 1.0 6)."""
    if request.form.get("grant_type") != provisioning.GRANT:
        return _refused("unsupported_grant_type", "pre-authorized codes only")
    try:
        given, lasts = provisioning.redeem(work, request.form.get("pre-authorized_code", ""))
    except NotFound as error:
        return _refused("invalid_grant", gettext(error.message))
    work.commit()
    return _told({"access_token": given, "token_type": "Bearer", "expires_in": lasts})


@portal.post("/credential/nonce")
def nonce() -> Response:
    """A number for the wallet's proof (OpenID4VCI 1.0 7)."""
    return _told({"c_nonce": nonces.fresh(work, provisioning.PROOF)})


@portal.post("/credential")
def fetch() -> ResponseReturnValue:
    """One credential for the key that the wallet proves to hold (OpenID4VCI 1.0 8)."""
    scheme, _, given = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer":
        return _refused("invalid_token", "Bearer", 401)
    try:
        held = provisioning.holding(work, given)
    except NotFound as error:
        return _refused("invalid_token", gettext(error.message), 401)
    try:
        made = provisioning.issue(work, held, *_asked(request.get_json(silent=True)))
    except HallError as error:
        kind = "invalid_nonce" if error.field == "nonce" else "invalid_proof"
        kind = _FIELDS.get(error.field, kind)
        return _refused(kind, gettext(error.message, **error.params))
    work.commit()
    return _told({"credentials": [{"credential": made}]})


@portal.post("/api/v1/presentations/nonce")
def challenge() -> Response:
    """{nonce, audience, expires_in}: what a wallet's key binding must hold; to be used once."""
    lasts = int(nonces.LASTS.total_seconds())
    return _told(
        {"nonce": credential.challenge(work), "audience": credential.audience(work),
         "expires_in": lasts}
    )  # fmt: skip


@portal.post("/api/v1/presentations")
def presented() -> ResponseReturnValue:
    """``vp_token`` (SD-JWT+KB), ``reason``: one of eight results, and the claims that were shown."""
    said = request.get_json(silent=True) if request.is_json else request.form
    told = said if isinstance(said, Mapping) else {}
    if not (text := str(told.get("vp_token", ""))):
        raise Invalid(N_("请给出 vp_token"), field="vp_token")
    verdict, claims = credential.by_presentation(work, text)
    presenting.noted(work, verdict, reason=str(told.get("reason", ""))[:100])
    if verdict.summary is None:
        work.rollback()
    work.commit()
    return {**presenting.as_json(verdict), "claims": claims}


_FIELDS = {"credential_configuration_id": "unknown_credential_configuration"}


def _asked(said: Any) -> tuple[str, str]:
    """(configuration, proof) of a credential request. Raises Invalid."""
    match said:
        case {"credential_configuration_id": str(kind), "proofs": {"jwt": [str(proof)]}}:
            return kind, proof
    raise Invalid(N_("请求里要有 credential_configuration_id 和一个 jwt 持有证明"))


def _told(said: dict[str, Any]) -> Response:
    answer = jsonify(said)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _refused(error: str, why: str, status: int = 400) -> Response:
    """An OAuth error (RFC 6749 5.2); nothing that was begun is kept."""
    work.rollback()
    answer = make_response(_told({"error": error, "error_description": why}), status)
    if status == 401:
        answer.headers["WWW-Authenticate"] = f'Bearer error="{error}"'
    return answer
