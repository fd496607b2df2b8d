"""What every Stamper promises: `adapters.authority ` embedded, `adapters.remote ` asking openssl."""

import hashlib
import shutil
import subprocess
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from servicehall.kernel.errors import Unavailable
from servicehall.signing import certifying, timestamps
from servicehall.signing.adapters.authority import LocalAuthority
from servicehall.signing.adapters.remote import QUERY, REPLY, RemoteAuthority
from servicehall.signing.signer import Issuer

DIGEST = hashlib.sha256(b"something").digest()
NAME = Issuer("TSA", "示范省时间戳中心", "timestamping")
CONFIG = """
[tsa]
default_tsa = one
[one]
serial = {0}/serial
signer_cert = {0}/tsa.pem
signer_key = {0}/tsa.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
ess_cert_id_alg = sha256
"""


@pytest.fixture
def elsewhere(tmp_path):
    """An authority of another house, whose tokens openssl makes; (its reply to a query, its root)."""
    if not shutil.which("openssl"):
        pytest.skip("openssl is not installed")
    now, root_key, key = datetime.now(UTC), *(ec.generate_private_key(ec.SECP256R1()) for _ in "12")
    root = certifying.make_root(root_key, "示范省根证书", now=now)
    leaf = certifying.make_leaf(root, root_key, key.public_key(), NAME, now=now)
    sealed = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    (tmp_path / "tsa.key").write_bytes(sealed)
    (tmp_path / "tsa.pem").write_bytes(leaf.public_bytes(Encoding.PEM))
    (tmp_path / "serial").write_text("01")
    (tmp_path / "tsa.cnf").write_text(CONFIG.format(tmp_path))

    def reply(query: bytes) -> bytes:
        (tmp_path / "query").write_bytes(query)
        command = ["openssl", "ts", "-reply", "-config", "tsa.cnf", "-queryfile", "query"]
        return subprocess.run(command, cwd=tmp_path, capture_output=True, check=True).stdout

    return reply, root.public_bytes(Encoding.DER)


class Serving:
    """Replies over HTTP with what *reply* makes of a query."""

    def __init__(self, reply: Callable[[bytes], bytes], kind: str = REPLY, status: int = 200):
        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                assert self.headers["Content-Type"] == QUERY
                said = reply(self.rfile.read(int(self.headers["Content-Length"])))
                self.send_response(status)
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(said)))
                self.end_headers()
                self.wfile.write(said)

            def log_message(self, *_: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True)

    def __enter__(self) -> str:
        self.thread.start()
        return f"http://127.0.0.1:{self.server.server_port}/tsa"

    def __exit__(self, *_: object) -> None:
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()


@pytest.fixture(params=["embedded", "remote"])
def stamper(request):
    if request.param == "embedded":
        signer, clock = (request.getfixturevalue(name) for name in ("signer", "clock"))
        yield LocalAuthority(signer, clock)
        return
    reply, root = request.getfixturevalue("elsewhere")
    with Serving(reply) as url:
        yield RemoteAuthority(url, (root,))


@pytest.mark.tool
def test_a_digest_is_stamped_and_the_token_proves_it_under_the_anchors(stamper):
    token = stamper.stamp(DIGEST)
    stamp = timestamps.verified(token, DIGEST, stamper.anchors())
    assert (stamp.by.code, stamp.by.use) == ("TSA", "timestamping")
    assert stamp.at.tzinfo


@pytest.mark.tool
def test_no_two_tokens_are_the_same(stamper):
    assert stamper.stamp(DIGEST) != stamper.stamp(DIGEST)


@pytest.mark.tool
def test_a_token_under_another_root_or_to_another_question_is_not_taken(elsewhere, signer):
    reply, root = elsewhere
    with Serving(reply) as url:
        with pytest.raises(Unavailable):
            RemoteAuthority(url, signer.anchors()).stamp(DIGEST)
        first = RemoteAuthority(url, (root,))
        first.stamp(DIGEST)
    kept = []

    def repeat(query: bytes) -> bytes:
        kept.append(reply(query))
        return kept[0]

    with Serving(repeat) as url:
        again = RemoteAuthority(url, (root,))
        again.stamp(DIGEST)
        with pytest.raises(Unavailable):
            again.stamp(DIGEST)


@pytest.mark.parametrize(
    ("said", "kind", "status"),
    [(b"", REPLY, 200), (b"nonsense", REPLY, 200), (b"<h1>", "text/html", 200), (b"", REPLY, 500)],
)
def test_an_authority_that_says_nothing_useful_is_unavailable(said, kind, status, signer):
    with Serving(lambda _: said, kind, status) as url, pytest.raises(Unavailable):
        RemoteAuthority(url, signer.anchors()).stamp(DIGEST)


def test_nobody_there_is_unavailable(signer):
    with Serving(lambda _: b"") as url:
        pass
    with pytest.raises(Unavailable):
        RemoteAuthority(url, signer.anchors()).stamp(DIGEST)


@pytest.mark.parametrize("url", ["ftp://host/", "https:", "tsa"])
def test_a_url_that_is_none_is_refused(url):
    with pytest.raises(ValueError, match="timestamp URL"):
        RemoteAuthority(url, ())
