"""Organizations (法人和其他组织): companies of the demo city, with codes that pass both checks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from servicehall.city import names, places
from servicehall.city.people import AREA, AS_OF, Resident
from servicehall.kernel.codes import organization_check, uscc_check


@dataclass(frozen=True, slots=True)
class Trade:
    """A line of business: how many there are, what they do, their capital in units of 10,000."""

    code: str
    many: int
    suffix: str
    industry: str
    scope: str
    capital: tuple[int, int]
    use: str = "商业服务"


TRADES = (
    Trade("restaurant", 70, "餐饮管理有限公司", "餐饮业", "餐饮服务；食品销售", (5, 100)),
    Trade("clinic", 24, "门诊部有限公司", "卫生", "诊所服务；医疗服务", (50, 500), "医疗卫生"),
    Trade("dispatch", 12, "劳务派遣有限公司", "商务服务业", "劳务派遣服务；人力资源服务", (200, 800)),
    Trade("shop", 60, "商贸有限公司", "零售业", "食品销售；日用百货销售", (3, 80)),
    Trade("hotel", 16, "酒店有限公司", "住宿业", "住宿服务；餐饮服务", (50, 600)),
    Trade("venue", 12, "娱乐有限公司", "娱乐业", "歌舞娱乐活动；酒水饮料销售", (30, 300)),
    Trade("factory", 40, "制造有限公司", "制造业", "机械零件加工；电子产品制造", (100, 5000), "工业"),
    Trade("software", 40, "科技有限公司", "软件和信息技术服务业", "软件开发；技术服务", (10, 1000), "办公"),
    Trade("builder", 20, "建筑工程有限公司", "建筑业", "房屋建筑工程施工；装饰装修", (200, 4000), "办公"),
    Trade("carrier", 16, "物流有限公司", "道路运输业", "普通货物道路运输", (30, 800), "仓储"),
    Trade("salon", 10, "美容美发有限公司", "居民服务业", "理发服务；美容服务", (3, 30)),
)  # fmt: skip


@dataclass(slots=True, eq=False)
class Company:
    """A registered company (法人); ``capital`` in yuan, ``licensed`` for its trade already."""

    code: str
    name: str
    trade: Trade
    representative: Resident
    capital: int
    established: date
    address: str
    area_m2: int
    status: str = "存续"
    licensed: bool = True


def code_of(serial: int) -> str:
    """The credit code of the company with this serial: 91, the district, MA and both checks."""
    return _checked("91", f"MA{serial:06}")


def public_code(prefix: str, serial: int) -> str:
    """The credit code of a public body: *prefix* 11 for departments, 12 for institutions."""
    return _checked(prefix, f"{serial:08}")


def found(chance: Random, representatives: Sequence[Resident]) -> list[Company]:
    """Every company, each with a representative of its own."""
    trades = [trade for trade in TRADES for _ in range(trade.many)]
    brands = chance.sample(names.BRANDS, 240)
    chosen = chance.sample(list(representatives), len(trades))
    return [
        _company(chance, number, trade, brands[number % len(brands)], somebody)
        for number, (trade, somebody) in enumerate(zip(trades, chosen, strict=True), 1)
    ]


def _company(
    chance: Random, serial: int, trade: Trade, brand: str, representative: Resident
) -> Company:
    return Company(
        code=code_of(serial), name=f"示范市{brand}{trade.suffix}", trade=trade,
        representative=representative, capital=chance.randint(*trade.capital) * 10_000,
        established=AS_OF - timedelta(days=chance.randint(200, 6000)),
        address=places.premises(chance), area_m2=chance.randint(30, 900),
        status="存续" if chance.random() < 0.97 else "注销",
    )  # fmt: skip


def _checked(prefix: str, first8: str) -> str:
    first17 = prefix + AREA + first8 + organization_check(first8)
    return first17 + uscc_check(first17)
