"""Attaching (上传材料): a file, a promise, or the word to bring it to the window."""

import hashlib

from servicehall.applying import scrubbing
from servicehall.cases import editing, prefill, promises
from servicehall.cases.models import Case, CaseMaterial
from servicehall.identity.directory import new_key
from servicehall.kernel.errors import Invalid, NotFound
from servicehall.kernel.words import N_
from servicehall.kernel.work import UnitOfWork
from servicehall.standard.schema import Material
from servicehall.storage.store import FileStore


def material(case: Case, code: str) -> tuple[CaseMaterial, Material]:
    """The row and the declaration of material *code*. Raises NotFound."""
    for row in case.materials:
        if row.code == code:
            return row, next(m for m in case.item.materials if m.code == code)
    raise NotFound


def upload(work: UnitOfWork, case: Case, code: str, *, name: str, content: bytes) -> CaseMaterial:
    """Keep a file for material *code* (上传): PDF, JPEG or PNG of at most 10 MiB.

    Pictures are drawn anew, which leaves out positions and scripts; a PDF with active content is
    refused. Raises Invalid naming the file's fault.
    """
    editing.open_for_editing(work, case)
    row, declared = material(case, code)
    keep(work, row, declared, name=name, content=content)
    row.how, case.saved_at = "upload", work.now()
    work.record("case.uploaded", case.matter, person=case.party, material=code, sha256=row.sha256)
    return row


def keep(
    work: UnitOfWork, row: CaseMaterial, declared: Material, *, name: str, content: bytes
) -> None:
    """Clean and store the file of *row*. Raises Invalid naming its fault."""
    kind, safe = scrubbing.cleaned(content, declared.name)
    row.file_key = f"materials/m{new_key()}"  # a key may begin with "-", a file name may not
    work.use(FileStore).keep(row.file_key, safe)
    row.file_type, row.file_size, row.supplied_at = kind, len(safe), work.now()
    row.file_name, row.sha256 = _tidy(name), hashlib.sha256(safe).hexdigest()


def promise(work: UnitOfWork, case: Case, code: str) -> CaseMaterial:
    """Promise instead of proving (告知承诺, 国办发〔2020〕42号), where the item allows it."""
    editing.open_for_editing(work, case)
    row, declared = material(case, code)
    if declared.exempt is None or declared.exempt.by != "promise":
        raise Invalid(N_("这份材料不适用告知承诺"), field=code)
    if promises.broken(work, case.party):
        raise Invalid(
            N_("您以前的承诺经核查不实，还没有改正，这次要提交证明材料"), field="promised"
        )
    row.how, row.evidence = "promise", {"promise": declared.exempt.name}
    row.supplied_at = case.saved_at = work.now()
    work.record("case.promised", case.matter, person=case.party, material=code)
    return row


def bring(work: UnitOfWork, case: Case, code: str) -> CaseMaterial:
    """Bring it to the window within the days agreed (容缺后补), where the item allows it."""
    editing.open_for_editing(work, case)
    row, declared = material(case, code)
    if declared.needed != "deferrable":
        raise Invalid(N_("这份材料不能容缺后补"), field=code)
    row.how, row.supplied_at = "window", None
    case.saved_at = work.now()
    work.record("case.deferred", case.matter, person=case.party, material=code)
    return row


def remove(work: UnitOfWork, case: Case, code: str) -> CaseMaterial:
    """Take back what was uploaded or promised for *code*; what data replace is 免提交 again."""
    editing.open_for_editing(work, case)
    row, _ = material(case, code)
    row.how, row.evidence = "pending", {}
    forget(row)
    case.saved_at = work.now()
    prefill.supply(work, case)
    work.record("case.removed", case.matter, person=case.party, material=code)
    return row


def forget(row: CaseMaterial) -> None:
    """The file of *row* no longer counts."""
    row.supplied_at = None
    row.file_key = row.file_name = row.file_type = row.sha256 = row.file_size = None


def content(work: UnitOfWork, row: CaseMaterial) -> bytes:
    """The kept file of *row*. Raises NotFound."""
    if row.file_key is None:
        raise NotFound
    return work.use(FileStore).get(row.file_key)


def _tidy(name: str) -> str:
    """A file name to show: no path, no control or direction characters, at most 80 long."""
    plain = "".join(c for c in name.replace("\\", "/").rpartition("/")[2] if c.isprintable())
    return plain[-80:] or "file"
