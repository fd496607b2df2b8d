"""Themes (主题): the national theme codes of natural and of legal persons (STANDARDS 1.4)."""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["natural", "legal"]


@dataclass(frozen=True, slots=True)
class ThemeName:
    """One theme of the code table (主题分类), its Chinese and its English name."""

    kind: Kind
    code: str
    name: str
    name_en: str

    @property
    def key(self) -> str:
        """How addresses and filters call it: ``natural-030``."""
        return f"{self.kind}-{self.code}"


_NATURAL = """
005 生育收养 Birth and adoption
010 户籍办理 Household registration
015 民族宗教 Ethnic and religious affairs
020 教育科研 Education and research
025 入伍服役 Military service
030 就业创业 Jobs and startups
035 设立变更 Setting up and changing
040 准营准办 Permits to operate
045 抵押质押 Mortgages and pledges
050 职业资格 Professional qualifications
055 行政缴费 Fees and charges
060 婚姻登记 Marriage registration
065 优待抚恤 Benefits and pensions
070 规划建设 Planning and building
075 住房保障 Housing
085 社会保障 Social security
090 证件办理 Identity documents
095 交通出行 Transport and travel
100 旅游观光 Tourism
105 出境入境 Exit and entry
110 消费维权 Consumer rights
115 公共安全 Public safety
120 司法公证 Justice and notaries
125 知识产权 Intellectual property
130 环保绿化 Environment
135 文化体育 Culture and sports
140 公用事业 Utilities
145 医疗卫生 Health
150 离职退休 Leaving work and retirement
155 死亡殡葬 Death and funerals
998 地方特色 Local services
999 其他 Other
"""
_LEGAL = """
005 设立变更 Setting up and changing
010 准营准办 Permits to operate
015 资质认证 Qualifications
020 年检年审 Annual inspections
025 税收财务 Taxes and finance
030 人力资源 Human resources
035 社会保障 Social security
040 投资审批 Investment approval
045 融资信贷 Financing and credit
050 抵押质押 Mortgages and pledges
055 商务贸易 Commerce and trade
060 招标拍卖 Tenders and auctions
065 海关口岸 Customs and ports
070 涉外服务 Foreign affairs
075 农林牧渔 Farming, forestry and fishing
085 国土和规划建设 Land, planning and building
090 交通运输 Transport
095 环保绿化 Environment
100 应对气候变化 Climate change
105 水务气象 Water and weather
110 医疗卫生 Health
115 科技创新 Science and innovation
120 文体教育 Culture, sports and education
125 知识产权 Intellectual property
130 民族宗教 Ethnic and religious affairs
135 质量技术 Quality and technology
140 检验检疫 Inspection and quarantine
145 安全生产 Work safety
150 公安消防 Police and fire safety
155 司法公证 Justice and notaries
160 公用事业 Utilities
165 法人注销 Closing a legal person
170 档案文物 Archives and relics
998 地方特色 Local services
999 其他 Other
"""


def _table(kind: Kind, text: str) -> tuple[ThemeName, ...]:
    rows = (line.split(" ", 2) for line in text.strip().splitlines())
    return tuple(ThemeName(kind, code, name, english) for code, name, english in rows)


THEMES = (*_table("natural", _NATURAL), *_table("legal", _LEGAL))
BY_KEY = {theme.key: theme for theme in THEMES}
BY_NAME: dict[tuple[str, str], ThemeName] = {(theme.kind, theme.name): theme for theme in THEMES}


def of_kind(kind: Kind) -> tuple[ThemeName, ...]:
    """The themes of natural (个人办事) or legal persons (法人办事), in table order."""
    return tuple(theme for theme in THEMES if theme.kind == kind)
