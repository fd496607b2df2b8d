"""A province's list for the search benchmark: regions of five levels, names, entries in bulk.

``names`` 0 takes what a province has: the real names of the shipped feed and combinations of a
vocabulary, about 5,000, each implemented in many regions. A number asks for so many distinct names,
each in a few regions only.
"""

import json
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import insert
from sqlalchemy.engine import Connection

from servicehall.catalogue.entries import significant
from servicehall.catalogue.models import ItemEntry, ItemRevision
from servicehall.kernel.audit import GENESIS, AuditHead
from servicehall.kernel.database import Database

FEED = Path(__file__).resolve().parents[1] / "items" / "guangdong-2021.jsonl"
CITIES, COUNTIES, STREETS, VILLAGES = 21, 6, 13, 11  # of each of the level above
SHARES = {2: 0.002, 3: 0.03, 4: 0.22, 5: 0.4, 6: 0.348}  # of the entries, by level
ACTS = (
    "许可",
    "核发",
    "登记",
    "变更登记",
    "注销登记",
    "备案",
    "延续",
    "补证",
    "审批",
    "年度检验",
    "资格认定",
    "给付",
)
_THINGS = """
食品经营 药品零售 烟草专卖 酒类批发 餐饮服务 食品生产 小作坊 公共场所卫生
饮用水卫生 医疗机构 诊所 护士执业 医师执业 乡村医生 母婴保健 放射诊疗 消毒产品
劳务派遣 人力资源服务 职业技能培训 民办学校 民办幼儿园 教师资格 校车使用 社会团体
民办非企业单位 基金会 宗教活动场所 居民身份证 居住证 户口迁移 出入境通行证 旅馆业
印章刻制 爆破作业 剧毒化学品 烟花爆竹 危险化学品 特种设备 计量器具 检验检测机构
营业执照 个体工商户 农民专业合作社 股权出质 动产抵押 广告发布 直销企业 认证机构
工业产品 企业投资项目 政府投资项目 节能审查 建设用地 建设工程规划 乡村建设规划
施工图审查 建筑工程施工 商品房预售 房地产开发企业 物业服务企业 城镇燃气 供热经营
城市排水 占用城市道路 户外广告设施 城市绿地 建筑垃圾处置 生活垃圾 道路旅客运输
道路货物运输 出租汽车 网络预约出租汽车 机动车维修 驾驶员培训 超限运输 港口经营
水路运输 船舶营运 渔业捕捞 水产苗种 养殖水域 动物防疫 兽药经营 种畜禽 农作物种子
农药经营 肥料登记 草种经营 林木采伐 林木种子 野生动物 森林防火 取水 水土保持
河道采砂 防洪影响 排污 环境影响评价 危险废物 辐射安全 噪声污染 海域使用 测绘资质
地图审核 采矿权 探矿权 不动产权 土地使用权 宅基地 文物保护 考古发掘 营业性演出
娱乐场所 互联网上网服务 出版物零售 印刷经营 电影放映 广播电视节目 卫星电视 旅行社
导游 体育场馆 高危险性体育 律师执业 公证员 司法鉴定 法律援助 仲裁委员会 残疾人
最低生活保障 特困人员 临时救助 医疗救助 高龄津贴 养老机构 殡葬设施 收养 婚姻
慈善组织 退役军人 优抚对象 烈士 义务兵 住房公积金 公共租赁住房 失业保险 工伤保险
养老保险 医疗保险 生育保险 社会保障卡 就业援助 创业担保贷款 高校毕业生 技能人才
专业技术 外国人工作 专利 商标 地理标志
"""
THINGS = _THINGS.split()
KINDS = (
    "个人",
    "企业",
    "外商投资",
    "港澳台",
    "学校",
    "医院",
    "农村",
    "社区",
    "跨省",
    "省内",
    "临时",
    "小型",
    "大型",
    "连锁",
    "网络",
)
OFFICES = (
    "市场监督管理局",
    "卫生健康局",
    "公安局",
    "民政局",
    "人力资源和社会保障局",
    "自然资源局",
    "住房和城乡建设局",
    "交通运输局",
    "农业农村局",
    "水务局",
    "生态环境局",
    "文化和旅游局",
    "教育局",
    "司法局",
    "医疗保障局",
    "应急管理局",
    "林业局",
    "商务局",
    "发展和改革局",
    "退役军人事务局",
)
LOCAL = ("街道办事处", "村民委员会")
MOST = 10_000


@dataclass(frozen=True, slots=True)
class Base:
    """What is the same everywhere an item is implemented."""

    name: str
    aliases: str
    summary: str
    office: int
    objects: str
    themes: str
    applicable: bool


def fill(
    database: Database, items: int, *, names: int = 0, places: Mapping[int, Sequence[str]]
) -> list[str]:
    """Put *items* entries at *places* into the empty *database*; the names they have."""
    draw = random.Random(20261122)
    bases = [_base(name, draw) for name in _names(names, draw)]
    with database.engine.begin() as connection:
        connection.execute(insert(AuditHead), {"id": 1, "length": 0, "hash": GENESIS})
        revision = {"id": 1, "code": "base", "digest": "", "body": {},
                    "published_at": datetime(2026, 1, 1, tzinfo=UTC)}  # fmt: skip
        connection.execute(insert(ItemRevision), revision)
        rows: list[dict[str, Any]] = []
        held: dict[str, None] = {}
        for row in _entries(items, bases, places, draw, few=bool(names)):
            rows.append(row)
            held[row["name"]] = None
            if len(rows) == MOST:
                _put(connection, rows)
                rows.clear()
        if rows:
            _put(connection, rows)
    return list(held)


def regions(cities_of: int = CITIES, counties_of: int = COUNTIES) -> dict[int, list[str]]:
    """The regions of a province by level, 2 (province) to 6 (village); or of a part of it."""
    cities = [f"44{city:02d}" for city in range(1, cities_of + 1)]
    counties = [f"{city}{county:02d}" for city in cities for county in range(1, counties_of + 1)]
    streets = [f"{county}{street:03d}" for county in counties for street in range(1, STREETS + 1)]
    villages = [f"{s}{village:03d}" for s in streets for village in range(1, VILLAGES + 1)]
    found = {2: ["44"], 3: cities, 4: counties, 5: streets, 6: villages}
    return {level: [code.ljust(12, "0") for code in codes] for level, codes in found.items()}


def _names(wanted: int, draw: random.Random) -> list[str]:
    if wanted:
        found: dict[str, None] = {}
        while len(found) < wanted:
            parts = (
                draw.choice(KINDS),
                draw.choice(THINGS),
                draw.choice(THINGS),
                draw.choice(ACTS),
            )
            found["".join(parts)] = None
        return list(found)
    real = [
        json.loads(line)["TASK_NAME"]
        for line in FEED.read_text("utf8").splitlines()
        if line[:1] == "{"
    ]
    made = [thing + act for thing in THINGS for act in ACTS]
    return list(dict.fromkeys([*made, *real, *(f"{draw.choice(KINDS)}{name}" for name in made)]))


def _base(name: str, draw: random.Random) -> Base:
    natural, legal = draw.random() < 0.6, draw.random() < 0.7
    objects = ",".join(
        (["natural_person"] if natural else []) + (["enterprise"] if legal or not natural else [])
    )
    theme = (
        f"{draw.choice(('natural', 'legal'))}-{draw.choice(('010', '035', '050', '090', '110'))}"
    )
    alias = f"办{name[:3]}证" if draw.random() < 0.1 else ""
    summary = (
        f"申请{name}的，由所在地的主管部门受理，材料齐全的当场受理。" if draw.random() < 0.3 else ""
    )
    return Base(name, alias, summary, draw.randrange(len(OFFICES)), f",{objects},", f",{theme},",
                draw.random() < 0.2)  # fmt: skip


def _entries(
    items: int,
    bases: Sequence[Base],
    places: Mapping[int, Sequence[str]],
    draw: random.Random,
    *,
    few: bool,
) -> Iterator[dict[str, Any]]:
    """Every level has its share; in one region each name once (where names are *few*: at random)."""
    number = 0
    for level, codes in places.items():
        share = round(items * SHARES[level])
        for n in range(share):
            code, turn = codes[n % len(codes)], n // len(codes)
            place = draw.randrange(len(bases)) if few else (turn * 7 + n % len(codes)) % len(bases)
            number += 1
            yield _entry(number, bases[place], code, level)


def _entry(number: int, base: Base, region: str, level: int) -> dict[str, Any]:
    own = significant(region)
    office = (
        base.office if level < 5 else len(OFFICES) - 1 + level - 4
    )  # one in a street or village
    department = f"11{own.ljust(12, '0')}{office:02d}0X"
    return {
        "id": number, "code": f"{number:031d}", "current_id": 1, "state": "in_use", "notice": {},
        "name": base.name, "name_en": "", "summary": base.summary, "summary_en": "",
        "department": department, "department_name": f"第{own}号{(*OFFICES, *LOCAL)[office]}",
        "region": region, "level": level, "type": "01", "themes": base.themes,
        "objects": base.objects, "natural": "natural" in base.objects, "legal": "enter" in base.objects,
        "instant": False, "applicable": base.applicable, "promised_days": 5,
        "promised_unit": "working_day", "visits": 0, "exempt_count": 1, "origin": "",
        "aliases": base.aliases,
    }  # fmt: skip


def _put(connection: Connection, rows: Sequence[dict[str, Any]]) -> None:
    if connection.dialect.name == "sqlite":
        connection.execute(insert(ItemEntry), rows)
        return
    names = list(rows[0])
    listed = ", ".join(f'"{name}"' for name in names)
    raw: Any = connection.connection.dbapi_connection
    with (
        raw.cursor() as cursor,
        cursor.copy(f"COPY item_entry ({listed}) FROM STDIN") as copy,
    ):
        for row in rows:
            copy.write_row(["{}" if name == "notice" else row[name] for name in names])
