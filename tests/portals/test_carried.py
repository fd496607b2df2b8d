"""The page to take along: whole in itself, and allowed to connect nowhere."""

import base64
import json
import re
from hashlib import sha256

from flask import Flask

from tests.cases.halls import Scene, SignIn


def test_the_page_is_one_file_that_connects_nowhere(app: Flask) -> None:
    answer = app.test_client().get("/verify/offline.html")
    assert answer.status_code == 200
    policy = answer.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; script-src 'sha256-")
    page = answer.text
    assert policy.partition("; frame-ancestors")[0].replace("'", "&#39;") in page
    assert not re.search(r'(src|href)="', page)
    (script,) = re.findall(r'<script type="module">(.*?)</script>', page, re.DOTALL)
    digest = base64.b64encode(sha256(script.encode()).digest()).decode()
    assert f"script-src 'sha256-{digest}'" in policy
    known = json.loads(re.findall(r'id="known">(.*?)</script>', page, re.DOTALL)[0])
    assert known["roots"]
    assert known["status"].count(".") == 2
    assert len(known["words"]["results"]) == 8
    assert set(known["words"]["camera"]) == {"looking", "denied", "none", "busy", "unsafe"}


def test_it_brings_the_signed_root_of_the_license_log_along(app: Flask, stage: Scene) -> None:
    stage.granted_nurse()
    head = stage.headed()
    page = app.test_client().get("/verify/offline.html").text
    known = json.loads(re.findall(r'id="known">(.*?)</script>', page, re.DOTALL)[0])
    assert known["head"] == head


def test_it_is_offered_where_licenses_are_verified_and_speaks_english(
    app: Flask, sign_in: SignIn
) -> None:
    assert "/verify/offline.html" in app.test_client().get("/verify/").text
    reader = sign_in("wang")
    reader.post("/prefer", data={"lang": "en"})
    assert "Verify offline" in reader.get("/verify/offline.html").text
