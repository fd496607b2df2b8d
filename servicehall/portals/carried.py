"""Carried (离线核验页): one HTML file that verifies licenses without a network, saved and taken along."""

import base64
import hashlib
from functools import cache
from pathlib import Path
from typing import Any

from flask import Response, current_app, render_template
from flask_babel import gettext

from servicehall.kernel.errors import NotFound
from servicehall.kernel.words import N_
from servicehall.licenses.statuslist import StatusLists
from servicehall.portals.guard import work
from servicehall.signing.certificates import es256_roots
from servicehall.signing.signer import Signer
from servicehall.transparency import distrust, treeheads

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
    "file": N_("不是 PDF 证照、OFD 证照、签名记录或离线码"), "none": N_("文件里没有签名记录"),
    "stolen": distrust.STOLEN, "list": N_("这不是本大厅的证照状态列表"),
    "unlisted": N_("状态列表里查不到，请带上新的状态列表"),
    "code": N_("离线码读不出来，或被改动过，请持证主体重新出示"),
    "signer": N_("没有这个离线码的签名证书，请带上新的状态列表"),
    "package": N_("OFD 文件已损坏，里面的签名记录读不出来"),
    "picture": N_("图片里没有找到二维码，请拍清楚一些，或改用文件"),
    "address": N_("这个二维码是联网核验的网址：请联网打开，或改用证照文件、离线码"),
    "showcode": N_("亮证码只能联网核验：请持证主体出示离线码，或改用证照文件"),
    "ended_code": N_("离线码已经超过 30 天，请持证主体重新出示"),
    "ended_copy": N_("加注件已过有效期，请持证主体重新制作"),
    "proof": N_("存证文件与这份证照不符，或被改动过"),
    "fork": N_("存证文件里的树根与本页带着的签名树根不一致，请告诉本大厅"),
    "alone": N_("这是存证文件，请先选择它所证明的证照"),
}  # fmt: skip
WORDS = {
    "list": N_("所用状态列表的时间："),
    "old": N_("（之后的变化查不到，联网后请重新下载）"),
    "compare": N_("以下是签名保护的内容，请与文件上印的逐项对照："),
    "type": N_("证照类型"),
    "second": N_("还有一个国密（SM2）签名，浏览器不能核对，请用核验命令或联网核验。"),
    "holder": N_("持证主体"),
    "issuer": N_("颁发机构"),
    "number": N_("证照编号"),
    "dates": N_("有效期"),
    "forever": N_("长期"),
    "seal": N_("没有核对 OFD 的印章（浏览器不能核对 SM2），核对的是里面的签名记录。"),
    "copy": N_("这是加注件：只供下面写明的接收方用于写明的用途。"),
    "logged": N_("公开的证照日志里有它，签名的树根时间和位置："),
    "unlogged": N_("没有带证照日志的存证文件，不能排除签名密钥被盗用。"),
    "purpose": N_("用途"),
    "receiver": N_("接收方"),
    "copy_until": N_("加注件有效期至"),
    "code_until": N_("离线码有效期至"),
}
CAMERA = {
    "looking": N_("请把二维码放在画面中间"),
    "denied": N_("没有得到使用摄像头的允许。请在浏览器里允许，或粘贴编码、选择文件。"),
    "none": N_("这台设备没有可用的摄像头。请粘贴编码，或选择文件。"),
    "busy": N_("摄像头打不开，可能正被别的程序使用。请粘贴编码，或选择文件。"),
    "unsafe": N_("浏览器只允许加密的网页使用摄像头。请粘贴编码，或选择文件。"),
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
    said["camera"] = {name: gettext(text) for name, text in CAMERA.items()}
    token = work.use(StatusLists).token(work)
    return {"roots": roots, "status": token, "head": _head(), "words": said}


def _head() -> str | None:
    """The signed root of the license log of now: of one size there is one root."""
    try:
        return treeheads.last(work).checkpoint
    except NotFound:
        return None


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return f"sha256-{base64.b64encode(digest).decode()}"


@cache
def _script(folder: Path) -> str:
    return (folder / "offline.js").read_text("utf8")


_STYLE = (
    "body{max-width:44rem;margin:0 auto;padding:1rem;font:1.125rem/1.6 sans-serif;color:#1f2933}"
    "h1{font-size:1.75rem}label{display:block;font-weight:700}input,textarea{margin:.25rem 0 1.25rem;"
    "font:inherit;max-width:100%}textarea{box-sizing:border-box;width:100%;margin-bottom:.5rem}"
    "button{font:inherit;padding:.4rem 1rem;margin:0 .5rem 1.25rem 0}"
    "video{display:block;width:100%;max-height:60vh;margin-bottom:1rem;background:#000}"
    "[hidden]{display:none!important}"
    "#result{border-left:.4rem solid #8a97a6;padding:.1rem 1rem;background:#f3f6fa}"
    "#result:empty{display:none}#result:focus{outline:.2rem solid #f5b301}"
    "#result[data-result=valid]{border-color:#178a63}"
    "#result[data-result=altered],#result[data-result=revoked],#result[data-result=unknown_issuer]"
    "{border-color:#c23a31}"
    "table{border-collapse:collapse;width:100%}th,td{text-align:left;vertical-align:top;"
    "padding:.4rem .5rem .4rem 0;border-bottom:1px solid #d5dde5;overflow-wrap:anywhere}th{width:35%}"
    "small{color:#52606d}"
)
