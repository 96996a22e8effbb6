"""Money as it is typed into the dialogs of accounts, and the quarters that they offer."""

import datetime as dt

from PySide6.QtWidgets import QLineEdit

from village_desk.kit.errors import NotAllowed
from village_desk.kit.money import fen


def quarters(today: dt.date) -> tuple[tuple[str, dt.date, dt.date], ...]:
    """The last five quarters that are over or running, the newest that is over first: words, first and last day."""
    found = []
    year, quarter = today.year, (today.month - 1) // 3
    for back in range(-1, 4):
        number = year * 4 + quarter - 1 - back
        first = dt.date(number // 4, number % 4 * 3 + 1, 1)
        after = number + 1
        last = dt.date(after // 4, after % 4 * 3 + 1, 1) - dt.timedelta(days=1)
        found.append((f"{first.year}年第{'一二三四'[number % 4]}季度", first, last))
    return (found[1], found[0], *found[2:])


def money_problem(editor: QLineEdit, *, empty: bool = False) -> str:
    """What is wrong with a typed amount, "" when nothing is; `empty` lets it be left out."""
    if not editor.text().strip():
        return "" if empty else "请填金额。"
    try:
        fen(editor.text())
    except NotAllowed as problem:
        return f"{problem.message}{problem.advice}"
    return ""


def sum_of(editor: QLineEdit) -> int | None:
    """Fen as typed, None while it is no amount."""
    try:
        return fen(editor.text()) if editor.text().strip() else None
    except NotAllowed:
        return None
