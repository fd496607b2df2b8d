"""Parts of an item (事项要素的组成): what its lists hold (STANDARDS 1.5); unknown keys are refused."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Text = Annotated[str, Field(min_length=1)]
Word = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
Fen = Annotated[int, Field(ge=0)]


class Declared(BaseModel):
    """A declared thing: strict, immutable, nothing unknown in it.

    Revisions are stored without what equals its default: a default that has been published under
    may never change its value.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Limit(Declared):
    """A time limit (办理时限): ``days`` in ``unit``; 0 days means on the spot (当场办结).

    In natural days it ends on a working day (民法典 第203条), unless a statute says otherwise: ``exact``.
    """

    days: int = Field(ge=0)
    unit: Literal["working_day", "natural_day"] = "working_day"
    exact: bool = False  # 末日遇休假日不顺延
    note: str = ""


class Basis(Declared):
    """One legal basis (设定依据). ``verified`` false shows 演示数据 beside it."""

    law: Text
    number: str = ""  # 文号
    article: Text
    text: str = ""
    verified: bool = True
    url: str = ""


class Need(Declared):
    """One need for shared data (数据需求): these fields of this dataset, for this purpose.

    ``subject`` says whose record: the applicant (person or organization as ``objects`` say) or the
    natural person who acts for an organization (``agent``). ``reason`` says why full values of
    personal data are needed where a yes or no does not do (个人信息保护法 第6条, 最小必要).
    """

    dataset: Text
    fields: tuple[Text, ...] = Field(min_length=1)
    purpose: Text
    purpose_en: str = ""
    reason: str = ""
    reason_en: str = ""
    subject: Literal["applicant", "agent"] = "applicant"


class Exemption(Declared):
    """What replaces a paper (免提交): a registry's dataset, a held license, or a promise."""

    by: Literal["registry", "license", "promise"]
    name: Text  # a dataset code, a license type's slug, or the text of the promise (告知承诺)


class Sight(Declared):
    """What a reviewing department sees of a case (可见范围), and nothing beyond it.

    ``data`` are datasets, ``sections`` and ``materials`` codes of the item. The department that
    handles the item and the one window see everything.
    """

    data: tuple[Text, ...] = ()
    sections: tuple[Word, ...] = ()
    materials: tuple[Word, ...] = ()


class Joining(Declared):
    """How the opinions of several departments become one (会签规则).

    ``all``: all are waited for, all must agree. ``first_refusal``: the first that does not agree
    ends it. ``quorum``: ``quorum`` that agree are enough, and too many that do not end it.
    """

    rule: Literal["all", "first_refusal", "quorum"] = "all"
    quorum: int = Field(default=0, ge=0)


class Commitment(Declared):
    """What an applicant is told before promising instead of proving (告知承诺书, 国办发〔2020〕42号).

    ``proves`` is what the proof would show, ``effect`` what the promise does, ``check`` the office's
    right to look within ``check_days`` working days of the decision; ``public``: promises are published.
    """

    basis: Text
    proves: Text
    effect: Text
    liability: Text
    check: Text
    check_days: int = Field(ge=1, le=365)
    public: bool = True


class Ruling(Declared):
    """One decision rule (秒批规则): ``rule`` is a condition on verified facts alone, with its law."""

    code: Word
    name: Text
    name_en: Text
    rule: Text
    basis: Basis


class Automatic(Declared):
    """The hall decides by itself (秒批) where every rule holds: see standard.rulings.

    Whoever answers one of the questions ``unless`` is decided by a person; ``sample`` of a hundred
    decisions are looked at again by a person (抽查).
    """

    rules: tuple[Ruling, ...] = Field(min_length=1)
    unless: tuple[Word, ...] = ()
    sample: int = Field(default=5, ge=1, le=100)


class Offer(Declared):
    """What the hall offers unasked (免申即享): to everybody of whom a registry says yes to all of these.

    ``fields`` are yes-or-no fields of ``dataset`` (sharing.predicates): the registry names who they
    all hold for, and nothing else of them. Once for each person, or once a year.
    """

    dataset: Text
    fields: tuple[Text, ...] = Field(min_length=1)
    purpose: Text
    basis: Basis
    period: Literal["", "yearly"] = ""


class Step(Declared):
    """One step of the way (办理环节): who does it and in how many working days."""

    kind: Literal["accept", "review", "decide", "certify", "deliver"]  # 受理 审查 决定 制证 送达
    name: Text
    name_en: str = ""
    department: Text  # credit code
    department_name: Text
    days: float = 0
    standard: str = ""  # 审查标准
    handler: str = ""  # 办理人员岗位
    special: bool = False  # 特殊环节
    sees: Sight = Sight()  # 可见范围, of a review by another department
    silence: Literal["", "agrees"] = ""  # 超时默认: silence beyond ``days`` counts as agreement


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
    when: str = ""  # 收费环节


class Result(Declared):
    """What comes out (审批结果): a license, a written decision (批文) or a benefit paid.

    ``license_type`` is the slug of a licenses/*.yaml file; written decisions are license types of
    kind ``decision`` (证照批文 go through one library). ``carries`` maps each field of the license
    face to where its value comes from: ``registry:<dataset>.<field>``, ``answer:<question>``,
    ``license:<type>.<field>`` (a license the applicant holds), ``literal:<text>``.
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
    sample: str = ""  # 样本: where no license type draws one


class Faq(Declared):
    """A frequent question (常见问题)."""

    question: Text
    answer: Text


Way = Literal["window", "web", "phone", "letter", "email"]  # 咨询、投诉方式 1 to 5


class Window(Declared):
    """One window (办理窗口) of several."""

    name: Text
    place: Text
    hours: str = ""
    phone: str = ""
    traffic: str = ""
    map_url: str = ""


class Contact(Declared):
    """Where, when and whom to ask (办理地点、时间、咨询、投诉)."""

    place: str = ""
    hours: str = ""
    consult: str = ""
    complain: str = ""
    traffic: str = ""
    kind: Literal[
        "",
        "service_center",
        "department_window",
        "office",
        "scene",
        "agent_point",
        "community_center",
    ] = ""  # 受理地点分类 1 to 6; "" not said
    consult_by: tuple[Way, ...] = ()  # 咨询方式
    complain_by: tuple[Way, ...] = ()  # 投诉方式
    map_url: str = ""
    windows: tuple[Window, ...] = ()


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


class LegacyCode(Declared):
    """A code of an older scheme (旧编码) that the item went by: see standard.itemcodes."""

    scheme: Literal["2016", "local"]
    code: Text


class Remedy(Declared):
    """Whom to turn to (行政复议、行政诉讼的部门、地址、电话、网址)."""

    kind: Literal["reconsideration", "lawsuit"]
    department: Text
    place: str = ""
    phone: str = ""
    url: str = ""


class Booking(Declared):
    """How visits are booked (预约办理): how many a day, at which address, under which rule."""

    daily: int = Field(default=0, ge=0)  # 0: no limit
    url: str = ""
    rule: str = ""


class Situation(Declared):
    """A situation (情形): whoever gives all these answers hands in these materials.

    ``when`` maps questions to the answers that make it so; an empty one always holds. Materials
    that no situation names are always needed.
    """

    code: Word
    name: Text
    name_en: str = ""
    when: dict[str, tuple[Text, ...]] = {}
    materials: tuple[Word, ...]
