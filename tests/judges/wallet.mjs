// A wallet made of other people's libraries: fetches a credential by an offer (OpenID4VCI), checks it as an
// SD-JWT VC, shows one claim of it. stdin {link, issuer, base, root, now}; stdout what it found, as JSON.
import { createHash, randomBytes, webcrypto, X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import { clientAuthenticationAnonymous } from "@openid4vc/oauth2";
import { Openid4vciClient, setGlobalConfig } from "@openid4vc/openid4vci";
import { SDJwtVcInstance } from "@sd-jwt/sd-jwt-vc";

const asked = JSON.parse(readFileSync(0, "utf8"));
setGlobalConfig({ allowInsecureUrls: true });
const b64 = (content) => Buffer.from(content).toString("base64url");
const at = (url) => String(url).replace(asked.issuer, asked.base); // the hall of this test listens there
const fetched = (url, options) => fetch(at(url), options);
const ecdsa = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };
const keys = await webcrypto.subtle.generateKey(ecdsa, true, ["sign", "verify"]);
const { kty, crv, x, y } = await webcrypto.subtle.exportKey("jwk", keys.publicKey);
const jwk = { kty, crv, x, y };
const sign = async (text) => b64(await webcrypto.subtle.sign(ecdsa, keys.privateKey, Buffer.from(text)));
const verifies = async (key, text, signature) =>
  webcrypto.subtle.verify(ecdsa, await webcrypto.subtle.importKey("jwk", key, ecdsa, true, ["verify"]), Buffer.from(signature, "base64url"), Buffer.from(text));

const callbacks = {
  fetch: fetched,
  hash: (data, name) => createHash(name.replace("-", "")).update(data).digest(),
  generateRandom: (length) => randomBytes(length),
  clientAuthentication: clientAuthenticationAnonymous(),
  signJwt: async (signer, { header, payload }) => {
    const text = `${b64(JSON.stringify(header))}.${b64(JSON.stringify(payload))}`;
    return { jwt: `${text}.${await sign(text)}`, signerJwk: jwk };
  },
  verifyJwt: async () => ({ verified: false }),
};
const client = new Openid4vciClient({ callbacks });
const credentialOffer = await client.resolveCredentialOffer(asked.link);
const issuerMetadata = await client.resolveIssuerMetadata(credentialOffer.credential_issuer);
const { accessTokenResponse } = await client.retrievePreAuthorizedCodeAccessTokenFromOffer({ credentialOffer, issuerMetadata });
const [credentialConfigurationId] = credentialOffer.credential_configuration_ids;
const { c_nonce: nonce } = await client.requestNonce({ issuerMetadata });
const proof = await client.createCredentialRequestJwtProof({
  issuerMetadata, credentialConfigurationId, nonce, signer: { method: "jwk", alg: "ES256", publicJwk: jwk },
  issuedAt: new Date(asked.now * 1000),
});
const answer = await client.retrieveCredentials({
  issuerMetadata, credentialConfigurationId, accessToken: accessTokenResponse.access_token, proofs: { jwt: [proof.jwt] },
});
const [{ credential }] = answer.credentialResponse.credentials;

const header = JSON.parse(Buffer.from(credential.split(".")[0], "base64url"));
const leaf = new X509Certificate(Buffer.from(header.x5c[0], "base64"));
const root = new X509Certificate(asked.root);
if (!leaf.checkIssued(root) || !leaf.verify(root.publicKey)) throw new Error("not under the root");
const issuerKey = leaf.publicKey.export({ format: "jwk" });
const instance = new SDJwtVcInstance({
  hasher: (data, name) => new Uint8Array(createHash(name.replace("-", "")).update(Buffer.from(data)).digest()),
  hashAlg: "sha-256",
  saltGenerator: (length) => b64(randomBytes(length)),
  signer: sign, signAlg: "ES256",
  verifier: (text, signature) => verifies(issuerKey, text, signature),
  kbSigner: sign, kbSignAlg: "ES256",
  kbVerifier: (text, signature, payload) => verifies(payload.cnf.jwk, text, signature),
  statusListFetcher: async (uri) => (await fetched(uri)).text(),
  statusVerifier: async (text, signature) => {
    const [first] = JSON.parse(Buffer.from(text.split(".")[0], "base64url")).x5c;
    return verifies(new X509Certificate(Buffer.from(first, "base64")).publicKey.export({ format: "jwk" }), text, signature);
  },
});
const whole = await instance.verify(credential, { currentDate: asked.now });

async function shown(claims, aud) {
  const challenge = await (await fetched(`${asked.issuer}/api/v1/presentations/nonce`, { method: "POST" })).json();
  const payload = { iat: asked.now, aud: aud ?? challenge.audience, nonce: challenge.nonce };
  const text = await instance.present(credential, Object.fromEntries(claims.map((one) => [one, true])), { kb: { payload } });
  const again = await instance.verify(text, { keyBindingNonce: challenge.nonce, currentDate: asked.now });
  const said = await fetched(`${asked.issuer}/api/v1/presentations`, {
    method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ vp_token: text, reason: "judge" }),
  });
  return { here: again.payload, there: await said.json() };
}

const told = {
  whole: whole.payload,
  metadata: issuerMetadata.originalDraftVersion ?? null,
  adult: await shown(["age_over_18"]),
  elsewhere: await shown(["age_over_18"], "https://other.example"),
};
process.stdout.write(JSON.stringify(told));
