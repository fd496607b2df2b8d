"""What an items/*.yaml file may say (事项要素, STANDARDS 1.5); unknown keys are refused."""

from datetime import date
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from servicehall.standard.parts import (
    Automatic,
    Basis,
    Booking,
    Commitment,
    Contact,
    Declared,
    Exemption,
    Faq,
    Fee,
    Fen,
    Joining,
    LegacyCode,
    Limit,
    Need,
    Offer,
    Origin,
    Remedy,
    Result,
    Ruling,
    Situation,
    Special,
    Step,
    Text,
    Theme,
    Way,
    Window,
    Word,
)  # fmt: skip

__all__ = [
    "Automatic", "Basis", "Booking", "Commitment", "Contact", "Criterion", "Declared", "Eligibility", "Exemption",
    "Faq", "Fee", "Fen", "Inquiry", "Item", "ItemType", "Joining", "LegacyCode", "Limit", "Material",
    "Need", "Offer", "Origin", "Question", "Remedy", "Result", "Ruling", "Section", "Situation", "Special", "Step",
    "Text", "Theme", "Way", "Window", "Word",
]  # fmt: skip


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
    PUBLIC = "20"  # 公共服务; a local extension (11 to 19, 21 up) stands in local_type


Stage = Literal[  # 网上办理深度 1 2 3 4 5 6 7 9
    "consult", "receive", "precheck", "accept", "handle", "feedback", "license", "other"
]


class Material(Declared):
    """One required material (申请材料)."""

    code: Word
    name: Text
    name_en: str = ""
    source: Literal["self", "government", "agency", "other"] = "self"  # 来源渠道 10 20 30 99
    issuer: str = ""  # 出具机构
    needed: Literal["required", "optional", "deferrable"] = "required"  # 材料必要性 1 2 3
    condition: str = ""  # when it is needed, in words
    supply_days: int = Field(default=0, ge=0)  # 容缺补交时限 in working days, where deferrable
    form: Literal["original", "copy", "either"] = "either"  # 材料类型
    format: Literal["paper", "electronic", "both"] = "electronic"  # 材料形式
    copies: int = 1
    originals: int = Field(default=0, ge=0)  # 原件份数, where both are wanted
    signed: str = ""  # 签名签章要求
    blank: str = ""  # 空白表: where to get it
    paper: str = ""  # 纸张规格
    sample: str = ""  # 示例样表: what a good one looks like
    standard: str = ""  # 受理标准
    note: str = ""  # 填报须知
    source_note: str = ""  # 来源渠道说明
    issue_days: str = ""  # 出具时间要求
    license_code: str = ""  # 证照类型代码 of the license this paper is
    remark: str = ""
    basis: str = ""
    why_needed: str = ""  # why nobody but the applicant can supply it
    when: str = ""  # asked for where this holds: see standard.conditions
    exempt: Exemption | None = None


class Question(Declared):
    """One question that nobody but the applicant can answer (填报项)."""

    code: Word
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
    when: str = ""  # asked where this holds: see standard.conditions
    element: Annotated[str, Field(pattern=r"^([a-z][a-z0-9_]*)?$")] = ""  # 数据元: see merging


class Section(Declared):
    """A group of questions on one screen (填报步骤)."""

    code: Word
    title: Text
    title_en: str = ""
    questions: tuple[Question, ...] = Field(min_length=1)
    most: int = Field(default=1, ge=1, le=20)  # how often it may be filled: see standard.repeats


class Inquiry(Question):
    """One question of the pre-check (自测问题).

    ``known`` says what the hall knows itself of whoever is signed in: full years of age, sex (男,
    女), who applies (person, organization), or that a license of ``license_type`` is held (yes).
    """

    known: Literal["", "age", "sex", "party", "held"] = ""
    license_type: str = ""


class Criterion(Declared):
    """One condition that can be tried beforehand (自测条件): see standard.eligibility.

    ``rule`` holds for whoever meets it; ``reason`` is told to whoever does not, with the ``basis``.
    """

    code: Word
    name: Text
    name_en: Text
    rule: Text
    reason: Text
    reason_en: Text
    basis: Basis


class Eligibility(Declared):
    """The pre-check (办理条件自测): what is asked, and which conditions that decides."""

    questions: tuple[Inquiry, ...] = ()
    criteria: tuple[Criterion, ...] = Field(min_length=1)


class Item(Declared):
    """A service item (政务服务事项). Guide-only ones (``applicable`` false) come from imports."""

    code: Annotated[str, Field(pattern=r"^[0-9A-Z]{18}[1-7]\d{9}(\d{3}|00Y)(\d{2})?$")]
    base_code: Annotated[str, Field(pattern=r"^\d{9}(\d{3}|00Y)$")]
    national_code: Annotated[str, Field(pattern=r"^(\d{9}(\d{3}|00Y))?$")] = ""  # once verified
    extends: Annotated[str, Field(pattern=r"^(\d{9}(\d{3}|00Y))?$")] = ""  # 继承的基本目录编码
    local_base_code: str = ""  # 地方基本编码
    local_code: str = ""  # 地方实施编码
    legacy_codes: tuple[LegacyCode, ...] = ()
    handling: str = ""  # 业务办理项: 新办, 延续 …
    name: Text
    name_en: str = ""
    short_name: str = ""  # 日常用语
    aliases: tuple[str, ...] = ()
    summary: str = ""
    summary_en: str = ""
    type: ItemType
    local_type: str = ""  # the type's code in a local extension
    department: Text  # credit code (统一社会信用代码) of who exercises it
    department_name: Text
    department_name_en: str = ""
    authority: Literal["statutory", "authorized", "entrusted", "other"] = (
        "statutory"  # 实施主体性质
    )
    entrusted: str = ""  # 委托部门
    joint: str = ""  # 联办机构
    region: Annotated[str, Field(pattern=r"^\d{12}$")]
    level: Literal[1, 2, 3, 4, 5, 6, 7] = 4  # 行使层级
    power_source: Literal[  # 权力来源 1 to 6
        "statutory", "delegated", "authorized", "peer_authorized", "entrusted", "peer_entrusted"
    ] = "statutory"
    objects: tuple[
        Literal[
            "natural_person", "enterprise", "institution", "social_organization",
            "unincorporated", "government", "other",
        ],
        ...,
    ]  # fmt: skip
    themes: tuple[Theme, ...] = ()
    instant: bool = False  # 即办件; otherwise 承诺件
    project_type: Literal["", "instant", "promised", "reported", "joint", "other"] = ""  # 办件类型
    review_type: Literal["", "on_the_spot", "before_approval"] = ""  # 审查类型 即审即办 前审后批
    procedure: Literal["", "general", "simple"] = ""  # 一般程序、简易程序
    route: Literal["", "own", "first_review", "joint", "forwarded"] = ""  # 办理方式 1 to 4
    closing: Literal["", "license", "document", "approval", "other"] = ""  # 出证 出文 审批办结
    statutory: Limit | None = None  # 法定办结时限
    promised: Limit | None = None  # 承诺办结时限
    extension: int | None = Field(default=None, ge=0)  # 可延长的工作日, None: as the law says
    visits: int = Field(default=0, ge=0)  # 到办事现场次数
    visits_reason: str = ""
    applicable: bool = False  # 可在本大厅在线办理
    channels: tuple[
        Literal["window", "web", "mobile", "post", "terminal", "other"], ...
    ] = ()  # 办理形式
    online_depth: Literal[0, 1, 2, 3, 4] = 0  # 网办深度 Ⅰ–Ⅳ, 0 unknown; Ⅳ 全程网办
    online_stages: tuple[Stage, ...] = ()  # 网上办理深度 1 to 7, 9
    online_url: str = ""
    mobile_url: str = ""
    single_sign_on: bool = True  # 单点登录
    booking: Booking | None = None
    four: tuple[Literal["at_once", "online", "nearby", "one_visit"], ...] = ()  # 四办
    promise_based: bool = False  # 告知承诺制
    commitment: Commitment | None = None  # 告知承诺书
    risk: tuple[  # 不适用告知承诺制的情形
        Literal["national_security", "public_security", "finance", "ecology", "life_health"], ...
    ] = ()
    appointment: bool = False  # 支持预约办理
    in_center: bool = False  # 进驻政务大厅
    intermediary: str = ""  # 中介服务
    least_level: Literal[1, 2, 3, 4] = 2  # 实名等级
    crossing: tuple[
        Literal["nation", "province", "city", "county", "town", "village"], ...
    ] = ()  # 通办范围
    crossing_mode: Literal["", "online", "proxy", "joint"] = ""  # 全程网办 异地代收代办 多地联办
    crossing_note: str = ""  # 代收区域
    bases: tuple[Basis, ...] = ()
    conditions: tuple[Text, ...] = ()
    eligibility: Eligibility | None = None
    automatic: Automatic | None = None  # 秒批
    offer: Offer | None = None  # 免申即享
    quota: str = ""  # 数量限制
    needs: tuple[Need, ...] = ()
    materials: tuple[Material, ...] = ()
    sections: tuple[Section, ...] = ()
    steps: tuple[Step, ...] = ()
    joining: Joining = Joining()  # 会签规则 of the reviews side by side
    specials: tuple[Special, ...] = ()
    situations: tuple[Situation, ...] = ()
    flow: str = ""  # 办理流程, in words
    flow_online: str = ""
    flow_offline: str = ""
    fee: Fee | None = None
    result: Result | None = None
    faqs: tuple[Faq, ...] = ()
    contact: Contact = Contact()
    delivery: tuple[Literal["electronic", "post", "window"], ...] = ("electronic",)
    mail_materials: bool = False  # 材料可邮寄
    remedies: str = ""  # 救济渠道
    remedy_offices: tuple[Remedy, ...] = ()
    rights: str = ""  # 依法享有的权利
    duties: str = ""  # 依法履行的义务
    effective_on: date | None = None  # 计划生效日期
    ends_on: date | None = None  # 计划取消日期
    town: str = ""  # 所属乡镇街道, where the exchange wants its name
    village: str = ""
    penalty: str = ""  # 行政处罚的行为、种类、幅度
    levy_kind: str = ""  # 征收种类
    levy_reducible: bool = False  # 允许减征免征
    origin: Origin | None = None
    notes: tuple[str, ...] = ()

    @property
    def parallel(self) -> tuple[Step, ...]:
        """The review steps; more than one are done side by side (并联审批)."""
        return tuple(s for s in self.steps if s.kind == "review")

    @property
    def longest_extension(self) -> int:
        """The working days by which the one extension may lengthen the limit (行政许可法 第42条).

        Where the item says nothing: 10 for a permit, 15 where departments handle it jointly
        (联合办理), none for what is no permit and follows the law of its own.
        """
        if self.extension is not None:
            return self.extension
        if self.type is not ItemType.PERMIT or self.statutory is None:
            return 0
        return 15 if self.route == "joint" else 10

    @property
    def exempted(self) -> tuple[Material, ...]:
        """The materials nobody has to hand in (免提交), promises not counted."""
        return tuple(m for m in self.materials if m.exempt and m.exempt.by != "promise")

    @property
    def for_organizations(self) -> bool:
        """Whether only organizations apply (法人事项)."""
        return "natural_person" not in self.objects
