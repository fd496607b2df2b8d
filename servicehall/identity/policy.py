"""Who may do what (权限): one table, read from top to bottom; ownership is asked beside it."""

from servicehall.kernel.errors import Forbidden, NotFound
from servicehall.kernel.words import N_
from servicehall.kernel.work import Actor

APPLICANTS = frozenset({"citizen"})
STAFF = frozenset({"clerk", "reviewer"})

MAY: dict[str, frozenset[str]] = {
    "case.apply": APPLICANTS | {"attended"},  # 申请，本人或在窗口由人帮办
    "visit.book": APPLICANTS,  # 预约、改约、取消
    "visit.plan": frozenset({"item_admin"}),  # 设置窗口开放时间
    "visit.call": frozenset({"clerk"}),  # 取号、叫号
    "person.attend": frozenset({"clerk"}),  # 现场核验身份、帮办
    "case.accept": frozenset({"clerk"}),  # 受理、补正、不予受理
    "case.review": frozenset({"reviewer"}),  # 审查
    "case.decide": frozenset({"reviewer"}),  # 决定
    "case.rule": frozenset({"system"}),  # 按公布的规则秒批
    "case.extend": frozenset({"head"}),  # 批准延期，申请人本人除外
    "case.recheck": STAFF | {"system"},  # 复核共享数据
    "case.settle_fee": frozenset({"clerk"}),  # 窗口收费
    "case.read": STAFF,  # 窗口查看
    "case.hold": STAFF,  # 领办、释放、分派
    "license.issue": frozenset({"reviewer", "system"}),  # 制证
    "license.archive": frozenset({"reviewer"}),  # 下载归档版
    "license.change": frozenset({"reviewer"}),  # 暂扣、注销、撤销
    "license.verify_as_department": STAFF | {"verifier", "client"},  # 部门核验、制作加注件
    "license.gather": frozenset({"system"}),  # 归集别处签发的证照
    "license.inquire": frozenset({"client"}),  # 部门系统经共享接口查询证照
    "dispute.settle": STAFF,  # 答复数据异议
    "dispute.settle_look": frozenset({"auditor"}),  # 答复对查询的质疑
    "rating.answer": STAFF,  # 回应、整改差评
    "card.answer": STAFF,  # 反馈监察牌、申诉
    "card.judge": frozenset({"supervisor"}),  # 确认、撤牌、退回
    "item.edit": frozenset({"item_admin"}),  # 起草、修改、送审事项
    "item.publish": frozenset({"item_admin", "system"}),  # 发布事项，起草人本人除外
    "item.load": frozenset({"system"}),  # 发布随部署而来的事项文件
    "sharing.ask": frozenset({"steward"}),  # 申请共享数据
    "sharing.answer": frozenset({"steward", "system"}),  # 答复共享申请、终止授权
    "sharing.read": frozenset({"steward", "supervisor"}),  # 查看申请和授权
    "resource.edit": frozenset({"steward"}),  # 登记、发布资源目录
    "resource.load": frozenset({"system"}),  # 发布随部署而来的资源和演示授权
    "quality.settle": frozenset({"steward"}),  # 答复数据冲突
    "quality.compare": frozenset({"steward", "supervisor", "system"}),  # 清洗比对
    "data.publish": frozenset({"system"}),  # 发布开放数据
    "calendar.edit": frozenset({"item_admin"}),  # 调整工作日历
    "oversight.board": frozenset({"supervisor"}),  # 效能监督
    "oversight.audit": frozenset({"auditor"}),  # 审计
}


def may(actor: Actor, act: str) -> bool:
    """Whether one of the actor's roles may do *act*."""
    return bool(actor.roles & MAY[act])


def require(actor: Actor, act: str) -> None:
    """Refuse unless one of the actor's roles may do *act*. Raises Forbidden."""
    if not may(actor, act):
        raise Forbidden(N_("您的账户没有办理这项操作的权限"))


def require_party(actor: Actor, party: str) -> None:
    """Refuse unless the matter is the actor's own. Raises NotFound: foreign looks like missing."""
    if actor.party != party:
        raise NotFound


def require_department(actor: Actor, departments: frozenset[str]) -> None:
    """Refuse unless the matter lies with the actor's department. Raises NotFound, as above."""
    if actor.department not in departments:
        raise NotFound
