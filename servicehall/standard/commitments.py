"""Commitments (告知承诺、容缺受理检查): who may promise instead of proving, and what may come later."""

from collections.abc import Iterator

from servicehall.kernel.words import N_
from servicehall.standard.problems import Problem, Surroundings, missing, problem
from servicehall.standard.schema import Item, Material


def promises(item: Item) -> tuple[Material, ...]:
    """The papers of *item* that a promise may replace."""
    return tuple(m for m in item.materials if m.exempt and m.exempt.by == "promise")


def told(item: Item, around: Surroundings) -> Iterator[Problem]:
    """Where promising is the way (告知承诺制) the letter says everything that must be said."""
    if item.promise_based and item.commitment is None:
        yield missing(item, "commitment", "commitment.letter", N_("告知承诺书"))
    if item.commitment and not promises(item):
        yield problem(
            "commitment.papers", "commitment", N_("有告知承诺书，却没有可以承诺的材料"),
            N_("去掉“告知承诺书”（commitment），或写明哪份材料由承诺代替"),
        )  # fmt: skip


def excluded(item: Item, around: Surroundings) -> Iterator[Problem]:
    """No promise where too much hangs on it (国办发〔2020〕42号: 国家安全、公共安全、金融、生态、生命健康)."""
    for material in promises(item) if item.risk else ():
        yield problem(
            "commitment.excluded", f"materials.{material.code}.exempt",
            N_("这类事项不适用告知承诺，“%(name)s”不能由承诺代替"),
            N_("改为由共享数据或者证照代替，或者由申请人提交"), name=material.name,
        )  # fmt: skip


def deferred(item: Item, around: Surroundings) -> Iterator[Problem]:
    """What may be handed in later has a day, and that is before the decision is due (容缺受理)."""
    limit = item.promised.days if item.promised else 0
    for material in item.materials:
        later = material.needed == "deferrable"
        if later and not 1 <= material.supply_days <= limit:
            yield problem(
                "deferral.days", f"materials.{material.code}.supply_days",
                N_("可以后补的“%(name)s”要在 1 到 %(limit)s 个工作日内补交"),
                N_("填写“补交时限”（supply_days），不超过承诺时限"), name=material.name, limit=limit,
            )  # fmt: skip
        if not later and material.supply_days:
            yield problem(
                "deferral.needed", f"materials.{material.code}.supply_days",
                N_("“%(name)s”不能后补，却写了补交时限"),
                N_("“材料必要性”（needed）选“可以后补”（deferrable），或去掉补交时限"), name=material.name,
            )  # fmt: skip


RULES = (told, excluded, deferred)
