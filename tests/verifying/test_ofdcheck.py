"""OFD files: genuine ones pass with and without the hall; what was touched, added or left out does not."""

import io
import zipfile

import pytest

from servicehall.licenses import library, statuslist
from servicehall.showing import ofdface, ofdlayout
from servicehall.signing import eseal
from servicehall.signing.signer import Issuer
from servicehall.verifying import offline, shown, verification
from servicehall.verifying.bounded import Examiners
from servicehall.verifying.verdicts import Result
from tests.licenses.conftest import order


@pytest.fixture
def ofd(hall, work, license):
    return ofdface.made(work, license)


def repacked(content, change, compress=zipfile.ZIP_DEFLATED):
    """The package with its files changed by *change* (a dict of them)."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        files = {one: package.read(one) for one in package.namelist()}
    files = change(files) or files
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compress) as package:
        for name, part in files.items():
            package.writestr(zipfile.ZipInfo(name), part, compress)
    return out.getvalue()


def edited(name, old, new):
    return lambda files: files.update({name: files[name].replace(old, new)})


def test_genuine_with_and_without_the_hall(hall, work, ofd, license):
    told = verification.by_file(work, ofd)  # in the process of its own
    assert (told.result, told.genuine, told.same_file) == (Result.VALID, True, None)
    told = offline.by_file(
        ofd, hall.signer.anchors(), token=statuslist.signed(work), at=hall.clock.now()
    )
    assert (told.result, told.summary.identifier) == (Result.VALID, license.identifier)
    library.suspend(work, library.by_code(work, license.code), reason="检查", law="示范法")
    work.commit()
    assert verification.by_file(work, ofd).result is Result.SUSPENDED


CONTENT, ATTACHED = "Doc_0/Pages/Page_0/Content.xml", "Doc_0/Attachs/license.json"


TOUCHED = (
    edited(CONTENT, "示渔".encode(), "示鱼".encode()), edited("OFD.xml", b"2031", b"2041"),
    edited("Doc_0/Document.xml", b"210", b"211"), edited("Doc_0/PublicRes.xml", b"2", b"3"),
    edited(ofdlayout.SIGNATURE, b"PageRef", b"pageRef"), edited(ofdlayout.LIST, b"Seal", b"Sign"),
    edited(ofdlayout.VALUE, b"", b"\0"), edited("Doc_0/Res/HallSerif-Regular.ttf", b"a", b"b"),
    lambda files: files.update({"Doc_0/Pages/Page_0/Extra.xml": b"<x/>"}),
    lambda files: files.pop(ATTACHED) and None,
    lambda files: files.pop("Doc_0/Signs/Sign_0/Seal.esl") and None,
    edited(ofdlayout.SIGNATURE, b'<ofd:Reference FileRef="/OFD.xml">', b'<ofd:Reference FileRef="/x">'),
)  # fmt: skip


def test_whatever_is_touched_is_found(work, ofd, in_process):
    for change in TOUCHED:
        told = verification.by_file(work, repacked(ofd, change))
        assert (told.result, told.genuine) == (Result.ALTERED, False)


def test_what_is_put_around_the_package_is_found(work, ofd, in_process):
    for bent in (ofd + b"x", ofd[:-2] + b"\1\0x", ofd[:4] + b"junk" + ofd[4:], ofd[:5000]):
        assert not verification.by_file(work, bent).genuine
    twice = io.BytesIO(ofd)
    with zipfile.ZipFile(twice, "a") as package, pytest.warns(UserWarning, match="Duplicate"):
        package.writestr("OFD.xml", b"<x/>")
    assert not verification.by_file(work, twice.getvalue()).genuine


def test_not_ours(work, ofd, in_process):
    for change in (lambda f: {"OFD.xml": f["OFD.xml"]}, lambda f: f.pop(ofdlayout.VALUE) and None):
        told = verification.by_file(work, repacked(ofd, change))
        assert told.result is Result.UNKNOWN_ISSUER
    many = repacked(ofd, lambda files: files.update({f"x{n}": b"" for n in range(60)}))
    assert verification.by_file(work, many).result is Result.UNKNOWN_ISSUER
    other = edited(ofdlayout.SIGNATURE, eseal.DIGEST.encode(), b"1.2.3")
    assert verification.by_file(work, repacked(ofd, other)).result is Result.UNKNOWN_ISSUER


def test_the_seal_of_another_department_or_none_of_ours(hall, work, ofd, in_process, monkeypatch):
    told = shown.record_in(ofd, (), (), {})
    assert told.result is Result.UNKNOWN_ISSUER
    monkeypatch.setattr(shown.eseal, "verified", lambda *a: Issuer("X", "别的部门", "sealing"))
    assert verification.by_file(work, ofd).result is Result.UNKNOWN_ISSUER


def test_a_record_of_another_license_in_it(hall, work, ofd, in_process):
    other = hall.issue(order("C-2", type=order().type.model_copy(update={"single": False})))
    swapped = repacked(ofd, lambda files: files.update({ATTACHED: other.jws.encode()}))
    assert verification.by_file(work, swapped).result is Result.ALTERED


def test_a_package_that_swells_is_left_alone(work):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("OFD.xml", bytes(40 * 1024 * 1024))
    asking = Examiners()
    try:
        assert asking.ask(out.getvalue()) == {"ofd": {"refused": "foreign"}}
    finally:
        asking.close()
