"""What a township is asked about its villages' cases: review before the vote, approval and filing after it."""

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from village_desk.decisions.lookups.around import number_words
from village_desk.decisions.lookups.cases import JudgedCase, judged_cases
from village_desk.decisions.lookups.rows import DecisionState
from village_desk.decisions.records import Decision
from village_desk.decisions.rules import FilingKind
from village_desk.kit.errors import NotFound
from village_desk.kit.money import yuan
from village_desk.meetings.rules import VerdictState
from village_desk.rulebook.lookups import rulebook
from village_desk.rulebook.rules import MatterType
from village_desk.store.acts import act
from village_desk.sync.answers import Asks, Choice, Question, Topic

# {kind of answer: (kind of filing, whether the office agreed)}
ANSWERS: dict[str, tuple[FilingKind, bool]] = {
    "reviewed": (FilingKind.REVIEW, True),
    "sent_back": (FilingKind.REVIEW, False),
    "filed": (FilingKind.FILING, True),
    "approved": (FilingKind.APPROVAL, True),
    "not_approved": (FilingKind.APPROVAL, False),
}
SAID = {
    "reviewed": "审核同意",
    "sent_back": "审核后退回修改",
    "filed": "已备案",
    "approved": "已批准",
    "not_approved": "没有批准",
}
_WORDS = frozenset({Asks.WORDS})
_NUMBER = frozenset({Asks.DOCUMENT})


def _questions(session: Session) -> Iterator[Question]:
    """Every case of the villages in this file that the township has still to see."""
    rows = session.scalars(
        select(Decision).where(
            Decision.retired.is_(False),
            Decision.from_paper.is_(False),
            Decision.state == DecisionState.OPEN.value,
        )
    )
    decisions = list(rows)
    cases = judged_cases(session, decisions)
    book, today = rulebook(session), act(session).today
    for one in decisions:
        matter: MatterType | None = None
        if one.matter_code:
            try:
                matter = book.matter(one.matter_code, one.opened_on or today)
            except NotFound:
                matter = None
        wants = _wants(cases[one.id], matter)
        if wants:
            yield Question(
                Decision.__tablename__,
                one.id,
                one.village,
                wants,
                number_words(one),
                one.title,
                f"{wants}；{f'{yuan(one.amount_fen)}元；' if one.amount_fen else ''}{one.plan}",
                one.opened_on,
            )


def _wants(case: JudgedCase, matter: MatterType | None) -> str:
    had = {one.kind for one in case.facts.filings}
    no = case.template.deciding_no
    if not no or case.verdict.stage(no).verdict.state is not VerdictState.STANDS:
        return "" if FilingKind.REVIEW in had else "待审核"
    if matter is not None and "乡镇" in matter.approval and FilingKind.APPROVAL not in had:
        return "待批准"
    if matter is not None and matter.filing and FilingKind.FILING not in had:
        return "待备案"
    return ""


TOWNSHIP_TOPIC = Topic(
    Decision.__tablename__,
    "议题审核备案",
    (
        Choice("reviewed", "审核同意", SAID["reviewed"], may=_WORDS | _NUMBER),
        Choice("sent_back", "退回修改", SAID["sent_back"], must=_WORDS, may=_NUMBER),
        Choice("approved", "批准", SAID["approved"], must=_NUMBER, may=_WORDS),
        Choice("not_approved", "不予批准", SAID["not_approved"], must=_WORDS, may=_NUMBER),
        Choice("filed", "备案", SAID["filed"], must=_NUMBER, may=_WORDS),
    ),
    _questions,
)
