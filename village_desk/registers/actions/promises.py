"""Promises made public: the notice of what was promised, and later the one of what came of it."""

from sqlalchemy.orm import Session

from village_desk.kit.errors import NotAllowed
from village_desk.notices.lookups import NoticeRow, notices_about
from village_desk.notices.rules.life import NoticeState
from village_desk.registers.actions.drafting import draft_affairs
from village_desk.registers.actions.entries import ROOM
from village_desk.registers.lookups.owed import PROMISES, PromiseRow
from village_desk.registers.lookups.promises import promise_body, public_promises, results_body
from village_desk.store.acts import act

RESULTS = "promise_results"


def draft_promise_notice(session: Session) -> str:
    """Draft 承诺公示: who promised what, until when; returns the notice's id.

    Raises NotAllowed where no promise is to be made public or an earlier draft still waits.
    """
    rows = _to_tell(session)
    _published(session, PROMISES)
    return draft_affairs(session, PROMISES, f"{act(session).village_name}承诺公示", promise_body(rows))


def draft_promise_results(session: Session) -> str:
    """Draft 践诺结果公示, promised and done side by side, citing the last 承诺公示; returns the notice's id.

    Raises NotAllowed where no promise is to be made public or an earlier draft still waits.
    """
    here, rows = act(session), _to_tell(session)
    _published(session, RESULTS)
    told = _published(session, PROMISES)
    body = results_body(rows, before=told[-1] if told else None, on=here.today)
    return draft_affairs(session, RESULTS, f"{here.village_name}践诺结果公示", body)


def _to_tell(session: Session) -> tuple[PromiseRow, ...]:
    rows = public_promises(session, on=act(session).today)
    if not rows:
        raise NotAllowed("没有要公示的承诺。", "请先登记承诺，勾上“要公示”，再起草。")
    return rows


def _published(session: Session, source_id: str) -> list[NoticeRow]:
    """The final notices about something, the oldest first. Raises NotAllowed where a draft waits."""
    found = notices_about(session, source_room=ROOM, source_id=source_id, on=act(session).today)
    for one in found:
        if one.state is NoticeState.DRAFT:
            raise NotAllowed(
                f"《{one.title}》的草稿还没有定稿。", "请到“公开公示”里先把它编号定稿；内容要重写的，删除草稿再起草。"
            )
    return [one for one in found if one.state is NoticeState.PUBLISHED]
