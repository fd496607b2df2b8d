"""What an items/*.yaml file may say (事项要素, STANDARDS 1.5); unknown keys are refused."""

from datetime import date
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Text = Annotated[str, Field(min_length=1)]
Fen = Annotated[int, Field(ge=0)]


class Declared(BaseModel):
    """A declared thing: strict, immutable, nothing unknown in it.

    Revisions are stored without what equals its default: a default that has been published under
    may never change its value.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class ItemType(StrEnum):
    """Item type (事项类型, GB/T 39046 A.1); the value is the national code."""

    PERMIT = "01"  # 行政许可
    PENALTY = "02"  # 行政处罚
    COERCION = "03"  # 行政强制
    LEVY = "04"  # 行政征收
    BENEFIT = "05"  # 行政给付
    INSPECTION = "06"  # 行政检查
    CONFIRMATION = "07"  # 行政确认
    REWARD = "08"  # 行政奖励
    RULING = "09"  # 行政裁决
    OTHER = "10"  # 其他行政权力
    PUBLIC = "20"  # 公共服务


class Limit(Declared):
    """A time limit (办理时限): ``days`` in ``unit``; 0 days means on the spot (当场办结)."""

    days: int = Field(ge=0)
    unit: Literal["working_day", "natural_day"] = "working_day"
    note: str = ""


class Basis(Declared):
    """One legal basis (设定依据). ``verified`` false shows 演示数据 beside it."""

    law: Text
    number: str = ""  # 文号
    article: Text
    text: str = ""
    verified: bool = True


class Need(Declared):
    """One need for shared data (数据需求): these fields of this dataset, for this purpose.

    ``subject`` says whose record: the applicant (person or organization as ``objects`` say) or the
    natural person who acts for an organization (``agent``).
    """

    dataset: Text
    fields: tuple[Text, ...] = Field(min_length=1)
    purpose: Text
    purpose_en: str = ""
    subject: Literal["applicant", "agent"] = "applicant"


class Exemption(Declared):
    """What replaces a paper (免提交): a registry's dataset, a held license, or a promise."""

    by: Literal["registry", "license", "promise"]
    name: Text  # a dataset code, a license type's slug, or the text of the promise (告知承诺)


class Material(Declared):
    """One required material (申请材料)."""

    code: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
    name: Text
    name_en: str = ""
    source: Literal["self", "government", "agency", "other"] = "self"  # 来源渠道 10 20 30 99
    issuer: str = ""  # 出具机构
    needed: Literal["required", "optional", "deferrable"] = "required"  # 材料必要性 1 2 3
    condition: str = ""  # when it is needed, in words
    form: Literal["original", "copy", "either"] = "either"  # 材料类型
    format: Literal["paper", "electronic", "both"] = "electronic"  # 材料形式
    copies: int = 1
    paper: str = ""  # 纸张规格
    sample: str = ""  # 示例样表: what a good one looks like
    standard: str = ""  # 受理标准
    note: str = ""  # 填报须知
    basis: str = ""
    why_needed: str = ""  # why nobody but the applicant can supply it
    exempt: Exemption | None = None


class Question(Declared):
    """One question that nobody but the applicant can answer (填报项)."""

    code: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
    label: Text
    label_en: str = ""
    kind: Literal[
        "text", "long_text", "choice", "choices", "date", "number", "money", "phone", "yes_no",
        "citizen_number", "bank_account", "address",
    ]  # fmt: skip
    options: tuple[tuple[str, str], ...] = ()  # (value, 中文)
    options_en: tuple[str, ...] = ()
    hint: str = ""
    hint_en: str = ""
    required: bool = True
    most: int = 200  # characters, or the largest number


class Section(Declared):
    """A group of questions on one screen (填报步骤)."""

    code: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
    title: Text
    title_en: str = ""
    questions: tuple[Question, ...] = Field(min_length=1)


class Step(Declared):
    """One step of the way (办理环节): who does it and in how many working days."""

    kind: Literal["accept", "review", "decide", "certify", "deliver"]  # 受理 审查 决定 制证 送达
    name: Text
    name_en: str = ""
    department: Text  # credit code
    department_name: Text
    days: float = 0
    standard: str = ""  # 审查标准


class Special(Declared):
    """A special procedure (特别程序) that stops the clock (行政许可法 第45条)."""

    kind: Literal["hearing", "inspection", "testing", "expert_review", "publicity"]
    name: Text  # 现场核查, 专家评审 …
    days: int = Field(gt=0)
    basis: Text
    department: Text


class Fee(Declared):
    """A fee (收费): ``fen`` each time, its legal standard."""

    name: Text
    name_en: str = ""
    fen: Fen
    standard: Text
    basis: Text
    reducible: str = ""  # 减免情形
    online: bool = True  # 支持网上支付


class Result(Declared):
    """What comes out (审批结果): a license, a written decision (批文) or a benefit paid.

    ``license_type`` is the slug of a licenses/*.yaml file; written decisions are license types of
    kind ``decision`` (证照批文 go through one library). ``carries`` maps each field of the license
    face to where its value comes from: ``registry:<dataset>.<field>``, ``answer:<question>``,
    ``literal:<text>``.
    """

    kind: Literal["license", "decision", "benefit"]
    name: Text
    name_en: str = ""
    license_type: str = ""
    carries: dict[str, str] = {}
    renews: bool = False  # takes the held license of this type and makes its next version
    benefit_fen: Fen = 0  # the fixed amount of each payment; 0 where it is asked or assessed
    benefit_question: str = ""  # the ``money`` question that asks for the amount
    benefit_note: str = ""


class Faq(Declared):
    """A frequent question (常见问题)."""

    question: Text
    answer: Text


class Contact(Declared):
    """Where, when and whom to ask (办理地点、时间、咨询、投诉)."""

    place: str = ""
    hours: str = ""
    consult: str = ""
    complain: str = ""
    traffic: str = ""


class Theme(Declared):
    """A theme (主题) of STANDARDS 1.4: ``kind`` natural or legal, three-digit ``code``."""

    kind: Literal["natural", "legal"]
    code: Annotated[str, Field(pattern=r"^\d{3}$")]


class Origin(Declared):
    """Where an imported entry comes from (数据来源) and under which license."""

    name: Text
    year: int
    license: Text
    note: str = ""


class Item(Declared):
    """A service item (政务服务事项). Guide-only ones (``applicable`` false) come from imports."""

    code: Annotated[str, Field(pattern=r"^[0-9A-Z]{18}[1-7]\d{9}(\d{3}|00Y)(\d{2})?$")]
    base_code: Annotated[str, Field(pattern=r"^\d{9}(\d{3}|00Y)$")]
    handling: str = ""  # 业务办理项: 新办, 延续 …
    name: Text
    name_en: str = ""
    short_name: str = ""  # 日常用语
    aliases: tuple[str, ...] = ()
    summary: str = ""
    summary_en: str = ""
    type: ItemType
    department: Text  # credit code (统一社会信用代码) of who exercises it
    department_name: Text
    department_name_en: str = ""
    authority: Literal["statutory", "authorized", "entrusted"] = "statutory"  # 实施主体性质
    entrusted: str = ""  # 委托部门
    joint: str = ""  # 联办机构
    region: Annotated[str, Field(pattern=r"^\d{12}$")]
    level: Literal[1, 2, 3, 4, 5, 6, 7] = 4  # 行使层级
    power_source: Literal["statutory", "delegated", "authorized", "entrusted"] = "statutory"
    objects: tuple[
        Literal[
            "natural_person", "enterprise", "institution", "social_organization",
            "unincorporated", "government", "other",
        ],
        ...,
    ]  # fmt: skip
    themes: tuple[Theme, ...] = ()
    instant: bool = False  # 即办件; otherwise 承诺件
    statutory: Limit | None = None  # 法定办结时限
    promised: Limit | None = None  # 承诺办结时限
    visits: int = Field(default=0, ge=0)  # 到办事现场次数
    visits_reason: str = ""
    applicable: bool = False  # 可在本大厅在线办理
    channels: tuple[Literal["window", "web", "mobile", "post", "terminal"], ...] = ()  # 办理形式
    online_depth: Literal[0, 1, 2, 3, 4] = 0  # 网办深度 Ⅰ–Ⅳ, 0 unknown; Ⅳ 全程网办
    appointment: bool = False  # 支持预约办理
    in_center: bool = False  # 进驻政务大厅
    intermediary: str = ""  # 中介服务
    least_level: Literal[1, 2, 3, 4] = 2  # 实名等级
    crossing: tuple[Literal["nation", "province", "city", "county"], ...] = ()  # 通办范围
    bases: tuple[Basis, ...] = ()
    conditions: tuple[Text, ...] = ()
    quota: str = ""  # 数量限制
    needs: tuple[Need, ...] = ()
    materials: tuple[Material, ...] = ()
    sections: tuple[Section, ...] = ()
    steps: tuple[Step, ...] = ()
    specials: tuple[Special, ...] = ()
    fee: Fee | None = None
    result: Result | None = None
    faqs: tuple[Faq, ...] = ()
    contact: Contact = Contact()
    delivery: tuple[Literal["electronic", "post", "window"], ...] = ("electronic",)
    remedies: str = ""  # 救济渠道
    rights: str = ""  # 依法享有的权利
    duties: str = ""  # 依法履行的义务
    effective_on: date | None = None  # 计划生效日期
    origin: Origin | None = None
    notes: tuple[str, ...] = ()

    @property
    def parallel(self) -> tuple[Step, ...]:
        """The review steps; more than one are done side by side (并联审批)."""
        return tuple(s for s in self.steps if s.kind == "review")

    @property
    def exempted(self) -> tuple[Material, ...]:
        """The materials nobody has to hand in (免提交), promises not counted."""
        return tuple(m for m in self.materials if m.exempt and m.exempt.by != "promise")

    @property
    def for_organizations(self) -> bool:
        """Whether only organizations apply (法人事项)."""
        return "natural_person" not in self.objects
