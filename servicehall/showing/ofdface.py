"""The OFD face (OFD 版式证照): drawn as the PDF is, its metadata by GB/T 36903, sealed with SM2."""

import base64
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import lru_cache

from servicehall.kernel.clock import local
from servicehall.kernel.errors import Conflict
from servicehall.kernel.words import N_
from servicehall.kernel.work import UnitOfWork
from servicehall.licenses import rendering
from servicehall.licenses.models import License, State
from servicehall.licenses.record import Record
from servicehall.printing import ofd
from servicehall.printing.ofd import Sheet
from servicehall.printing.ofdxml import short
from servicehall.printing.pen import MM, Pen, Stamp
from servicehall.printing.press import Press, Title
from servicehall.printing.seal import stamp
from servicehall.showing.ofdlayout import LIST, RECORD, SIGNATURE, SIGNS, VALUE
from servicehall.signing import eseal, libcrypto
from servicehall.signing.eseal import Picture
from servicehall.signing.signer import Issuer, Sm2Signer

_FOREVER = "9999-12-31"  # 长期
_TYPES = {"111": "公民身份号码", "001": "统一社会信用代码", "999": "其他自然人证件"}


def made(work: UnitOfWork, license: License) -> bytes:
    """The license as an OFD file, sealed by its department now.

    Raises Conflict before it is issued, Unavailable where this computer has no SM2.
    """
    if license.state is State.INTENT:
        raise Conflict(N_("证照还没有签发"))
    return drawn(work, license.record, license.jws or "", made=license.issued_at)


def drawn(
    work: UnitOfWork, content: Record, jws: str, *, made: datetime,
    more: Mapping[str, str] | None = None, over: Callable[[Pen], None] | None = None,
) -> bytes:  # fmt: skip
    """The face of *content* as an OFD file round the signed *jws*, sealed by its department now: what
    is written *over* it last, and what *more* it says of itself."""
    press = work.use(Press)
    title = Title(f"{content.type.name} {content.number}", content.issuer.name, content.identifier)
    sheet = ofd.sheet(
        press, title, lambda pen: rendering.page(pen, content, press.address, over),
        colour=content.template.colour, size=rendering.size(content.template), made=made,
        data=metadata(content) | dict(more or {}), attached={RECORD: jws.encode()},
    )  # fmt: skip
    return ofd.packed(_sealed(work, content, sheet))


def metadata(record: Record) -> dict[str, str]:
    """The short names of GB/T 36903 that the file says of itself (STANDARDS 3.3)."""
    holder, issuer = record.holder, record.issuer
    told = {
        "ZZMC": record.type.name, "ZZLXDM": record.type.code, "ZZBH": record.number,
        "ZZBS": record.identifier, "ZZBFJG": issuer.name, "ZZBFJGDM": issuer.code,
        "ZZBFRQ": local(record.issued_at).date().isoformat(), "CZZT": holder.name,
        "CZZTDM": holder.code, "CZZTDMLX": _TYPES[holder.code_type],
        "CZZTDMLXDM": holder.code_type, "ZZYXQQSRQ": record.valid_from.isoformat(),
        "ZZYXQJZRQ": record.valid_to.isoformat() if record.valid_to else _FOREVER,
        "CJSJ": local(record.issued_at).strftime("%Y-%m-%dT%H:%M:%S"),
        "ZZQZMC": f"{issuer.name}电子证照专用章",
    }  # fmt: skip
    return told | {f"KZ_{face.code.upper()}": face.value for face in record.faces if face.value}


def _sealed(work: UnitOfWork, content: Record, sheet: Sheet) -> Mapping[str, bytes]:
    """The files with the list of seals, the list of digests and the seal over it."""
    signer, now = work.use(Sm2Signer), work.now()
    issuer = Issuer(content.issuer.code, content.issuer.name, "sealing")
    (place,) = sheet.stamps
    picture = _picture(work.use(Press), place)
    name = f"{content.issuer.name}电子证照专用章"
    own = eseal.make(signer, issuer, picture, name=name, now=now)
    files = dict(sheet.files) | {LIST: _list(), f"{SIGNS}/Sign_0/Seal.esl": own.dump()}
    height = rendering.size(content.template)[1]
    files[SIGNATURE] = _signature(files, place, height, now)
    files[VALUE] = eseal.seal(signer, issuer, own, files[SIGNATURE], place=f"/{SIGNATURE}", now=now)
    return files


@lru_cache(maxsize=64)
def _picture(press: Press, place: Stamp) -> Picture:
    """The seal alone, as an OFD of its own: vectors at any size."""
    title, wide = Title(place.name, "servicehall", "seal"), 2 * place.radius + 4

    def draw(pen: Pen) -> None:
        stamp(pen, wide / 2, wide / 2, place.name, place.mark, radius=place.radius, note=place.note)

    sheet = ofd.sheet(
        press, title, draw, colour="#b22222", size=(wide, wide), made=_DRAWN, signed=False
    )  # fmt: skip
    size = round(wide * MM)
    return Picture("ofd", ofd.packed(sheet.files), size, size)


_DRAWN = datetime.fromisoformat("2026-01-01T00:00:00+08:00")  # of a picture, not of a seal


def _list() -> bytes:
    return ofd.xml(
        f"<ofd:Signatures {ofd.NAMESPACE}><ofd:MaxSignId>1</ofd:MaxSignId>"
        f'<ofd:Signature ID="1" Type="Seal" BaseLoc="/{SIGNATURE}"/></ofd:Signatures>'
    )


def _signature(files: Mapping[str, bytes], place: Stamp, height: float, now: datetime) -> bytes:
    """Signature.xml (18.2): the digest of every file there is, and where the seal is seen."""
    told = "".join(
        f'<ofd:Reference FileRef="/{name}"><ofd:CheckValue>'
        f"{base64.b64encode(libcrypto.sm3(content)).decode()}</ofd:CheckValue></ofd:Reference>"
        for name, content in files.items()
    )
    wide = (2 * place.radius + 4) * MM
    left, top = place.x * MM - wide / 2, (height - place.y) * MM - wide / 2
    box = " ".join(short(one) for one in (left, top, wide, wide))
    return ofd.xml(
        f"<ofd:Signature {ofd.NAMESPACE}><ofd:SignedInfo>"
        '<ofd:Provider ProviderName="servicehall" Version="1.0" Company="servicehall"/>'
        f"<ofd:SignatureMethod>{eseal.ALGORITHM}</ofd:SignatureMethod>"
        f"<ofd:SignatureDateTime>{local(now):%Y%m%d%H%M%S}</ofd:SignatureDateTime>"
        f'<ofd:References CheckMethod="{eseal.DIGEST}">{told}</ofd:References>'
        f'<ofd:StampAnnot ID="1" PageRef="{ofd.PAGE}" Boundary="{box}"/>'
        "<ofd:Seal><ofd:BaseLoc>Seal.esl</ofd:BaseLoc></ofd:Seal></ofd:SignedInfo>"
        f"<ofd:SignedValue>/{VALUE}</ofd:SignedValue></ofd:Signature>"
    )
