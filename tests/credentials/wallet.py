"""A wallet of the tests' own: a key, proofs of holding it, presentations of what it was given."""

import json

import rfc8785
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256

from servicehall.signing.foreign import decoded, digest, encoded


class Wallet:
    def __init__(self):
        self.key = ec.generate_private_key(ec.SECP256R1())
        numbers = self.key.public_key().public_numbers()
        self.jwk = {
            "kty": "EC", "crv": "P-256", "x": encoded(numbers.x.to_bytes(32)),
            "y": encoded(numbers.y.to_bytes(32)),
        }  # fmt: skip

    def token(self, header, claims):
        signed = f"{encoded(rfc8785.dumps(header))}.{encoded(rfc8785.dumps(claims))}"
        r, s = decode_dss_signature(self.key.sign(signed.encode(), ec.ECDSA(SHA256())))
        return f"{signed}.{encoded(r.to_bytes(32) + s.to_bytes(32))}"

    def proof(self, nonce, at, audience="http://hall.example", **changes):
        header = {"alg": "ES256", "typ": "openid4vci-proof+jwt", "jwk": self.jwk}
        claims = {"aud": audience, "iat": int(at.timestamp()), "nonce": nonce}
        return self.token({**header, **changes}, claims)

    def shows(self, credential, names, nonce, at, **changes):
        """*credential* with the claims of *names* disclosed and the key bound."""
        issued, *disclosures = credential.rstrip("~").split("~")
        kept = [one for one in disclosures if json.loads(decoded(one))[1] in names]
        bound = "".join(f"{part}~" for part in (issued, *kept))
        claims = {
            "aud": "http://hall.example", "iat": int(at.timestamp()), "nonce": nonce,
            "sd_hash": digest(bound), **changes,
        }  # fmt: skip
        return bound + self.token({"alg": "ES256", "typ": "kb+jwt"}, claims)
