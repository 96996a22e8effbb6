"""The sheets besides the ledger: drawn from a register on a day, or pasted row by row, checked and locked at once."""

import csv
import datetime as dt
import io
import re
from collections.abc import Sequence

from sqlalchemy.orm import Session

from village_desk.accounts.actions.entries import open_sheet, period_words
from village_desk.accounts.actions.publishing import Closed, open_duty
from village_desk.accounts.lookups import check_code, sheet_rows
from village_desk.accounts.records import AccountSheet
from village_desk.accounts.rules.cells import any_day, area_of, area_words, count_of, money_of, text_of
from village_desk.accounts.rules.forms import CellKind, SheetForm, sheet_form
from village_desk.accounts.rules.registers import table_day
from village_desk.accounts.rules.sums import SheetState, check_period
from village_desk.kit.errors import NotAllowed
from village_desk.kit.money import yuan
from village_desk.kit.text import tidy
from village_desk.store.acts import act, retire

_TOTAL = re.compile(r"^(合\s*计|总\s*计|小\s*计)")
_TAIL = re.compile(r"\d{0,4}", re.ASCII)


def make_sheet(
    session: Session,
    *,
    form: str,
    from_on: dt.date,
    until_on: dt.date,
    text: str = "",
    title: str = "",
    prepared_by: str = "",
) -> Closed:
    """Make one of the sheets F05 to F14 for a period, with the duty to publish it.

    F05 to F09 are drawn from their register as it stands; the others take `text`, rows with tabs between the cells
    (a head and a row 合计 may be among them). Raises NotAllowed naming the row and column that is wrong, for a row
    whose sums do not agree, and where there is nothing to print.
    """
    wanted = sheet_form(form)
    if wanted.source == "ledger":
        raise NotAllowed(f"{wanted.title}随收支账一起出。", "请在“收支公开”里编这一期，结账后一起打印。")
    check_period(from_on, until_on)
    if wanted.source == "typed":
        rows = read_rows(wanted, text)
    else:
        rows = sheet_rows(session, wanted.source, from_on=from_on, until_on=until_on)
        if not rows:
            raise NotAllowed(f"{wanted.title}还没有内容。", "请先在台账里登记，再出公开表。")
    sheet = AccountSheet(
        form=wanted.code,
        title=tidy(title) or f"{period_words(from_on, until_on)}{wanted.title}",
        from_on=from_on,
        until_on=until_on,
        parts=(wanted.code,),
        rows=rows,
        prepared_by=tidy(prepared_by),
        state=SheetState.CLOSED.value,
        closed_on=act(session).today,
    )
    session.add(sheet)
    session.flush()
    # After the flush: only then have the other fields their values.
    sheet.check_code = check_code((), sheet)
    session.flush()
    return Closed(sheet.id, 0, sheet.check_code, open_duty(session, sheet.id))


def drop_sheet(session: Session, *, sheet_id: str) -> None:
    """Drop a sheet whose closing was taken back; undo brings it back. Raises NotFound, NotAllowed."""
    retire(session, open_sheet(session, sheet_id))


def read_rows(form: SheetForm, text: str) -> tuple[tuple[str, ...], ...]:
    """Pasted rows checked against the columns, written as they print. Raises NotAllowed naming row and column."""
    titles = [column.title for column in form.columns]
    found: list[tuple[str, ...]] = []
    sums = [0] * len(titles)
    for number, cells in enumerate(csv.reader(io.StringIO(text), delimiter="\t"), start=1):
        words = [tidy(cell) for cell in cells]
        if not any(words) or (words[0] == titles[0] and number <= 3):
            continue
        if _TOTAL.match(words[0]) or (len(words) > 1 and not words[0] and _TOTAL.match(words[1])):
            _check_total(form, number, words, sums)
            continue
        if len(words) > len(titles) and any(words[len(titles) :]):
            raise NotAllowed(
                f"第{number}行有{len(words)}格，这张表只有{len(titles)}列：{'、'.join(titles)}。",
                "请核对多出来的一格。",
            )
        found.append(_row(form, number, words + [""] * (len(titles) - len(words)), len(found) + 1, sums))
    if not found:
        raise NotAllowed(f"{form.title}里一行也没有。", f"请从表格里复制过来，各列依次是：{'、'.join(titles)}。")
    return tuple(found)


def _row(form: SheetForm, number: int, words: Sequence[str], serial: int, sums: list[int]) -> tuple[str, ...]:
    made: list[str] = []
    amounts: dict[int, int] = {}
    for at, (column, cell) in enumerate(zip(form.columns, words, strict=False)):
        place = f"第{number}行“{column.title}”"
        if column.kind is CellKind.MONEY:
            amounts[at] = money_of(cell, place)
            made.append(yuan(amounts[at]) if cell else "")
        elif column.kind is CellKind.AREA:
            amounts[at] = area_of(cell, place)
            made.append(area_words(amounts[at]) if cell else "")
        elif column.kind is CellKind.COUNT:
            amounts[at] = count_of(cell, place)
            made.append(text_of(cell))
        elif column.kind is CellKind.DATE:
            day = any_day(cell, place)
            made.append(table_day(day))
        elif column.kind is CellKind.SERIAL:
            made.append(str(serial))
        else:
            if "末四位" in column.title and not _TAIL.fullmatch(cell):
                raise NotAllowed(f"{place}写的是“{cell[:2]}…”，不止四位。", "公开表上只写卡号的最后四位数字。")
            made.append(cell)
    for at, amount in amounts.items():
        sums[at] += amount
    terms = form.terms()
    apart = sum(sign * amounts.get(at, 0) for at, sign in terms)
    if terms and apart:
        raise NotAllowed(f"第{number}行对不上：{form.equation}，差{yuan(abs(apart))}元。", "请核对这一行的各项金额。")
    return tuple(made)


def _check_total(form: SheetForm, number: int, words: Sequence[str], sums: Sequence[int]) -> None:
    for at, (column, cell) in enumerate(zip(form.columns, words, strict=False)):
        if column.sum and column.kind is CellKind.MONEY and cell:
            said = money_of(cell, f"第{number}行“{column.title}”")
            if said != sums[at]:
                raise NotAllowed(
                    f"第{number}行“{column.title}”的合计是{yuan(said)}元，逐行相加是{yuan(sums[at])}元，"
                    f"差{yuan(abs(said - sums[at]))}元。",
                    "请核对漏掉或多出的一行。",
                )
