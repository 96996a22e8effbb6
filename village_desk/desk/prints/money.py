"""Finance sheets, the committee's papers, the check of assets and the index of a box, by the words that name them."""

import re

from sqlalchemy.orm import Session

from village_desk.accounts import lookups as accounts
from village_desk.accounts import printout as finance
from village_desk.archive.lookups import boxes, one_box
from village_desk.archive.printout import box_index
from village_desk.desk.prints.finding import only, titled
from village_desk.kit.errors import NotFound
from village_desk.kit.text import half_width
from village_desk.notices.lookups import one_notice
from village_desk.store.acts import act

Sheet = tuple[bytes, str]


def finance_sheet(session: Session, words: str, *, purpose: finance.Purpose, large: bool = False) -> Sheet:
    """A finance sheet by words of its title, such as 2026年第二季度. Raises NotFound, NotAllowed."""
    row = only(titled(accounts.all_sheets(session), words), words, "财务公开表")
    detail = accounts.one_sheet(session, row.id)
    notice = one_notice(session, row.notice_id, on=act(session).today) if row.notice_id else None
    paper = notice.paper if notice is not None else None
    return finance.finance_sheets(detail, paper, purpose, large=large), row.title


def wall_sheet(session: Session, words: str) -> Sheet:
    """The one for the wall."""
    return finance_sheet(session, words, purpose=finance.Purpose.WALL)


def large_sheet(session: Session, words: str) -> Sheet:
    """The one for the wall on A3."""
    return finance_sheet(session, words, purpose=finance.Purpose.WALL, large=True)


def kept_sheet(session: Session, words: str) -> Sheet:
    """The one for the file."""
    return finance_sheet(session, words, purpose=finance.Purpose.FILE)


def review_record(session: Session, words: str) -> Sheet:
    """民主理财 of a month, such as 2026-05 or 2026年5月. Raises NotFound."""
    figures = [int(one) for one in re.findall(r"\d+", half_width(words))]
    for one in accounts.finance_reviews(session):
        if [int(part) for part in one.month.split("-")] == figures:
            name = f"{one.month_words}民主理财审核记录"
            return finance.review_record(one, village=act(session).village_name), name
    raise NotFound(f"没有{words}的民主理财记录。", "月份请写成2026-05这样。")


def half_year(session: Session, words: str) -> Sheet:
    """The committee's report of half a year, such as 2026-1. Raises NotFound for other words."""
    found = re.fullmatch(r"(\d{4})\D*([12])\D*", half_width(words).strip())
    if found is None:
        raise NotFound(f"“{words}”不是半年。", "上半年写2026-1，下半年写2026-2。")
    report = accounts.half_year(session, year=int(found[1]), half=int(found[2]))
    return finance.half_year_report(report), "村务监督委员会半年工作报告"


def asset_check(session: Session, words: str) -> Sheet:
    """The check of assets of a year. Raises NotFound."""
    for check in accounts.asset_checks(session):
        if str(check.year) in words:
            name = f"集体资产{check.year}年度清查表"
            return finance.asset_check_sheet(check, village=act(session).village_name), name
    raise NotFound(f"没有{words}年的资产清查。", "请先在“资产”里点“年度清查”。")


def clean_up(session: Session, _words: str) -> Sheet:
    """清化收 on one sheet."""
    here = act(session)
    sums = accounts.clean_up(session, on=here.today)
    return finance.clean_up_sheet(sums, village=here.village_name, on=here.today), "清化收工作汇总表"


def box(session: Session, words: str) -> Sheet:
    """Spine, index and closing sheet of a box by its number, such as 2026-文书-1. Raises NotFound."""
    for row in boxes(session):
        if words in {row.box_no, row.id}:
            content = box_index(one_box(session, row.id), village=act(session).village_name)
            return content, f"{row.box_no}号档案盒目录"
    known = "、".join(row.box_no for row in boxes(session)[:5])
    raise NotFound(f"没有{words}号档案盒。", f"有的盒号：{known}。" if known else "请先在“档案”里新开一盒。")
