"""The stage: demo people act through verbs, each act a unit of work of its own, as over HTTP."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from sqlalchemy import select

from servicehall.applying import answering, attaching, consenting, intake
from servicehall.cases import prefill, rechecking
from servicehall.cases.models import Case
from servicehall.cases.states import State
from servicehall.catalogue import items
from servicehall.city import holdings
from servicehall.city.town import town
from servicehall.handling import acceptance, decisions, delivering, reviewing
from servicehall.identity import accounts
from servicehall.kernel.work import SYSTEM, Actor, UnitOfWork
from servicehall.sharing import predicates
from servicehall.signing.stamper import Stamper
from servicehall.transparency import treeheads
from servicehall.wiring import Hall

T = TypeVar("T")
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
ANSWERS = {"text": "示范内容", "long_text": "示范内容", "number": "3", "money": "20000", "date": "2026-02-01",
           "phone": "19900000001", "yes_no": "yes", "bank_account": "6200000000000000", "address": "示范路 1 号",
           "citizen_number": "990102198506150019"}  # fmt: skip


class Stage:
    """A hall with its cast."""

    def __init__(self, hall: Hall) -> None:
        self.hall = hall

    def actor(self, login: str, organization: str = "") -> Actor:
        with self.hall.work(Actor("test", "test")) as work:
            account = accounts.by_login(work, login)
            assert account, login
            return accounts.actor(work, account, organization)

    @contextmanager
    def work(self, login: str, organization: str = "") -> Iterator[UnitOfWork]:
        """A unit of work of the account *login*, committed at the end."""
        with self.hall.work(self.actor(login, organization)) as work:
            yield work
            if work.unfinished:
                work.commit()

    def begin(self, login: str, item: str, organization: str = "") -> str:
        """Begin with consent and fetch; the key of the case."""
        with self.work(login, organization) as work:
            words = consenting.words(items.open_entry(work, item).current.item)
            case = intake.begin(work, item, words=words)
            calls = prefill.plan(work, case)
            work.commit()
            prefill.fetch(work, case, calls)
            return case.key

    def truth(self, login: str, name: str) -> str:
        """What a demo person truly says of ``dataset.field``: what the registry holds, or 无."""
        dataset, _, field = name.rpartition(".")
        held = holdings.records(dataset, getattr(town().cast, login).number)
        today = self.hall.clock.now().date()
        told = predicates.told(dataset, held[0], [field], today=today) if held else {}
        return told.get(field) or "无"

    def fill(self, login: str, key: str, organization: str = "", **said: Any) -> None:
        """Answer every question and supply every material that is still missing."""
        with self.work(login, organization) as work:
            case = self.case(work, key)
            for section in case.item.sections:
                answering.answer(
                    work,
                    case,
                    section,
                    {q.code: said.get(q.code, _answer(q)) for q in section.questions},
                )
            by_code = {m.code: m for m in case.item.materials}
            for row in case.materials:
                exempt = by_code[row.code].exempt
                if row.how == "pending" and exempt and exempt.by == "promise":
                    attaching.promise(work, case, row.code)
                elif row.how == "pending":
                    attaching.upload(work, case, row.code, name="扫描件.pdf", content=PDF)

    def submit(self, login: str, key: str, organization: str = "", submit_key: str = "") -> str:
        with self.work(login, organization) as work:
            case, once = self.case(work, key), submit_key or f"once-{key}"
            return intake.submit(work, case, key=once, address="示范路 1 号 101 室").number or ""

    def applied(self, login: str, item: str, organization: str = "", **said: Any) -> str:
        """From beginning to receipt; the key of the case."""
        key = self.begin(login, item, organization)
        self.fill(login, key, organization, **said)
        self.submit(login, key, organization)
        return key

    def does(self, login: str, key: str, verb: Callable[..., Any], **options: Any) -> None:
        """A member of staff does *verb* to the case as it stands now."""
        with self.work(login) as work:
            case = self.case(work, key)
            verb(work, case, **options, version=case.version)

    def accepted(self, key: str) -> None:
        self.does("clerk", key, acceptance.accept)

    def agreed(self, login: str, key: str) -> None:
        self.does(login, key, reviewing.opine, agrees=True, opinion="同意")

    def rechecked(self, login: str, key: str) -> None:
        """Registries are asked again, the questions durable before the network."""
        with self.work(login) as work:
            case = self.case(work, key)
            calls = rechecking.plan(work, case)
            work.commit()
            rechecking.fetch(work, case, calls, version=case.version)

    def granted(self, login: str, key: str) -> None:
        self.rechecked(login, key)
        self.does(login, key, decisions.grant)
        with self.work(login) as work:
            decisions.finish(work, self.case(work, key))
        if self.state(key) is State.MADE:  # on paper: somebody takes it
            self.does("clerk", key, delivering.deliver, taken_by="本人", proof="居民身份证")

    def headed(self) -> str:
        """Sign the root over the licenses issued so far, as the worker does each minute; the root."""
        with self.hall.work(SYSTEM) as work:
            if head := treeheads.due(work):
                token = work.use(Stamper).stamp(treeheads.digest(head))
                treeheads.signed(work, head, token)
                work.commit()
            return treeheads.last(work).checkpoint

    def case(self, work: UnitOfWork, key: str) -> Case:
        return work.session.scalars(select(Case).where(Case.key == key)).one()

    def state(self, key: str) -> State:
        with self.work("auditor") as work:
            return self.case(work, key).state


def _answer(question: Any) -> Any:
    if question.kind == "choice":
        return question.options[0][0]
    if question.kind == "choices":
        return [question.options[0][0]]
    return ANSWERS[question.kind]
