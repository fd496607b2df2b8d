"""Guangdong (广东事项): the columns of the 2021 feed of Guangdong, as an item that guides only."""

from collections.abc import Mapping
from typing import Any

from servicehall.feeds import cleaning
from servicehall.feeds.cleaning import Notes, Refused, plain, plain_list
from servicehall.kernel import codes
from servicehall.kernel.errors import Invalid
from servicehall.standard.schema import ItemType, Limit
from servicehall.standard.themes import BY_NAME

ORIGIN = {
    "name": "广东省 2021 年公开的政务服务事项",
    "year": 2021,
    "license": "MIT",
    "note": (
        "Clarence-Kong/QABasedOnPolicyKnowledgeGraph, data/policy.json, commit b1f5aec3fc99, MIT; "
        "a subset of rows and columns"
    ),
}
OBJECTS = {
    "自然人": "natural_person",
    "企业法人": "enterprise",
    "事业法人": "institution",
    "社会组织法人": "social_organization",
    "非法人企业": "unincorporated",
    "行政机关": "government",
    "其他组织": "other",
}
NATURAL = {  # themes as this feed calls them, for natural persons
    "人才": "就业创业", "找工作": "就业创业", "创业": "就业创业", "高校毕业生": "就业创业",
    "失业": "就业创业", "纳税": "行政缴费", "社会保障（社会保险、社会救助）": "社会保障",
    "社会救助": "社会保障", "养老服务": "社会保障", "残疾人": "优待抚恤", "妇女": "优待抚恤",
    "儿童青少年": "优待抚恤", "外国人": "出境入境", "港澳台侨": "出境入境", "升学": "教育科研",
    "生小孩": "生育收养", "结婚": "婚姻登记", "迁居": "户籍办理", "买房子": "住房保障",
    "退休": "离职退休", "城市综合执法": "公共安全", "农民": "其他", "涉农补贴": "其他",
}  # fmt: skip
LEGAL = {  # the same, where legal persons have a theme of another name
    "文化体育": "文体教育", "教育科研": "文体教育", "交通出行": "交通运输", "纳税": "税收财务",
    "规划建设": "国土和规划建设", "社会保障（社会保险、社会救助）": "社会保障", "人才": "人力资源",
    "找工作": "人力资源", "职业资格": "人力资源", "就业创业": "人力资源", "创业": "设立变更",
    "公共安全": "公安消防", "城市综合执法": "公安消防", "出境入境": "涉外服务", "外国人": "涉外服务",
    "港澳台侨": "涉外服务", "农民": "农林牧渔", "涉农补贴": "农林牧渔", "住房保障": "国土和规划建设",
}  # fmt: skip
STANDARD_TYPES = {kind.value for kind in ItemType}


def themes(names: list[str], objects: list[str], notes: Notes) -> list[dict[str, str]]:
    """The national themes that the feed's own *names* stand for, for whom the item serves."""
    kinds = [("natural", NATURAL)] if "natural_person" in objects else []
    kinds += [("legal", LEGAL)] if set(objects) - {"natural_person"} else []
    found = []
    for name in names:
        for kind, own in kinds:
            theme = BY_NAME.get((kind, own.get(name, name)))
            if theme is None and name not in NATURAL and ("natural", name) not in BY_NAME:
                notes.add("theme-unknown", f"主题“{name}”不在国家主题分类中，归入其他")
            found.append({"kind": kind, "code": theme.code if theme else "999"})
    return [theme for n, theme in enumerate(found) if theme not in found[:n]]


def item(row: Mapping[str, object], notes: Notes) -> dict[str, Any]:
    """What *row* says, as the fields of an item. Raises Refused; *notes* gets what was mended."""
    name = plain(row.get("TASK_NAME"), notes).replace("\n", " ")
    if not name:
        raise Refused("no-name")
    objects = [
        OBJECTS[o] for o in plain_list(row.get("service_object_name"), notes) if o in OBJECTS
    ]
    parent = plain(row.get("parentCatalogName"), notes)
    return {
        "name": name,
        "aliases": [parent] if parent and parent not in name else [],
        "type": _type(plain(row.get("TASK_TYPE"), notes), notes),
        **_codes(row, notes),
        "objects": objects or _any_object(notes),
        "themes": themes(plain_list(row.get("theme_category"), notes), objects, notes),
        **_limits(row, notes),
        **_service(row, notes),
        "conditions": cleaning.sentences(plain(row.get("accept_standard"), notes)),
        "materials": [
            {"code": f"m{number:02d}", "name": material}
            for number, material in enumerate(plain_list(row.get("material_intro"), notes), 1)
        ],
        "origin": ORIGIN,
    }


def _codes(row: Mapping[str, object], notes: Notes) -> dict[str, Any]:
    code = cleaning.code(plain(row.get("TASK_CODE"), notes), notes)
    if len(code) not in {31, 33}:
        raise Refused("bad-code")
    try:
        codes.uscc(code[:18])
    except Invalid:
        notes.add("department-code", "实施主体的统一社会信用代码校验不通过，按原文保留")
    area = cleaning.code(plain(row.get("AREACODE"), notes), notes)
    name = plain(row.get("DEPT_NAME"), notes)
    if not name:
        raise Refused("no-department")
    return {
        "code": code,
        "base_code": code[19:31],
        "department": code[:18],
        "department_name": name,
        "region": area.ljust(12, "0"),
        "level": int(code[18]) if code[18].isdigit() else 0,
        "joint": plain(row.get("co_department"), notes),
    }


def _limits(row: Mapping[str, object], notes: Notes) -> dict[str, Limit | None]:
    statutory = cleaning.limit(plain(row.get("handle_time"), notes), notes, what="法定办结时限")
    promised = cleaning.limit(
        plain(row.get("handle_time_limit"), notes), notes, what="承诺办结时限"
    )
    if statutory and promised and _longer(promised, statutory):
        notes.add("promise-over-limit", f"承诺 {promised.days} 天长于法定时限，未采用")
        promised = None
    return {"statutory": statutory, "promised": promised}


def _longer(one: Limit, other: Limit) -> bool:
    """Only limits in the same unit can be compared."""
    return one.unit == other.unit and one.days > other.days


def _service(row: Mapping[str, object], notes: Notes) -> dict[str, Any]:
    place = plain(row.get("handle_location"), notes).removeprefix("办理地点：")
    window = bool(place) and place != "无线下办理窗口"
    online = plain(row.get("ONLINECHECK"), notes) == "1"
    visits = plain(row.get("visit_number"), notes)
    if visits and not (visits.isascii() and visits.isdigit()):
        notes.add("visits-unreadable", f"到办事现场次数原文为“{visits}”")
        visits = ""
    return {
        "visits": int(visits or 0),
        "channels": [c for c, there in (("window", window), ("web", online)) if there],
        "appointment": plain(row.get("online_book"), notes) == "是",
        "delivery": ["post"] if plain(row.get("courier_service"), notes) == "是" else [],
        "contact": {
            "place": place if window else "",
            "consult": cleaning.phones(plain(row.get("consult_phone"), notes), notes),
            "complain": cleaning.phones(plain(row.get("complain_phone"), notes), notes),
        },
    }


def _type(code: str, notes: Notes) -> str:
    if code in STANDARD_TYPES:
        return code
    if code.isdigit() and len(code) == 2 and code >= "11":
        basic = ItemType.PUBLIC if code > "20" else ItemType.OTHER
        notes.add("type-extended", f"事项类型 {code} 是地方扩展代码，归入 {basic.value}")
        return basic.value
    raise Refused("bad-type")


def _any_object(notes: Notes) -> list[str]:
    notes.add("objects-unknown", "原文没有写明服务对象")
    return list(OBJECTS.values())
