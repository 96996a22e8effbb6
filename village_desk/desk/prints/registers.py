"""Registers by name: their books, single entries, contents, missing lists, promises, funds, duties, grid plates."""

import datetime as dt

from sqlalchemy.orm import Session

from village_desk.archive.lookups import attachments_of
from village_desk.kit.errors import NotFound
from village_desk.people.lookups import grid_tree, person_rows
from village_desk.people.rules.masking import Audience
from village_desk.registers.lookups import entries as lookups
from village_desk.registers.lookups import forms, owed, sums
from village_desk.registers.lookups.promises import public_promises
from village_desk.registers.printout import entries as printout
from village_desk.rulebook.rules import RegisterTemplate
from village_desk.store.acts import act

Sheet = tuple[bytes, str]
REGISTER = "台账名称，如 走访台账"
_GRID_DUTIES = "grid_duties"


def book(session: Session, number: str) -> tuple[bytes, str, int]:
    """The book of a register, with the number of its entries."""
    here, form = act(session), _form(session, number)
    rows = lookups.entries(session, form.key, on=here.today)
    made = printout.book(form, rows, village=here.village_name, span=f"截至{here.today.year}年")
    return made, f"{here.village_name}{form.title}", len(rows)


def wall(session: Session, number: str) -> Sheet:
    """What of a register hangs on the wall."""
    here, form = act(session), _form(session, number)
    rows = lookups.entries(session, form.key, on=here.today, current=True)
    made = printout.book(form, rows, village=here.village_name, span=f"{here.today.year}年", audience=Audience.BOARD)
    return made, f"{here.village_name}{form.wall_title or form.title}"


def workbook(session: Session, number: str) -> tuple[bytes, str, int]:
    """A register as .xlsx."""
    here, form = act(session), _form(session, number)
    rows = lookups.entries(session, form.key, on=here.today)
    return printout.workbook(form, rows, village=here.village_name, on=here.today), form.title, len(rows)


def entry(session: Session, number: str) -> tuple[bytes, str, int]:
    """The entry of a register whose words hold what is asked for: REGISTER/WORDS."""
    here = act(session)
    name, _, words = number.partition("/")
    form = _form(session, name)
    for row in lookups.entries(session, form.key, on=here.today):
        if words in f"{row.subject}{''.join(cell for _, cell in row.cells)}":
            found = lookups.one_entry(session, row.id, on=here.today)
            papers = attachments_of(session, of_table="register_entry", of_id=row.id)
            told = [f"{one.title}（{one.words}）" for one in papers]
            return printout.entry_sheet(found, village=here.village_name, papers=told), form.title, 1
    raise NotFound(f"《{form.title}》里没有“{words}”。", "写对象的姓名，或者内容里的几个字。")


def contents(session: Session, number: str) -> Sheet:
    """The contents of all registers."""
    here = act(session)
    rows = forms.index(session, on=here.today)
    return printout.contents(rows, village=here.village_name, on=here.today), f"{here.village_name}台账目录"


def missing(session: Session, number: str) -> tuple[bytes, str, int]:
    """Who or what is missing in a register."""
    here, form = act(session), _form(session, number)
    rows = owed.missing(session, form.key, on=here.today)
    made = printout.missing_sheet(form, rows, village=here.village_name, on=here.today)
    return made, f"{form.title}缺漏清单", len(rows)


def promises(session: Session, number: str) -> Sheet:
    """Promises that are to be made public."""
    here = act(session)
    rows = public_promises(session, on=here.today)
    return printout.promise_notice(rows, village=here.village_name, on=here.today), f"{here.village_name}承诺公示"


def results(session: Session, number: str) -> Sheet:
    """What was promised and what was done."""
    here = act(session)
    rows = public_promises(session, on=here.today)
    return printout.promise_results(rows, village=here.village_name, on=here.today), f"{here.village_name}践诺结果公示"


def fund(session: Session, number: str) -> Sheet:
    """The use of a fund for the wall, by its name."""
    here = act(session)
    for form, used, _ in forms.forms(session).values():
        if form.money and used:
            for one in sums.funds(session, form.key, on=here.today):
                if number in one.name:
                    made = printout.fund_sheet(
                        form, one, village=here.village_name, on=here.today, audience=Audience.BOARD
                    )
                    return made, f"{one.name}使用情况"
    raise NotFound(f"没有叫“{number}”的资金。", "照资金的名称写，例如“2026年关爱资金”。")


def duties(session: Session, number: str) -> Sheet:
    """The duties of one post."""
    here = act(session)
    rows = [one for one in lookups.entries(session, "duties_list", on=here.today) if one.kept.get("post") == number]
    return printout.duty_card(number, rows, village=here.village_name), f"{number}职责清单"


def grid_plate(session: Session, number: str) -> Sheet:
    """The plate of a grid: its head with the phone, its workers, and what it looks after."""
    here = act(session)
    unit = next((one for one in grid_tree(session, on=here.today) if one.name == number), None)
    if unit is None:
        raise NotFound(f"没有叫“{number}”的网格。", "照网格的名称写，例如“第一片区”。")
    head = next(iter(person_rows(session, [unit.person_id] if unit.person_id else [])), None)
    told = [
        f"{row.kept.get('sort', '')}：{row.kept.get('duty', '')}"
        for row in lookups.entries(session, _GRID_DUTIES, on=here.today)
    ]
    made = printout.grid_plate(
        grid=unit.name,
        head=head.name if head is not None else "",
        phone=head.phone if head is not None else "",
        workers=unit.workers,
        households=unit.households,
        duties=list(reversed(told)),
        village=here.village_name,
    )
    return made, f"{unit.name}网格责任牌"


def counted(session: Session, number: str) -> Sheet:
    """How many entries each answer to a field has this year: REGISTER/FIELD."""
    here = act(session)
    name, _, title = number.partition("/")
    form = _form(session, name)
    field = next((one for one in form.fields if one.title == title), None)
    if field is None:
        raise NotFound(
            f"《{form.title}》没有“{title}”这一栏。", f"栏目有：{'、'.join(one.title for one in form.fields)}。"
        )
    first = dt.date(here.today.year, 1, 1)
    rows = sums.counts_by(session, form.key, field.key, first=first, last=here.today)
    words = f"{form.title}统计（按{title}）"
    return printout.counted_sheet(words, rows, village=here.village_name, span=f"{here.today.year}年"), words


def _form(session: Session, name: str) -> RegisterTemplate:
    for key, (form, _, _) in forms.forms(session).items():
        if name in (key, form.title):
            return forms.readable_form(session, key)
    raise NotFound(f"没有叫“{name}”的台账。", "照台账目录里的名称写，例如“走访台账”。")
