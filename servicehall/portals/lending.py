"""The departments' portal (证照共享接口): other systems take a token and ask for licenses (GB/T 36906)."""

import hmac
from hashlib import sha256
from typing import Any

from authlib.integrations.flask_oauth2 import AuthorizationServer
from authlib.oauth2.rfc6749 import ClientMixin, InvalidClientError
from authlib.oauth2.rfc6749.grants import ClientCredentialsGrant
from authlib.oauth2.rfc7523 import JWTBearerClientAssertion
from flask import Blueprint, Response, g, request
from flask.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import ECKey

from servicehall.identity import admission, clients, directory
from servicehall.kernel.errors import Invalid
from servicehall.kernel.words import N_
from servicehall.lending import agreeing, inquiries, tallying, telling
from servicehall.licenses import library
from servicehall.portals.downloads import attachment
from servicehall.portals.guard import ANYONE, admit, guessed, work
from servicehall.portals.pages import refusal, said
from servicehall.printing.press import Press
from servicehall.showing import copies
from servicehall.verifying import verdicts

portal = admit(Blueprint("lending", __name__, url_prefix="/api/v1"), ANYONE)
SCOPE, TOKEN = "licenses", "/api/v1/oauth/token"
LEEWAY, LONGEST = 60, 300  # seconds an assertion may be early or late, and may last
server = AuthorizationServer()


class System(ClientMixin):  # type: ignore[misc]
    """A system of a department, as the library asks about it."""

    def __init__(self, row: clients.Client) -> None:
        self.row = row

    def get_client_id(self) -> str:
        return self.row.code

    def get_allowed_scope(self, scope: str | None) -> str | None:
        return SCOPE if scope in (None, "", SCOPE) else None

    def check_client_secret(self, secret: str) -> bool:
        return hmac.compare_digest(self.row.secret.encode(), secret.encode())

    def check_endpoint_auth_method(self, method: str, endpoint: str) -> bool:
        """One that has a public key proves itself with that and nothing less."""
        signs = JWTBearerClientAssertion.CLIENT_AUTH_METHOD
        return method == (signs if self.row.public_key else "client_secret_basic")

    def check_grant_type(self, grant_type: str) -> bool:
        return bool(grant_type == ClientCredentialsGrant.GRANT_TYPE)


class Credentials(ClientCredentialsGrant):  # type: ignore[misc]
    TOKEN_ENDPOINT_AUTH_METHODS = [
        "client_secret_basic", JWTBearerClientAssertion.CLIENT_AUTH_METHOD,
    ]  # fmt: skip


class Assertion(JWTBearerClientAssertion):  # type: ignore[misc]
    """private_key_jwt (RFC 7523): lasts five minutes at most and opens one token."""

    def resolve_client_public_key(self, client: System) -> ECKey:
        if not client.row.public_key:
            raise InvalidClientError(description="this system has no public key")
        return ECKey.import_key(client.row.public_key)

    def verify_claims(self, claims: jwt.Claims) -> None:
        """As the library does it, by the hall's own clock."""
        now = int(work.now().timestamp())
        address = work.use(Press).address
        needed: Any = {
            **{name: {"essential": True} for name in ("iss", "sub", "exp", "jti")},
            "aud": {"essential": True, "values": [address, address + TOKEN]},
        }
        try:
            jwt.JWTClaimsRegistry(now=now, leeway=LEEWAY, **needed).validate(claims)
        except JoseError as error:
            raise InvalidClientError(description=error.description) from error
        if claims["iss"] != claims["sub"] or claims["exp"] > now + LONGEST:
            raise InvalidClientError(description="iss is not sub, or it lasts too long")
        g.assertion = sha256(f"{claims['sub']}|{claims['jti']}".encode()).hexdigest()
        if admission.is_used(work, g.assertion):
            raise InvalidClientError(description="this assertion was used already")


@portal.record_once
def _open(state: BlueprintSetupState) -> None:
    """The authorization server belongs to the application."""
    lasts = int(admission.LASTS.total_seconds())
    state.app.config["OAUTH2_TOKEN_EXPIRES_IN"] = {Credentials.GRANT_TYPE: lasts}
    server.init_app(state.app, query_client=_system, save_token=_keep)
    server.register_grant(Credentials)
    server.register_client_auth_method(Assertion.CLIENT_AUTH_METHOD, Assertion(validate_jti=False))


def _system(code: str) -> System | None:
    found = clients.known(work, code)
    return None if found is None else System(found)


def _keep(token: dict[str, Any], asked: Any) -> None:
    admission.keep(
        work, asked.client.row, token["access_token"], assertion=g.get("assertion", "")
    )  # fmt: skip
    work.commit()


@portal.before_request
def known() -> ResponseReturnValue | None:
    """Whoever asks for licenses shows a token (RFC 6750); it acts as that system from here on."""
    if request.path == TOKEN:
        return None
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    client = admission.holder(work, token.strip()) if scheme.casefold() == "bearer" else None
    if client is None:
        away = refusal(401, said(N_("请先用接入系统的密钥换取访问令牌")))
        away.headers["WWW-Authenticate"] = 'Bearer error="invalid_token"'
        return away
    work.actor = admission.acting(client)
    return None


@portal.post("/oauth/token")
@guessed
def token() -> Response:
    """``grant_type=client_credentials`` (RFC 6749 4.4), the system proven by Basic or by a signed
    assertion (RFC 7523): {access_token, token_type, expires_in, scope}."""
    return server.create_token_response()  # type: ignore[no-any-return]


@portal.post("/licenses/query")
def query() -> dict[str, Any]:
    """``inquiries.Inquiry`` → {held, validTo, trust, consent, licenses}: yes or no and until when;
    licenses in full only where the holder agreed to this question. 403 says what is missing."""
    shown = telling.query(work, inquiries.read(request.get_json(silent=True)))
    work.commit()
    return {
        "held": shown.held, "validTo": shown.valid_to.isoformat() if shown.valid_to else None,
        "trust": shown.trust, "consent": shown.consent, "licenses": shown.licenses,
    }  # fmt: skip


@portal.post("/licenses/consents")
def ask() -> ResponseReturnValue:
    """``inquiries.Inquiry`` → {consent, state, until}: the holder is asked, once."""
    made = agreeing.ask(work, inquiries.read(request.get_json(silent=True)))
    if work.unfinished:
        work.commit()
    return _consent(made), 202 if made.state == "asked" else 200


@portal.get("/licenses/consents/<key>")
def consent(key: str) -> dict[str, Any]:
    """What became of it."""
    return _consent(agreeing.asked_by(work, key))


@portal.post("/licenses/file")
def file() -> ResponseReturnValue:
    """``inquiries.Inquiry`` and ``days`` (10 unless said, 180 at most) → the license as a PDF copy for
    this cause and department only (加注件), signed on its own; with the holder's consent."""
    told = request.get_json(silent=True)
    told, days = (dict(told), told.get("days", 10)) if isinstance(told, dict) else ({}, 10)
    told.pop("days", None)
    asked = inquiries.read(told)
    if not isinstance(days, int):
        raise Invalid(N_("有效天数要在 1 到 180 之间"), field="days")
    license = telling.file(work, asked)
    receiver = directory.department(work, work.actor.department).name
    made = copies.make(work, license, purpose=asked.use_cause, receiver=receiver, days=days)
    content = copies.pdf(work, made)
    work.commit()
    return attachment(content, "application/pdf", f"{license.record.type.name}-{made.code}.pdf")


@portal.get("/licenses/<identifier>/status")
def status(identifier: str) -> dict[str, Any]:
    """``?useCause=`` → {certIdentifier, state}: one of the eight results; on record for the holder."""
    cause = request.args.get("useCause", "").strip()
    if not 0 < len(cause) <= 200:
        raise Invalid(N_("请写明事由（200 字以内）"), field="useCause")
    found = library.by_identifier(work, identifier)
    standing = verdicts.standing(found, work.today()).value
    work.record(
        "license.verified", found.identifier, person=found.party, reason=cause, result=standing
    )
    work.commit()
    return {"certIdentifier": found.identifier, "state": standing}


@portal.get("/licenses/statistics")
def statistics() -> dict[str, Any]:
    """{types: [{certTypeCode, certName, issued, gathered, askedByYou}]}: counts, nobody's name."""
    return {"types": tallying.by_type(work)}


def _consent(one: Any) -> dict[str, Any]:
    return {"consent": one.key, "state": one.state, "until": one.until.isoformat()}
