"""Datasets (共享数据集): the resources that come with the hall, which it knows how to ask."""

from typing import Final

from servicehall.kernel.words import N_
from servicehall.sharing.elements import ELEMENTS
from servicehall.sharing.terms import Dataset, Field

__all__ = ["DATASETS", "Dataset"]

# The departments of the demo district (city.offices) that answer for the datasets.
POLICE, MARKET = "11990101000000094N", "11990101000000318U"
LAND, REFORM = "11990101000000158L", "11990101000000043E"
SERVICE, CIVIL = "11990101000000019X", "119901010000001157"
EDUCATION, LABOR = "119901010000000519", "1199010100000014XL"
HEALTH, TAX = "119901010000002388", "11990101000000406A"
STAFFING = "119901010000004145"


def _items(**told: tuple[str, str]) -> dict[str, Field]:
    """item=(its name, the element's code)."""
    return {code: Field(name, ELEMENTS[element]) for code, (name, element) in told.items()}


_ABOUT_A_PERSON = {
    "name": (N_("姓名"), "person_name"), "sex": (N_("性别"), "sex"),
    "birth_date": (N_("出生日期"), "person_date"), "address": (N_("居住地址"), "address"),
    "status": (N_("人员状态"), "person_status"), "updated_on": (N_("更新日期"), "record_date"),
}  # fmt: skip
_ABOUT_AN_ORGANIZATION = {
    "name": (N_("名称"), "organization_name"), "uscc": (N_("统一社会信用代码"), "credit_code"),
    "legal_representative": (N_("法定代表人"), "representative"),
    "address": (N_("住所"), "public_text"), "status": (N_("登记状态"), "public_text"),
    "updated_on": (N_("更新日期"), "record_date"),
}  # fmt: skip


def _all() -> tuple[Dataset, ...]:
    return (
        Dataset(
            "population.person", "101001/000001", POLICE, N_("人口库"), N_("人口基本信息"),
            N_("户籍和居住登记的个人基本信息"),
            _items(
                name=(N_("姓名"), "person_name"),
                sex=(N_("性别"), "sex"),
                ethnicity=(N_("民族"), "ethnicity"),
                birth_date=(N_("出生日期"), "person_date"),
                number=(N_("公民身份号码"), "citizen_number"),
                household_address=(N_("户籍地址"), "address"),
                residence_address=(N_("居住地址"), "address"),
                status=(N_("人员状态"), "person_status"),
                adult=(N_("已成年"), "yes_no"),
                aged_80=(N_("已满 80 周岁"), "yes_no"),
                local=(N_("户籍在本市"), "yes_no"),
                resident=(N_("居住地在本市"), "yes_no"),
                living=(N_("人员状态正常"), "yes_no"),
            ),
            condition=N_("办理事项时，经当事人同意，只用于该事项"),
        ),
        Dataset(
            "population.family", "101002/000001", POLICE, N_("人口库"), N_("家庭成员信息"),
            N_("户内成员和亲属关系"),
            _items(
                relation=(N_("与户主关系"), "relation"),
                spouse_name=(N_("配偶姓名"), "person_name"),
                spouse_number=(N_("配偶身份号码"), "citizen_number"),
                children_count=(N_("子女数"), "count_of_person"),
                children=(N_("子女"), "minors"),
                father_name=(N_("父亲姓名"), "person_name"),
                mother_name=(N_("母亲姓名"), "person_name"),
            ),
            condition=N_("办理事项时，经当事人同意，只用于该事项"),
        ),
        Dataset(
            "legal.organization", "102001/000001", MARKET, N_("法人库"), N_("法人基本信息"),
            N_("法人和其他组织的登记信息，依法公示的部分向社会开放"),
            _items(
                name=(N_("名称"), "organization_name"),
                uscc=(N_("统一社会信用代码"), "credit_code"),
                kind=(N_("类型"), "organization_kind"),
                legal_representative=(N_("法定代表人"), "representative"),
                representative_number=(N_("法定代表人身份号码"), "citizen_number"),
                registered_capital=(N_("注册资本（元）"), "amount"),
                established_on=(N_("成立日期"), "public_date"),
                address=(N_("住所"), "public_text"),
                scope=(N_("经营范围"), "public_text"),
                status=(N_("登记状态"), "public_text"),
                industry=(N_("行业"), "public_text"),
                active=(N_("企业存续"), "public_yes_no"),
            ),
            condition=N_("办理事项时，经当事人同意，只用于该事项"),
            about=("organization",),
            opening="unconditional",
            cycle="daily",
        ),
        Dataset(
            "space.property", "103001/000001", LAND, N_("自然资源和空间地理库"), N_("不动产和场所信息"),
            N_("不动产登记簿和经营场所信息"),
            _items(
                address=(N_("坐落"), "property_text"),
                unit_number=(N_("不动产单元号"), "property_text"),
                owner=(N_("权利人"), "property_text"),
                area_m2=(N_("建筑面积（平方米）"), "area"),
                use=(N_("用途"), "property_text"),
                certificate_number=(N_("不动产权证号"), "property_text"),
            ),
            condition=N_("办理事项时，经当事人同意，只用于该事项"),
            about=("person", "organization"),
        ),
        Dataset(
            "credit.record", "104001/000001", REFORM, N_("社会信用库"), N_("信用信息"),
            N_("公共信用信息的查询结论"),
            _items(
                status=(N_("信用状况"), "credit_text"),
                dishonest_count=(N_("失信记录数"), "count_of_person"),
                checked_on=(N_("查询日期"), "checked_on"),
                trusted=(N_("无失信记录"), "yes_no"),
            ),
            condition=N_("办理事项时，经当事人同意，只用于该事项"),
            about=("person", "organization"),
            cycle="daily",
        ),
        Dataset(
            "licenses.held", "105001/000001", SERVICE, N_("电子证照库"), N_("已持有的电子证照"),
            N_("各部门签发的电子证照目录"),
            _items(
                type=(N_("证照类型"), "license_text"),
                name=(N_("证照名称"), "license_text"),
                identifier=(N_("证照标识"), "license_text"),
                number=(N_("证照编号"), "license_text"),
                issuer=(N_("颁发机构"), "license_text"),
                valid_from=(N_("有效期起"), "person_date"),
                valid_to=(N_("有效期止"), "license_text"),
            ),
            condition=N_("办理事项时，经当事人同意，只用于该事项"),
            about=("person", "organization"),
        ),
        Dataset(
            "civil.marriage", "301001/000001", CIVIL, N_("民政婚姻库"), N_("婚姻登记信息"),
            N_("婚姻登记信息"),
            _items(
                status=(N_("婚姻状况"), "person_status"),
                spouse_name=(N_("配偶姓名"), "person_name"),
                registered_on=(N_("登记日期"), "person_date"),
                certificate_number=(N_("结婚证字号"), "license_text"),
                single=(N_("现在没有配偶"), "yes_no"),
            ),
            condition=N_("办理事项时，经当事人同意，只用于该事项"),
        ),
        Dataset(
            "education.degree", "302001/000001", EDUCATION, N_("教育学历库"), N_("学历信息"),
            N_("高等教育学历信息"),
            _items(
                level=(N_("学历层次"), "education_text"),
                school=(N_("毕业院校"), "education_text"),
                major=(N_("专业"), "education_text"),
                graduated_on=(N_("毕业日期"), "person_date"),
                certificate_number=(N_("证书编号"), "education_text"),
            ),
            condition=N_("办理事项时，经当事人同意，只用于该事项"),
            cycle="yearly",
        ),
        Dataset(
            "social.insurance", "303001/000001", LABOR, N_("社保库"), N_("社会保险参保信息"),
            N_("个人和单位的社会保险参保信息"),
            _items(
                status=(N_("参保状态"), "person_status"),
                employer=(N_("参保单位"), "organization_name"),
                months_paid=(N_("累计缴费月数"), "count_of_person"),
                first_paid_on=(N_("首次参保日期"), "person_date"),
                card_number=(N_("社会保障卡号"), "social_card"),
                insured_count=(N_("参保人数"), "count_of_person"),
                insured=(N_("正常参保"), "yes_no"),
            ),
            condition=N_("办理事项时，经当事人同意，只用于该事项"),
            about=("person", "organization"),
            cycle="monthly",
        ),
        Dataset(
            "vehicle.record", "304001/000001", POLICE, N_("车辆库"), N_("机动车登记信息"),
            N_("机动车登记和检验信息"),
            _items(
                plate=(N_("号牌号码"), "vehicle_text"),
                model=(N_("品牌型号"), "vehicle_text"),
                owner=(N_("所有人"), "vehicle_text"),
                registered_on=(N_("注册日期"), "person_date"),
                inspection_valid_to=(N_("检验有效期止"), "person_date"),
                kind=(N_("车辆类型"), "vehicle_text"),
            ),
            condition=N_("办理事项时，经当事人同意，只用于该事项"),
            about=("person", "organization"),
            cycle="daily",
        ),
        Dataset(
            "civil.relief", "301002/000001", CIVIL, N_("社会救助库"), N_("社会救助对象信息"),
            N_("低保、特困和临时救助对象的基本信息"),
            _items(**_ABOUT_A_PERSON, category=(N_("救助类别"), "person_status")),
            condition=N_("办理事项时，经当事人同意，只用于该事项"), cycle="monthly",
        ),
        Dataset(
            "social.insured", "303002/000001", LABOR, N_("社保库"), N_("参保人员基本信息"),
            N_("社会保险经办机构登记的参保人员"),
            _items(**_ABOUT_A_PERSON),
            condition=N_("办理事项时，经当事人同意，只用于该事项"), cycle="monthly",
        ),
        Dataset(
            "health.record", "305001/000001", HEALTH, N_("居民健康档案库"), N_("居民健康档案基本信息"),
            N_("居民健康档案的首页，不含诊疗内容"),
            _items(**_ABOUT_A_PERSON),
            share="none", basis="基本医疗卫生与健康促进法 第九十二条（演示数据）",
            cycle="yearly",
        ),
        Dataset(
            "tax.taxpayer", "306001/000001", TAX, N_("税务登记库"), N_("纳税人登记信息"),
            N_("税务登记的纳税人基本信息"),
            _items(**_ABOUT_AN_ORGANIZATION),
            share="unconditional", cycle="daily", about=("organization",),
        ),
        Dataset(
            "staffing.institution", "307001/000001", STAFFING, N_("机构编制库"), N_("事业单位法人信息"),
            N_("事业单位法人登记的基本信息"),
            _items(**_ABOUT_AN_ORGANIZATION),
            share="unconditional", opening="unconditional", cycle="yearly", about=("organization",),
        ),
    )  # fmt: skip


DATASETS: Final[dict[str, Dataset]] = {d.code: d for d in _all()}
