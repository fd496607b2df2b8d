"""Data elements (数据元): one definition each, used again by every resource (GB/T 18391, 19488)."""

from dataclasses import dataclass
from typing import Final, Literal

from servicehall.kernel.words import N_

Kind = Literal["string", "date", "number"]
Class = Literal["open", "internal", "personal", "sensitive"]
CLASSES: Final = {
    "open": N_("公开"),
    "internal": N_("内部"),
    "personal": N_("个人信息"),
    "sensitive": N_("敏感个人信息"),
}
KINDS: Final = {"string": N_("字符型"), "date": N_("日期型"), "number": N_("数值型")}


@dataclass(frozen=True, slots=True)
class Element:
    """What a kind of value means wherever it occurs.

    ``length`` in characters at most; ``values`` where only these may occur; ``classification``
    decides where a value may go (个人信息保护法 第28条): what is personal is never open data.
    ``identifier``: shown masked; ``synonyms``: what databases call such a column.
    """

    code: str
    name: str
    definition: str
    kind: Kind = "string"
    length: int = 100
    classification: Class = "personal"
    values: tuple[str, ...] = ()
    identifier: bool = False
    synonyms: tuple[str, ...] = ()


def _all() -> tuple[Element, ...]:
    return (
        Element("person_name", N_("姓名"), N_("户籍登记的姓名"),
                synonyms=("姓名", "名字", "人员姓名", "申请人姓名", "xm", "name")),
        Element("citizen_number", N_("公民身份号码"), N_("GB 11643 的 18 位号码"), length=18,
                classification="sensitive", identifier=True,
                synonyms=("公民身份号码", "身份证号", "身份证号码", "身份证件号码", "证件号码",
                          "sfzh", "gmsfhm", "id_number")),
        Element("sex", N_("性别"), N_("GB/T 2261.1 的性别"), length=1, values=("男", "女"),
                synonyms=("性别", "性别代码", "xb", "xbdm", "gender", "sex")),
        Element("ethnicity", N_("民族"), N_("GB/T 3304 的民族名称"), length=20,
                synonyms=("民族", "民族代码", "mz", "mzdm", "nation")),
        Element("person_date", N_("个人日期"), N_("关于个人的日期，年-月-日"), kind="date", length=10,
                synonyms=("出生日期", "出生年月日", "csrq", "死亡日期",
                          "birthday", "birth_date", "参保日期", "登记日期")),
        Element("address", N_("地址"), N_("标准地址或登记的地址"), length=300,
                synonyms=("地址", "户籍地址", "居住地址", "家庭住址", "联系地址", "现住址",
                          "dz", "hjdz", "address")),
        Element("person_status", N_("个人状态"), N_("登记机关给出的状态"), length=40,
                synonyms=("人员状态", "婚姻状况", "参保状态", "救助类别", "人员类别", "rylb", "zt")),
        Element("yes_no", N_("是或否"), N_("登记机关由登记内容得出的结论，不含内容本身"), length=1,
                values=("是", "否")),
        Element("public_yes_no", N_("是或否（公开）"), N_("由依法公示的内容得出的结论"), length=1,
                classification="open", values=("是", "否")),
        Element("relation", N_("家庭关系"), N_("与户主的关系"), length=20,
                synonyms=("家庭关系", "与户主关系", "亲属关系", "yhzgx")),
        Element("count_of_person", N_("个人数量"), N_("关于个人的数量"), kind="number", length=10,
                synonyms=("个人数量", "子女数", "次数", "人数", "累计月数", "count")),
        Element("minors", N_("未成年子女"), N_("子女的姓名和出生日期"), length=500,
                classification="sensitive",
                synonyms=("未成年子女", "子女", "子女信息")),
        Element("organization_name", N_("名称"), N_("登记的法人或组织名称"), classification="open",
                synonyms=("名称", "单位名称", "企业名称", "机构名称", "法人名称", "dwmc", "qymc")),
        Element("credit_code", N_("统一社会信用代码"), N_("GB 32100 的 18 位代码"), length=18,
                classification="open",
                synonyms=("统一社会信用代码", "社会信用代码", "信用代码", "tyshxydm", "uscc")),
        Element("organization_kind", N_("类型"), N_("登记的法人类型"), length=60,
                classification="open",
                synonyms=("企业类型", "机构类型", "法人类型", "单位性质", "qylx")),
        Element("public_date", N_("公开日期"), N_("依法公示的日期，年-月-日"), kind="date", length=10,
                classification="open",
                synonyms=("成立日期", "发证日期", "公示日期", "clrq", "established_on")),
        Element("amount", N_("金额"), N_("以元计的金额"), kind="number", length=20,
                classification="open",
                synonyms=("金额", "注册资本", "注册资金", "资金数额", "zczb", "amount")),
        Element("public_text", N_("公示文字"), N_("依法公示的登记内容"), length=500,
                classification="open",
                synonyms=("住所", "经营范围", "登记状态", "行业", "公示内容", "jyfw", "zs")),
        Element("representative", N_("法定代表人"), N_("依法公示的法定代表人姓名"),
                classification="open",
                synonyms=("法定代表人", "法人代表", "负责人", "法定代表人姓名", "fddbr")),
        Element("property_text", N_("不动产登记内容"), N_("不动产登记簿记载的内容"), length=300,
                synonyms=("坐落", "不动产单元号", "权利人", "用途", "产权证号", "bdcdyh")),
        Element("area", N_("面积"), N_("以平方米计的面积"), kind="number", length=20,
                synonyms=("面积", "建筑面积", "占地面积", "使用面积", "mj")),
        Element("license_text", N_("证照内容"), N_("电子证照记载的内容"), length=200,
                synonyms=("证照名称", "证照编号", "证书编号", "证照类型", "zzbh", "zzmc")),
        Element("license_date", N_("证照有效期"), N_("证照有效的最后一天，长期的为空"), kind="date",
                length=10, synonyms=("有效期止", "有效期至", "证照有效期截止", "zzyxqjzrq")),
        Element("social_card", N_("社会保障卡号"), N_("社会保障卡的卡号"), length=20,
                classification="sensitive", identifier=True,
                synonyms=("社会保障卡号", "社保卡号", "医保卡号", "sbkh")),
        Element("vehicle_text", N_("机动车登记内容"), N_("机动车登记簿记载的内容"), length=100,
                synonyms=("号牌号码", "车牌号", "车辆类型", "品牌型号", "cphm", "hphm")),
        Element("education_text", N_("学历内容"), N_("学历证书记载的内容"), length=200,
                synonyms=("学历", "学位", "毕业院校", "专业", "xl", "byyx")),
        Element("credit_text", N_("信用内容"), N_("公共信用信息的结论"), length=100,
                synonyms=("信用状况", "信用等级", "失信记录", "信用评价")),
        Element("checked_on", N_("查询日期"), N_("作出结论的日期"), kind="date", length=10,
                classification="internal",
                synonyms=("查询日期", "核查日期")),
        Element("public_count", N_("公开数量"), N_("统计得出的数量"), kind="number", length=10,
                classification="open"),
        Element("record_date", N_("更新日期"), N_("记录最后更新的日期"), kind="date", length=10,
                classification="internal",
                synonyms=("更新日期", "更新时间", "最后更新时间", "gxrq", "updated_on")),
    )  # fmt: skip


ELEMENTS: Final[dict[str, Element]] = {element.code: element for element in _all()}
