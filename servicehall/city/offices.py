"""Offices (区划和部门): the regions of the demo province and the departments of the district."""

from dataclasses import dataclass
from functools import cache

from servicehall.city.organizations import public_code

CITY, DISTRICT, NEIGHBOUR = "990100000000", "990101000000", "990102000000"


@dataclass(frozen=True, slots=True)
class Place:
    """A region (行政区划), its level as items count it: 2 province to 6 village."""

    code: str
    name: str
    level: int
    parent: str


@dataclass(frozen=True, slots=True)
class Office:
    """A department (部门); ``desk`` names the demo account that reviews for it, if one does."""

    code: str
    name: str
    short: str
    desk: str = ""
    one_window: bool = False
    region: str = DISTRICT


PLACES = (
    Place("990000000000", "示范省", 2, ""),
    Place(CITY, "示范市", 3, "990000000000"),
    Place(DISTRICT, "示范区", 4, CITY),
    Place("990101001000", "示范街道", 5, DISTRICT),
    Place("990101001001", "示范社区", 6, "990101001000"),
    Place(NEIGHBOUR, "新城区", 4, CITY),
)
_DISTRICT_OFFICES = (
    (4, "发展和改革局", "发改", "reform"),
    (5, "教育局", "教育", "education"),
    (9, "公安分局", "公安", "police"),
    (11, "民政局", "民政", "civil"),
    (14, "人力资源和社会保障局", "人社", "hr"),
    (15, "自然资源和规划局", "规划", "planning"),
    (17, "住房和城乡建设局", "住建", "housing"),
    (18, "交通运输局", "交通", "transport"),
    (22, "文化和旅游局", "文旅", "culture"),
    (23, "卫生健康局", "卫健", "health"),
    (25, "消防救援大队", "消防", "fire"),
    (26, "城市管理和综合执法局", "城管", "urban"),
    (27, "审计局", "审计", ""),
    (31, "市场监督管理局", "市监", "market"),
    (40, "税务局", "税务", ""),
    (41, "机构编制委员会办公室", "编办", ""),
    (66, "医疗保障局", "医保", "medical"),
    (68, "烟草专卖局", "烟草", "tobacco"),
)


def window() -> Office:
    """The one window that takes in cases for every department (综合窗口)."""
    return Office(public_code("11", 1), "示范区政务服务中心", "政务中心", one_window=True)


def far_window() -> Office:
    """The window of the next district, which takes in for others what their items allow (代收窗口)."""
    return Office(public_code("11", 70), "新城区政务服务中心", "新城政务", region=NEIGHBOUR)


@cache
def offices() -> tuple[Office, ...]:
    """Every department, the one window first."""
    fund = Office(public_code("12", 67), "示范市住房公积金管理中心", "公积金", "fund", region=CITY)
    return (
        window(),
        *(
            Office(public_code("11", serial), f"示范区{name}", short, desk)
            for serial, name, short, desk in _DISTRICT_OFFICES
        ),
        fund,
        far_window(),
    )


def office_of(short: str) -> Office:
    """The department with this short name. Raises StopIteration for a name that is not above."""
    return next(o for o in offices() if o.short == short)
