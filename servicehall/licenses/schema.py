"""What a licenses/*.yaml file may say (证照类型, GB/T 36903); unknown keys are refused."""

from functools import cached_property
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    SerializerFunctionWrapHandler,
    model_serializer,
    model_validator,
)
from pydantic_core import PydanticCustomError

from servicehall.kernel import jcs
from servicehall.kernel.declarations import Fault, Misdeclared, json_schema, read_folder
from servicehall.kernel.words import N_

Text = Annotated[str, Field(min_length=1)]
Heading = Annotated[str, Field(min_length=1, max_length=30)]  # one line of a page, still large


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


class Seal(Declared):
    """Where the seal belongs (用印位置): its middle from the left and the top of the page, in mm."""

    x: Annotated[int, Field(ge=15, le=285)]
    y: Annotated[int, Field(ge=15, le=285)]
    diameter: Annotated[int, Field(ge=30, le=50)] = 38


class Box(Declared):
    """Where one face stands (字段位置), in mm from the left and the top of the page.

    ``label`` is how much of the width its name takes; 0 puts the name above the value. ``size`` is
    the largest type, in points: words wrap and shrink to fit, and are refused where they cannot.
    """

    code: Text
    x: Annotated[int, Field(ge=10, le=285)]
    y: Annotated[int, Field(ge=10, le=285)]
    width: Annotated[int, Field(ge=10, le=277)]
    height: Annotated[int, Field(ge=4, le=277)]
    label: Annotated[int, Field(ge=0, le=80)] = 0
    size: Annotated[int, Field(ge=7, le=24)] = 14

    @model_validator(mode="after")
    def roomy(self) -> Self:
        """There is room for a value beside its name."""
        if self.width < self.label + 10:
            raise PydanticCustomError("box_width", "-")
        return self


Colour = Annotated[str, Field(pattern=r"^#[0-9a-f]{6}$")]
VALIDITY, STATEMENT = "validity", "statement"  # boxes of what is not a face
ISSUER = "authority"  # the face that says who issued it, as the seal does


class Template(Declared):
    """How the face is drawn (版式): page, layout, colours, and where seal and fields stand.

    Where it says nothing of the seal or of the fields, the layout has a place for them. It is part
    of what is signed, so it is told in whole millimetres, and what it leaves out is not written.
    """

    page: Literal["a4-portrait", "a4-landscape"] = "a4-portrait"
    layout: Literal["certificate", "card", "letter", "form"] = "certificate"
    colour: Colour = "#b22222"
    version: int = 1
    paper: Colour | None = None
    seal: Seal | None = None
    fields: tuple[Box, ...] = ()

    @cached_property
    def told(self) -> bytes:
        """As the record writes it: in the one form of RFC 8785."""
        return jcs.canonical(self.model_dump(mode="json"))

    @model_serializer(mode="wrap")
    def said(self, usual: SerializerFunctionWrapHandler) -> dict[str, Any]:
        """Without what is left out: records signed before there was such a thing stay canonical."""
        told: dict[str, Any] = usual(self)
        return {name: value for name, value in told.items() if value not in (None, (), [])}


class LicenseType(Declared):
    """A kind of license (证照类型). ``kind`` decision is a written decision (批文)."""

    slug: Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]*$")]
    code: Annotated[str, Field(pattern=r"^[0-9A-Z]{21}$")]  # GB/T 36904 证照类型代码
    name: Heading
    name_en: str = ""
    kind: Literal["license", "decision"] = "license"
    holders: Literal["person", "organization"]
    issuer: Text  # credit code of the issuing department
    issuer_name: Heading
    issuer_name_en: str = ""
    faces: tuple[Face, ...] = Field(min_length=1)
    valid_months: int | None = None  # None: 长期
    single: bool = True  # one valid instance for a holder
    repeats: bool = False  # asked for again for somebody else, as one page for each child
    template: Template = Template()
    statement: str = ""  # the sentence printed on the face, e.g. 经审查，准予…
    statement_en: str = ""
    shared: Literal["unconditional", "conditional", "none"] = "conditional"

    @cached_property
    def face_codes(self) -> frozenset[str]:
        return frozenset(face.code for face in self.faces)

    @model_validator(mode="after")
    def placed(self) -> Self:
        """Where fields have boxes, everything has one, but for the issuer, who seals.

        A card says its statement on the back; letter and form arrange their rows themselves.
        """
        boxed = {box.code for box in self.template.fields}
        if not boxed:
            return self
        if self.template.layout not in ("certificate", "card"):
            raise PydanticCustomError("boxes_here", "-")
        wanted = {face.code for face in self.faces} | {VALIDITY}
        if self.statement and self.template.layout == "certificate":
            wanted.add(STATEMENT)
        if wrong := (boxed ^ wanted) - {ISSUER}:
            codes = ", ".join(sorted(wrong))
            raise PydanticCustomError("boxes_of_all", "-", {"codes": codes})
        return self


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
