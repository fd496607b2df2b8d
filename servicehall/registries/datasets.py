"""Datasets (共享数据集): what each registry offers, field by field."""

from dataclasses import dataclass
from typing import Final

from servicehall.kernel.words import N_

# The departments of the demo district (city.offices) that answer for the datasets.
POLICE, MARKET = "11990101000000094N", "11990101000000318U"
LAND, REFORM = "11990101000000158L", "11990101000000043E"
SERVICE, CIVIL = "11990101000000019X", "119901010000001157"
EDUCATION, LABOR = "119901010000000519", "1199010100000014XL"


@dataclass(frozen=True, slots=True)
class Dataset:
    """One shared dataset: the library it is in and its fields (code → 中文名).

    ``provider`` is the credit code of the department that answers for it (数据提供部门); ``secret``
    fields are personal identifiers, shown masked (敏感个人信息).
    """

    code: str
    provider: str
    library: str
    name: str
    fields: dict[str, str]
    secret: frozenset[str] = frozenset()


def _all() -> tuple[Dataset, ...]:
    return (
        Dataset(
            "population.person", POLICE, N_("人口库"), N_("人口基本信息"),
            {
                "name": N_("姓名"), "sex": N_("性别"), "ethnicity": N_("民族"),
                "birth_date": N_("出生日期"), "number": N_("公民身份号码"),
                "household_address": N_("户籍地址"), "residence_address": N_("居住地址"),
                "status": N_("人员状态"),
            },
            frozenset({"number"}),
        ),
        Dataset(
            "population.family", POLICE, N_("人口库"), N_("家庭成员信息"),
            {
                "relation": N_("与户主关系"), "spouse_name": N_("配偶姓名"),
                "spouse_number": N_("配偶身份号码"), "children_count": N_("子女数"),
                "children": N_("子女"), "father_name": N_("父亲姓名"),
                "mother_name": N_("母亲姓名"),
            },
            frozenset({"spouse_number"}),
        ),
        Dataset(
            "legal.organization", MARKET, N_("法人库"), N_("法人基本信息"),
            {
                "name": N_("名称"), "uscc": N_("统一社会信用代码"), "kind": N_("类型"),
                "legal_representative": N_("法定代表人"),
                "representative_number": N_("法定代表人身份号码"),
                "registered_capital": N_("注册资本（元）"), "established_on": N_("成立日期"),
                "address": N_("住所"), "scope": N_("经营范围"), "status": N_("登记状态"),
                "industry": N_("行业"),
            },
            frozenset({"representative_number"}),
        ),
        Dataset(
            "space.property", LAND, N_("自然资源和空间地理库"), N_("不动产和场所信息"),
            {
                "address": N_("坐落"), "unit_number": N_("不动产单元号"), "owner": N_("权利人"),
                "area_m2": N_("建筑面积（平方米）"), "use": N_("用途"),
                "certificate_number": N_("不动产权证号"),
            },
        ),
        Dataset(
            "credit.record", REFORM, N_("社会信用库"), N_("信用信息"),
            {
                "status": N_("信用状况"), "dishonest_count": N_("失信记录数"),
                "checked_on": N_("查询日期"),
            },
        ),
        Dataset(
            "licenses.held", SERVICE, N_("电子证照库"), N_("已持有的电子证照"),
            {
                "type": N_("证照类型"), "name": N_("证照名称"), "identifier": N_("证照标识"),
                "number": N_("证照编号"), "issuer": N_("颁发机构"), "valid_from": N_("有效期起"),
                "valid_to": N_("有效期止"),
            },
        ),
        Dataset(
            "civil.marriage", CIVIL, N_("民政婚姻库"), N_("婚姻登记信息"),
            {
                "status": N_("婚姻状况"), "spouse_name": N_("配偶姓名"),
                "registered_on": N_("登记日期"), "certificate_number": N_("结婚证字号"),
            },
        ),
        Dataset(
            "education.degree", EDUCATION, N_("教育学历库"), N_("学历信息"),
            {
                "level": N_("学历层次"), "school": N_("毕业院校"), "major": N_("专业"),
                "graduated_on": N_("毕业日期"), "certificate_number": N_("证书编号"),
            },
        ),
        Dataset(
            "social.insurance", LABOR, N_("社保库"), N_("社会保险参保信息"),
            {
                "status": N_("参保状态"), "employer": N_("参保单位"),
                "months_paid": N_("累计缴费月数"), "first_paid_on": N_("首次参保日期"),
                "card_number": N_("社会保障卡号"), "insured_count": N_("参保人数"),
            },
            frozenset({"card_number"}),
        ),
        Dataset(
            "vehicle.record", POLICE, N_("车辆库"), N_("机动车登记信息"),
            {
                "plate": N_("号牌号码"), "model": N_("品牌型号"), "owner": N_("所有人"),
                "registered_on": N_("注册日期"), "inspection_valid_to": N_("检验有效期止"),
                "kind": N_("车辆类型"),
            },
        ),
    )  # fmt: skip


DATASETS: Final[dict[str, Dataset]] = {d.code: d for d in _all()}
