"""The sheets of the service desk: one case by its number or matter, and the lists and counts of a year."""

import re
from collections.abc import Callable
from typing import Any

from sqlalchemy.orm import Session

from village_desk.desk.prints.finding import only, titled
from village_desk.kit.text import chinese_date
from village_desk.registers.lookups import cases as lookups
from village_desk.registers.lookups import cases_counts as counts
from village_desk.registers.lookups.cases_rows import CaseDetail
from village_desk.registers.printout import cases as papers
from village_desk.registers.printout import cases_year as sheets
from village_desk.store.acts import act
from village_desk.store.operators import home

Paper = tuple[bytes, str]
CASE = "登记号或事项，如 2026-003"


def receipt(session: Session, words: str) -> Paper:
    """The receipt of a case. Raises NotFound, NotAllowed."""
    found, phone = _case(session, words), home(session).duty_phone
    made = papers.receipt(found, village=act(session).village_name, phone=phone)
    return made, f"{found.row.number}受理回执"


def one(make: Callable[..., bytes], name: str) -> Callable[[Session, str], Paper]:
    """A sheet of one case. Raises NotFound, NotAllowed."""

    def made(session: Session, words: str) -> Paper:
        found = _case(session, words)
        return make(found, village=act(session).village_name), f"{found.row.number}{name}"

    return made


def of_year(
    make: Callable[..., bytes], read: Callable[[Session, int], Any], name: str
) -> Callable[[Session, str], Paper]:
    """A list of a year, this year without an answer. Raises NotAllowed for an empty one."""

    def made(session: Session, words: str) -> Paper:
        here = act(session)
        typed = re.search(r"\d{4}", words)
        year = int(typed[0]) if typed else here.today.year
        return make(read(session, year), village=here.village_name, year=year), f"{year}年{name}"

    return made


def year_count(session: Session, words: str) -> Paper:
    """The counts of a year. Raises NotAllowed for an empty one."""
    typed = re.search(r"\d{4}", words)
    found = counts.year_count(session, year=int(typed[0]) if typed else act(session).today.year)
    return sheets.year_sheet(found), f"{found.year}年便民服务统计表"


def batch(session: Session, words: str) -> Paper:
    """The list of one batch, such as 2026-3, the newest without an answer. Raises NotFound."""
    figures = tuple(int(each) for each in re.findall(r"\d+", words))
    rows = counts.batches(session)
    fitting = [row for row in rows if not figures or figures in ((row.year, row.number), (row.number,))]
    found = counts.one_batch(session, fitting[0].id if fitting else "")
    return papers.batch_list(found, village=act(session).village_name), f"{found.title}上送清单"


def today(make: Callable[..., bytes], read: Callable[[Session], Any], name: str, *, day: bool = False) -> Any:
    """A list as it stands today, with the day as a date or in words. Raises NotAllowed for an empty one."""

    def made(session: Session, _words: str) -> Paper:
        here = act(session)
        when = {"day": chinese_date(here.today)} if day else {"on": here.today}
        return make(read(session), village=here.village_name, **when), name

    return made


def plate(session: Session, _words: str) -> Paper:
    """The plate of the hotlines. Raises NotAllowed for none."""
    return sheets.line_plate(counts.lines(session), village=act(session).village_name), "服务热线"


def _case(session: Session, words: str) -> CaseDetail:
    rows = lookups.cases(session)
    numbered = [row for row in rows if row.number == words.strip()]
    return lookups.one_case(session, only(numbered or titled(rows, words), words, "办件").id)


card = one(papers.card, "派单卡")
history = one(papers.history, "办件经过")
report = one(papers.report_up, "上报单")
agreement = one(papers.agreement, "调解协议书")
book = of_year(papers.book, lambda session, year: lookups.cases(session, year=year), "便民服务登记簿")
agents = of_year(sheets.agents_sheet, lambda session, year: counts.agents_of_year(session, year=year), "代办员办件统计")
works = of_year(sheets.works_sheet, lambda session, year: counts.works_by_month(session, year=year), "微实事清单")
carry_list = today(papers.carry_list, counts.to_carry, "便民服务日带件单")
cash = today(papers.cash_sheet, counts.money_in_hand, "代收代缴余款表")
progress = today(sheets.progress_sheet, counts.progress_waiting, "为民办事进展", day=True)
guide_book = today(sheets.guide_book, counts.guides, "办事指南", day=True)
teams = today(sheets.teams_sheet, counts.teams, "党员服务队公示", day=True)
