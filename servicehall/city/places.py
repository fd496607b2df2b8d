"""Places (地址): the streets of the demo district, homes and shops in them."""

from random import Random

DISTRICT = "示范省示范市示范区"
COMMUNITY = "示范街道"
ELSEWHERE = "示范省示例市示例区示例街道"
STREETS = (
    "政务大道", "春和路", "明德路", "学府路", "惠民街", "长宁路", "望江路", "文昌街", "安居路",
    "康乐路", "丰收路", "示范大街", "和平里", "桃园路", "清水巷", "新风街",
)  # fmt: skip


def home(chance: Random) -> str:
    """Where a household lives: street, number, building, room."""
    return DISTRICT + COMMUNITY + _door(chance)


def far_home(chance: Random) -> str:
    """Where somebody is registered who only lives in the district (人户分离)."""
    return ELSEWHERE + _door(chance)


def premises(chance: Random) -> str:
    """A shop, an office or a workshop at street level."""
    street, number = chance.choice(STREETS), chance.randint(1, 299)
    return (
        f"{DISTRICT}{COMMUNITY}{street}{number}号{chance.randint(1, 6)}层{chance.randint(1, 20)}室"
    )


def _door(chance: Random) -> str:
    street, number = chance.choice(STREETS), chance.randint(1, 299)
    building, floor = chance.randint(1, 20), chance.randint(1, 18)
    return f"{street}{number}号{building}栋{floor}{chance.randint(1, 4):02}室"
