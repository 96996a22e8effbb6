"""What passes between the village and the offices over a case: review, approval, filing, and opinions asked for."""

import datetime as dt

from sqlalchemy.orm import Session

from village_desk.decisions.actions.cases import decision_of
from village_desk.decisions.lookups.asked import ANSWERS, SAID
from village_desk.decisions.records import DecisionFiling
from village_desk.decisions.rules import FilingKind
from village_desk.kit.errors import NotAllowed, NotFound
from village_desk.kit.ids import new_id, same_id
from village_desk.kit.text import tidy
from village_desk.store.acts import retire
from village_desk.sync.answers import RecordAnswer
from village_desk.sync.lookups import trusted_township


def record_filing(
    session: Session,
    *,
    decision_id: str,
    kind: str,
    on: dt.date,
    office: str = "",
    number: str = "",
    opinion: str = "",
    agreed: bool = True,
    way: str = "",
) -> str:
    """Enter the day, number and opinion of an office, as they came by stick, on paper or by phone; returns the id.

    `kind` is review, approval, filing or comment (the day the plan was put up). Raises NotFound, NotAllowed without an
    office, or for a refusal without its words.
    """
    decision = decision_of(session, decision_id)
    if kind not in set(FilingKind):
        raise NotAllowed(f"没有“{kind}”这一种登记。", f"请从{'、'.join(one.words for one in FilingKind)}里选一种。")
    wanted = FilingKind(kind)
    if wanted is not FilingKind.COMMENT and not tidy(office):
        raise NotAllowed(f"{wanted.words}还没有写是哪个单位。", "例如“青河镇人民政府”。")
    if not agreed and not tidy(opinion):
        raise NotAllowed("没有同意的，要照原话写下意见。", "例如“预算偏高，请核减后再报”。")
    if decision.opened_on is not None and on < decision.opened_on:
        raise NotAllowed("日期早于立项日期。", "请核对日期；立项日期填错了的，请在“修改方案”里改。")
    return _book(session, new_id(), decision_id, wanted, on, office, number, opinion, agreed, way)


def take_answer(session: Session, *, answer: RecordAnswer) -> str:
    """Book what the township says of cases by stick; the same answer on two laptops makes the same rows.

    Raises NotFound for a case that is not here yet, NotAllowed for an answer of another kind.
    """
    if answer.kind not in ANSWERS:
        raise NotAllowed("乡镇对议题的这种答复，本机的版本还不认识。", "请更新本机的程序。")
    kind, agreed = ANSWERS[answer.kind]
    town = trusted_township(session)
    office = town.name if town is not None else "乡镇"
    titles = []
    for decision_id in answer.records:
        decision = decision_of(session, decision_id)
        identity = same_id("decision_filing", answer.id, decision_id)
        if session.get(DecisionFiling, identity) is None:
            _book(
                session,
                identity,
                decision_id,
                kind,
                answer.day,
                office,
                answer.document,
                answer.words,
                agreed,
                "U盘",
            )
        titles.append(f"“{decision.title}”")
    number = f"（{answer.document}）" if answer.document else ""
    words = f"：{answer.words}" if answer.words else ""
    return f"{office}对{'、'.join(titles)}{SAID[answer.kind]}{number}{words}。"


def _book(
    session: Session,
    identity: str,
    decision_id: str,
    kind: FilingKind,
    on: dt.date,
    office: str,
    number: str,
    opinion: str,
    agreed: bool,
    way: str,
) -> str:
    session.add(
        DecisionFiling(
            id=identity,
            decision_id=decision_id,
            kind=kind.value,
            answered_on=on,
            office=tidy(office),
            number=tidy(number),
            opinion=tidy(opinion),
            agreed=agreed,
            way=tidy(way),
        )
    )
    session.flush()
    return identity


def withdraw_filing(session: Session, *, filing_id: str) -> None:
    """Take an answer that was entered by mistake out of use. Raises NotFound."""
    filing = session.get(DecisionFiling, filing_id)
    if filing is None or filing.retired:
        raise NotFound("找不到这条登记。", "它可能已经去掉了。")
    retire(session, filing)
