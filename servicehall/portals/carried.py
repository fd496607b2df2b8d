"""Carried (离线核验页): one HTML file that verifies licenses without a network, saved and taken along."""

import base64
import hashlib
from functools import cache
from pathlib import Path
from typing import Any

from flask import Response, current_app, render_template
from flask_babel import gettext

from servicehall.kernel.words import N_
from servicehall.licenses.statuslist import StatusLists
from servicehall.portals.guard import work
from servicehall.signing.certificates import es256_roots
from servicehall.signing.signer import Signer

RESULTS = {
    "valid": N_("证照真实，当前有效"), "expired": N_("证照真实，但今天不在有效期内"),
    "suspended": N_("证照真实，但已被暂扣"), "revoked": N_("证照真实，但已被注销、撤销或吊销"),
    "superseded": N_("证照真实，但已被新版本取代"), "altered": N_("内容与签名不符"),
    "unknown_issuer": N_("不能确认是本大厅认可的机构签发的"),
    "status_stale": N_("签名真实，但现在查不到这份证照的状态"),
}  # fmt: skip
WHY = {
    "root": N_("签名证书不是本大厅信任的根证书签发的"), "form": N_("这不是一份签名的电子记录"),
    "signature": N_("签名与内容不符，内容被改动过"), "issuer": N_("签名的部门不是证照上的颁发机构"),
    "file": N_("不是 PDF 证照或签名记录"), "none": N_("文件里没有签名记录"),
    "list": N_("这不是本大厅的证照状态列表"), "unlisted": N_("状态列表里查不到，请带上新的状态列表"),
}  # fmt: skip
WORDS = {
    "list": N_("所用状态列表的时间："), "old": N_("（之后的变化查不到，联网后请重新下载）"),
    "compare": N_("以下是签名保护的内容，请与文件上印的逐项对照："), "type": N_("证照类型"),
    "second": N_("还有一个国密（SM2）签名，浏览器不能核对，请用核验命令或联网核验。"),
    "holder": N_("持证主体"), "issuer": N_("颁发机构"), "number": N_("证照编号"),
    "dates": N_("有效期"), "forever": N_("长期"),
}  # fmt: skip


def page() -> Response:
    """The page with our roots and the status list of now in it; it may connect nowhere."""
    script, style = _script(Path(str(current_app.static_folder))), _STYLE
    policy = (
        f"default-src 'none'; script-src '{_hash(script)}'; style-src '{_hash(style)}';"
        " base-uri 'none'; form-action 'none'"
    )
    shown = render_template(
        "verify/offline.html", script=script, style=style, policy=policy, known=_known()
    )
    answer = Response(shown, content_type="text/html; charset=utf-8")
    answer.headers["Content-Security-Policy"] = f"{policy}; frame-ancestors 'none'"
    return answer


def _known() -> dict[str, Any]:
    """What the page believes and says."""
    anchors = es256_roots(work.use(Signer).anchors())  # no browser checks SM2
    roots = [base64.b64encode(root).decode() for root in anchors]
    said: dict[str, Any] = {name: gettext(text) for name, text in WORDS.items()}
    said["results"] = {name: gettext(text) for name, text in RESULTS.items()}
    said["why"] = {name: gettext(text) for name, text in WHY.items()}
    return {"roots": roots, "status": work.use(StatusLists).token(work), "words": said}


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return f"sha256-{base64.b64encode(digest).decode()}"


@cache
def _script(folder: Path) -> str:
    return (folder / "offline.js").read_text("utf8")


_STYLE = (
    "body{max-width:44rem;margin:0 auto;padding:1rem;font:1.125rem/1.6 sans-serif;color:#1f2933}"
    "h1{font-size:1.75rem}label{display:block;font-weight:700}input{margin:.25rem 0 1.25rem;font:inherit}"
    "#result{border-left:.4rem solid #8a97a6;padding:.1rem 1rem;background:#f3f6fa}"
    "#result:empty{display:none}#result:focus{outline:.2rem solid #f5b301}"
    "#result[data-result=valid]{border-color:#178a63}"
    "#result[data-result=altered],#result[data-result=revoked],#result[data-result=unknown_issuer]"
    "{border-color:#c23a31}"
    "table{border-collapse:collapse;width:100%}th,td{text-align:left;vertical-align:top;"
    "padding:.4rem .5rem .4rem 0;border-bottom:1px solid #d5dde5;overflow-wrap:anywhere}th{width:35%}"
    "small{color:#52606d}"
)
