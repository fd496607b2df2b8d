"""Front (首页): themes, levels, life events, what people begin most; all for the region chosen."""

from flask import Blueprint, render_template, request, url_for
from flask_babel import gettext

from servicehall.catalogue import together
from servicehall.finding import search
from servicehall.finding.asking import Asked
from servicehall.guiding import crossing, demand
from servicehall.kernel.words import N_
from servicehall.portals import naming, places
from servicehall.portals.citizen import cards, filters
from servicehall.portals.guard import work
from servicehall.sharing.datasets import DATASETS

pages = Blueprint("front", __name__)

HOT_WORDS = ("护士执业注册", "食品经营许可", "居住证", "身份证", "公积金", "高龄津贴")
MODES = {
    "online": (N_("全程网办"), N_("在网上申请，业务所在地审批，结果寄给您或者在线领取，两头都不用跑")),
    "proxy": (N_("异地代收代办"), N_("就近的窗口收下材料、核对身份，转给业务所在地办理，结果寄给您")),
    "joint": (N_("多地联办"), N_("一地受理申请，几个地方的部门协同办理，您只跑一个地方")),
    "": (N_("就近办理"), N_("没有写明通办模式，可以到通办范围内的窗口办，去之前打咨询电话问一下")),
}  # fmt: skip
SCOPES = {
    "nation": N_("全国通办（跨省）"), "province": N_("全省通办"), "city": N_("全市通办"),
}  # fmt: skip


def home() -> str:
    """The home page; its numbers are those of the region that the visitor chose."""
    here = Asked(region=places.chosen() or None)
    everything = search.find(work, asked=here, limit=1)
    counts = everything.counts()
    applicable = search.find(work, asked=Asked(region=here.region, applicable=True), limit=100)
    by_theme, by_level = counts.by.get("theme", {}), counts.by.get("level", {})
    spared = sum(entry.exempt_count for entry in applicable.entries)
    return render_template(
        "citizen/home.html",
        themes=cards.theme_tiles("natural", dict(by_theme), 8),
        organization_themes=cards.theme_tiles("legal", dict(by_theme), 8),
        levels=[
            (gettext(name), by_level[str(level)], url_for("citizen.browse.items", level=level))
            for level, name in filters.LEVEL_NAMES.items() if by_level.get(str(level))
        ],
        hot=[cards.card(entry) for entry in demand.hot(work, region=places.chosen())],
        hot_words=hot_words(), suggest_url=url_for("citizen.browse.suggest"),
        figures=_figures(counts.total, applicable.total, spared), bundles=_bundles(),
    )  # fmt: skip


@pages.get("/crossing")
def zone() -> str:
    """What can be done away from home (通办专区), by scope; ``mode`` narrows it."""
    mode = request.args.get("mode", "")
    mode = mode if mode in crossing.MODES else ""
    shown = [(gettext(SCOPES[scope]), [
        {**cards.card(one), "mode": gettext(MODES[crossing.mode_of(one)][0])} for one in entries
    ]) for scope, entries in crossing.zone(work, mode=mode) if entries]  # fmt: skip
    return render_template("citizen/crossing.html", shown=shown, modes=MODES, mode=mode)


def hot_words() -> list[tuple[str, str]]:
    """The words beside the search field, each with its list."""
    return [(word, url_for("citizen.browse.items", q=word)) for word in HOT_WORDS]


def _figures(everything: int, applicable: int, exempted: int) -> list[tuple[str, str]]:
    return [
        (gettext("政务服务事项"), f"{everything:,}"),
        (gettext("可在线办理"), f"{applicable}"),
        (gettext("免提交材料"), f"{exempted}"),
        (gettext("共享数据集"), f"{len(DATASETS)}"),
    ]


def _bundles() -> list[tuple[str, str, str, str]]:
    """Each bundle (一件事): name, what it brings together, where it is, its picture."""
    return [
        (naming.named(one), one.summary_en if naming.english() else one.summary,
         url_for("citizen.lives.bundle", slug=one.slug), "bundle")
        for one in together.every(work)
    ]  # fmt: skip
