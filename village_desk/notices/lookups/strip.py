"""All dates of a sheet's life on one strip, and the desk's own dates with what was put right in them."""

import datetime as dt
from collections.abc import Sequence

from village_desk.kit.text import chinese_date, short_date
from village_desk.notices.lookups.facts import Facts
from village_desk.notices.lookups.rows import BoardRow, EventRow, NoticeRow, StripRow
from village_desk.notices.records import Damage, Notice
from village_desk.notices.rules.life import DAMAGE_WORDS, OPINION_WORDS, DamageKind, NoticeState, Opinion, Stage


def strip_of(
    row: NoticeRow, notice: Notice, facts: Facts, boards: Sequence[BoardRow], sealed_on: dt.date | None
) -> tuple[StripRow, ...]:
    """草稿 · 审核 · 会议 · 编号 · 打印 · 盖章 · 张贴 · (破损 · 补贴 ·) 撤下 · 归档 with their dates."""
    published = row.state is NoticeState.PUBLISHED
    written = published or row.stage is Stage.REVIEWED or (notice.review_first and bool(notice.body))
    steps = [StripRow("草稿", None, "已写好" if written else "正在写", written)]
    if notice.review_first:
        last = facts.reviews[-1] if facts.reviews else None
        done = published or row.stage is Stage.REVIEWED
        words = f"{last.reviewer}：{OPINION_WORDS[Opinion(last.opinion)]}" if last is not None else "待监委会审核"
        steps.append(StripRow("审核", last.reviewed_on if last is not None else None, words, done))
    steps += _approval_steps(notice, facts, published)
    steps.append(StripRow("编号定稿", notice.dated_on if published else None, row.number or "未编号", published))
    printed = facts.prints[-1] if facts.prints else None
    if printed is not None:
        steps.append(StripRow("打印盖章", printed.printed_on, f"已打印{len(facts.prints)}次", True))
    elif not facts.postings:
        steps.append(StripRow("打印盖章", None, "未打印", False))
    if sealed_on is not None:
        steps.append(StripRow("签字盖章", sealed_on, "已用印", True))
    steps += _posting_steps(facts)
    last_day = row.last_day
    if boards and all(board.state.fulfilled for board in boards):
        off = max(board.off_on for board in boards if board.off_on is not None)
        steps.append(StripRow("撤下", off, "期满撤下", True))
    else:
        words = f"{short_date(last_day + dt.timedelta(days=1))}起" if last_day else "满期后"
        steps.append(StripRow("撤下", None, words, False))
    kept = facts.archivings[-1] if facts.archivings else None
    steps.append(
        StripRow("归档", kept.archived_on if kept else None, kept.box or "已归档" if kept else "撤下后", bool(kept))
    )
    return tuple(steps)


def _approval_steps(notice: Notice, facts: Facts, published: bool) -> list[StripRow]:
    if not facts.approvals:
        return []
    last = facts.approvals[-1]
    return [StripRow("会议确定", last.approved_on, last.approved_by or "已确定", published or bool(last.approved_on))]


def _posting_steps(facts: Facts) -> list[StripRow]:
    events: list[tuple[dt.date, int, StripRow]] = []
    many = len(facts.boards()) > 1
    for board, postings in facts.boards().items():
        where = board if many else ""
        for at, posting in enumerate(postings):
            day = facts.day(posting.id, posting.posted_on)
            title = "补贴" if at else "张贴"
            events.append((day, at * 2, StripRow(title, day, where or posting.posted_by or board, True)))
            end = facts.end_of(posting)
            if isinstance(end, Damage):
                gone = facts.day(end.id, end.found_on)
                words = DAMAGE_WORDS[DamageKind(end.kind)]
                events.append((gone, at * 2 + 1, StripRow("破损", gone, f"{where}{words}", True)))
                if at == len(postings) - 1:
                    events.append((dt.date.max, at * 2 + 2, StripRow("补贴", None, f"{where}待补贴", False)))
    if not events:
        return [StripRow("张贴", None, "未张贴", False)]
    return [event[2] for event in sorted(events, key=lambda event: event[:2])]


def events_of(facts: Facts) -> tuple[EventRow, ...]:
    found: list[EventRow] = []
    for board, postings in facts.boards().items():
        for at, posting in enumerate(postings):
            entries: list[tuple[str, str, dt.date | None]] = [(posting.id, "补贴" if at else "张贴", posting.posted_on)]
            entries += [(each.id, "破损", each.found_on) for each in facts.damages if each.posting_id == posting.id]
            entries += [(each.id, "撤下", each.taken_on) for each in facts.takedowns if each.posting_id == posting.id]
            for identity, what, entered in entries:
                slips = tuple(
                    f"{what}日期由{day_words(slip.wrong_on)}更正为{day_words(slip.right_on)}：{slip.reason}"
                    for slip in facts.slips
                    if slip.record_id == identity
                )
                found.append(EventRow(identity, what, board, facts.day(identity, entered), slips))
    return tuple(sorted(found, key=lambda event: event.day))


def day_words(day: dt.date | None) -> str:
    return chinese_date(day) if day is not None else "未登记"
