"""What a licenses/*.yaml file may say (证照类型, GB/T 36903); unknown keys are refused."""

from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from servicehall.kernel.declarations import Fault, Misdeclared, json_schema, read_folder
from servicehall.kernel.words import N_

Text = Annotated[str, Field(min_length=1)]


class Declared(BaseModel):
    """A declared thing: strict, immutable, nothing unknown in it."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Face(Declared):
    """One field on the face (照面信息): ``name`` in Chinese, ``kind`` for its form."""

    code: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
    name: Text
    name_en: str = ""
    kind: Literal["text", "date", "money", "number", "citizen_number", "uscc"] = "text"
    required: bool = True


class Template(Declared):
    """How the face is drawn (版式): page, colour and layout of a drawing the rendering knows."""

    page: Literal["a4-portrait", "a4-landscape"] = "a4-portrait"
    layout: Literal["certificate", "card", "letter"] = "certificate"
    colour: Annotated[str, Field(pattern=r"^#[0-9a-f]{6}$")] = "#b22222"
    version: int = 1


class LicenseType(Declared):
    """A kind of license (证照类型). ``kind`` decision is a written decision (批文)."""

    slug: Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]*$")]
    code: Annotated[str, Field(pattern=r"^[0-9A-Z]{21}$")]  # GB/T 36904 证照类型代码
    name: Text
    name_en: str = ""
    kind: Literal["license", "decision"] = "license"
    holders: Literal["person", "organization"]
    issuer: Text  # credit code of the issuing department
    issuer_name: Text
    issuer_name_en: str = ""
    faces: tuple[Face, ...] = Field(min_length=1)
    valid_months: int | None = None  # None: 长期
    single: bool = True  # one valid instance for a holder
    repeats: bool = False  # asked for again for somebody else, as one page for each child
    template: Template = Template()
    statement: str = ""  # the sentence printed on the face, e.g. 经审查，准予…
    statement_en: str = ""
    shared: Literal["unconditional", "conditional", "none"] = "conditional"


class LicenseTypes(dict[str, LicenseType]):
    """Every declared license type by its slug (证照类型目录), plugged in by wiring."""


def read(folder: Path) -> dict[str, LicenseType]:
    """Every license type of *folder* by its slug, which is also its file's name.

    Raises Misdeclared with all the faults of all the files: also a slug that differs from the file
    name, and a type code used twice (GB/T 36904: a code names one type for ever).
    """
    types = read_folder(folder, LicenseType)
    first: dict[str, str] = {}
    faults = []
    for name, kind in types.items():
        if kind.slug != name:
            faults.append(Fault(f"{name}.yaml", 1, "slug", N_("应与文件名相同")))
        other = first.setdefault(kind.code, name)
        if other != name:
            message = N_("证照类型代码与 %(other)s 重复")
            faults.append(Fault(f"{name}.yaml", 1, "code", message, {"other": f"{other}.yaml"}))
    if faults:
        raise Misdeclared(faults)
    return types


def schema_text() -> str:
    """What licenses/schema.json has to say (editors check and complete type files with it)."""
    return json_schema(LicenseType)
