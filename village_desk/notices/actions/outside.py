"""Sheets that were made elsewhere: registered in a few fields, they get their days and answer their duty."""

import datetime as dt

from sqlalchemy import select
from sqlalchemy.orm import Session

from village_desk.archive.actions import attach
from village_desk.archive.rules import EvidenceKind
from village_desk.kit.errors import NotAllowed
from village_desk.kit.money import yuan
from village_desk.kit.text import tidy
from village_desk.notices.actions.duties import take_up_turn
from village_desk.notices.actions.wall import MAIN_BOARD, Posted, post
from village_desk.notices.lookups import NOTICE_TABLE, item_of, terms_on
from village_desk.notices.records import Duty, Notice
from village_desk.notices.rules.figures import Figures, check_continuity
from village_desk.notices.rules.kinds import Issuer, NoticeClass, NoticeKind
from village_desk.notices.rules.life import NoticeState, check_not_future
from village_desk.notices.rules.privacy import check_wall_text
from village_desk.store.acts import act

FIGURES = 4


def register_outside_sheet(
    session: Session,
    *,
    title: str,
    made_by: str,
    posted_on: dt.date,
    duty_id: str = "",
    code: str = "",
    period: str = "",
    year: int = 0,
    own_number: str = "",
    board: str = "",
    scan: str = "",
    scan_name: str = "",
    scan_form: str = "pdf",
    figures: tuple[int, ...] = (),
) -> Posted:
    """Register a sheet that came ready from the agency, a department or the township, as it was posted.

    It answers the duty named, or a period of an item in the plan of a year. `figures` are opening, receipts, payments
    and close in fen, for a sheet of finance only. `scan` is the SHA-256 of a stored file. Raises NotAllowed without
    title or maker, for a day to come, and for figures that do not add up or do not go on from the last sheet.
    """
    if not tidy(title) or not tidy(made_by):
        raise NotAllowed("标题和制作单位都要写。", "例如“2026年第三季度财务收支公开表”，平安镇三资中心。")
    here = act(session)
    check_not_future(posted_on, here.today, "张贴日期")
    check_wall_text(title)
    if code and period and not duty_id:
        duty_id = take_up_turn(session, code=code, period=period, year=year or here.today.year)
    duty = session.get(Duty, duty_id) if duty_id else None
    item = item_of(session, code or (duty.code if duty else ""), on=here.today)
    if figures:
        check_figures(session, figures)
    posting = item.posting if item else (duty.item if duty else "affairs")
    notice = Notice(
        state=NoticeState.PUBLISHED.value,
        kind=item.kind.value if item else (duty.kind if duty else NoticeKind.PUBLICATION.value),
        item=posting,
        column=item.column.value if item else NoticeClass.VILLAGE.value,
        issuer=item.issuer.value if item else Issuer.COMMITTEE.value,
        title=tidy(title),
        duty_id=duty_id,
        code=item.code if item else code,
        period=period or (duty.period if duty else ""),
        origin="outside",
        made_by=tidy(made_by),
        own_number=tidy(own_number),
        dated_on=posted_on,
        posting_from=posted_on,
        terms=tuple(row.packed() for row in terms_on(session, posting, posted_on)),
        figures=figures,
    )
    session.add(notice)
    session.flush()
    if scan:
        name, kind = tidy(scan_name) or tidy(title), EvidenceKind.SIGNED
        attach(session, of_table=NOTICE_TABLE, of_id=notice.id, blob=scan, title=name, kind=kind, form=scan_form)
    return post(session, notice_id=notice.id, posted_on=posted_on, board=board or MAIN_BOARD)


def check_figures(session: Session, figures: tuple[int, ...]) -> None:
    """Refuse figures that do not add up or open with another sum than the last posted close. Raises NotAllowed."""
    if len(figures) != FIGURES:
        raise NotAllowed("财务公开表要填四个数。", "期初余额、本期收入、本期支出、期末余额，各填一个。")
    notice = Notice.__table__.c
    earlier = session.execute(
        select(notice.title, notice.figures)
        .where(notice.village == act(session).village, notice.retired.is_(False), notice.origin == "outside")
        .order_by(notice.dated_on.desc(), notice.id)
    )
    last = next(((title, Figures(*kept)) for title, kept in earlier if len(kept) == FIGURES), None)
    check_continuity(Figures(*figures), last, yuan)
