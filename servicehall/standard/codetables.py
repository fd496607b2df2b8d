"""Code tables (代码表): the codes of each scheme for the choices of an item (STANDARDS 1.3, 1.4)."""

from collections.abc import Sequence
from dataclasses import dataclass

from servicehall.kernel.errors import Invalid
from servicehall.kernel.words import N_

NATIONAL = "gbt39554"  # the exchange of the national platform
ASIDE = {
    "gbt39046": NATIONAL,
    "epoint": NATIONAL,
    "zhejiang": NATIONAL,
    "jiangsu": "",
    NATIONAL: "",
}


@dataclass(frozen=True, slots=True)
class Code:
    """One row (代码): *code* of *scheme* stands for *value* of *element*, in words *name*."""

    element: str
    scheme: str
    code: str
    value: str
    name: str


# element, scheme, then code=value=中文. Where a scheme has no table of its own for an element, the
# table of the scheme that ASIDE names holds; jiangsu has what was read and nothing else.
_TEXT = """
type gbt39554 01=01=行政许可 02=02=行政处罚 03=03=行政强制 04=04=行政征收 05=05=行政给付 06=06=行政检查 \
 07=07=行政确认 08=08=行政奖励 09=09=行政裁决 10=10=其他行政权力 20=20=公共服务
type epoint 01=01=行政许可 02=02=行政处罚 03=03=行政强制 04=04=行政征收 05=05=行政给付 06=08=行政奖励 \
 07=07=行政确认 08=09=行政裁决 09=06=行政检查 10=10=其他行政权力 20=20=公共服务
type jiangsu 03=02=行政处罚 04=03=行政强制
level gbt39554 1=1=国家级 2=2=省级 3=3=市级 4=4=县级 5=5=镇（乡、街道）级 6=6=村（社区）级 7=7=分级管理
authority gbt39554 1=statutory=法定机关 2=authorized=授权组织 3=entrusted=受委托组织 9=other=其他
power_source gbt39554 1=statutory=法定本级行使 2=delegated=上级下放 3=authorized=上级授权 \
 4=peer_authorized=同级授权 5=entrusted=上级委托 6=peer_entrusted=同级委托
objects gbt39554 1=natural_person=自然人 2=enterprise=企业法人 3=institution=事业法人 \
 4=social_organization=社会组织法人 5=unincorporated=非法人企业 6=government=行政机关 9=other=其他组织
objects gbt39046 1=natural_person=自然人 2=enterprise=企业法人 3=institution=事业法人 \
 4=social_organization=社会组织法人 5=government=行政机关 6=other=其他组织
project_type gbt39554 1=instant=即办件 2=promised=承诺件 3=reported=上报件 4=joint=联办件 9=other=其他
review_type gbt39554 1=on_the_spot=即审即办 2=before_approval=前审后批
procedure gbt39554 1=general=一般程序 2=simple=简易程序
route gbt39554 1=own=自办件 2=first_review=初审件 3=joint=联办件 4=forwarded=转报件
closing gbt39554 1=license=出证办结 2=document=出文办结 3=approval=审批办结 9=other=其他
channels gbt39554 1=window=窗口办理 2=web=电脑端网上办理 3=mobile=移动端网上申请 4=post=快递申请 \
 5=terminal=自助终端 9=other=其他
channels gbt39046 1=window=窗口办理 2=web=网上办理 3=post=快递申请
crossing gbt39554 1=nation=全国 2=province=跨省 3=city=跨市 4=county=跨县 5=town=跨镇 6=village=跨村
unit gbt39554 1=working_day=工作日 2=natural_day=自然日
flag gbt39554 1=yes=是 0=no=否
online_stages gbt39554 1=consult=互联网咨询 2=receive=收件 3=precheck=预审 4=accept=受理 5=handle=办理 \
 6=feedback=办理结果信息反馈 7=license=电子证照反馈 9=other=其他
online_depth zhejiang Ⅰ=1=信息发布 Ⅱ=2=网上预约 Ⅲ=3=网上预审 Ⅳ=4=全程网办
result gbt39554 10=license=证照 20=decision=批文（批复） 99=benefit=其他
state gbt39554 1=in_use=在用 2=suspended=暂停 3=cancelled=取消 4=draft=草稿
form gbt39554 1=original=原件 2=copy=复印件 3=either=原件或复印件
format gbt39554 1=paper=纸质 2=electronic=电子版 3=both=纸质和电子版
needed gbt39554 1=required=必要 2=optional=非必要 3=deferrable=容缺后补
source gbt39554 10=self=申请人自备 20=government=政府部门核发 30=agency=中介机构出具 99=other=其他
place gbt39554 1=service_center=行政服务中心 2=department_window=部门窗口 3=office=单位办公室 \
 4=scene=案发地 5=agent_point=代办点 6=community_center=便民服务中心
way gbt39554 1=window=窗口 2=web=网络 3=phone=电话 4=letter=信件 5=email=邮件
"""


def codes(element: str, scheme: str = NATIONAL) -> Sequence[Code]:
    """The table of *element* in *scheme*, in its order. Raises Invalid for a scheme unknown."""
    while scheme:
        if scheme not in ASIDE:
            raise Invalid(N_("不认识的代码方案 %(scheme)s"), scheme=scheme)
        if found := _TABLES.get((element, scheme)):
            return found
        scheme = ASIDE[scheme]
    return ()


def read(element: str, code: str, scheme: str = NATIONAL) -> str | None:
    """The value that *code* stands for, None where the scheme does not say."""
    return next((row.value for row in codes(element, scheme) if row.code == code), None)


def read_name(element: str, name: str, scheme: str = NATIONAL) -> str | None:
    """The value that is called *name* in Chinese, None where nothing is."""
    return next((row.value for row in codes(element, scheme) if row.name == name), None)


def written(element: str, value: object, scheme: str = NATIONAL) -> str:
    """The code of *value*; "" where the scheme has none (never a guess)."""
    return next((row.code for row in codes(element, scheme) if row.value == str(value)), "")


def called(element: str, value: object, scheme: str = NATIONAL) -> str:
    """The Chinese name of *value*; the value itself where the scheme has none."""
    rows = codes(element, scheme)
    return next((row.name for row in rows if row.value == str(value)), str(value))


def _read() -> dict[tuple[str, str], tuple[Code, ...]]:
    tables = {}
    for line in _TEXT.strip().splitlines():
        element, scheme, *rows = line.split()
        parts = (row.split("=") for row in rows)
        tables[element, scheme] = tuple(
            Code(element, scheme, code, value, name) for code, value, name in parts
        )
    return tables


_TABLES = _read()
