"""The fourteen sheets of finance publication, the accounts of 2023 and 2004, and the kinds of receipts and payments."""

import datetime as dt
import re
import tomllib
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any

from village_desk.kit import resources
from village_desk.kit.errors import NotAllowed

LEDGER = "F01"
_SIGNED = re.compile(r"\s*([+\-=])\s*")


class CellKind(StrEnum):
    """What stands in a column; a `code` is set smaller rather than broken, a `party` may be a private person."""

    SERIAL = "serial"
    TEXT = "text"
    CODE = "code"
    PARTY = "party"
    DATE = "date"
    COUNT = "count"
    AREA = "area"
    MONEY = "money"


class Side(StrEnum):
    """Receipts or payments."""

    RECEIPTS = "receipts"
    PAYMENTS = "payments"


@dataclass(frozen=True)
class SheetColumn:
    """One column: `width` in millimetres, 0 takes what is left; `sum` stands in the totals."""

    title: str
    kind: CellKind
    width: float
    sum: bool


@dataclass(frozen=True)
class SheetForm:
    """One of the fourteen sheets; `source` says what fills it: ledger, debts, assets …, or typed.

    `equation` holds in every row; its parts are titles of columns with + or - before them.
    """

    code: str
    title: str
    source: str
    wide: bool
    columns: tuple[SheetColumn, ...]
    equation: str

    def terms(self) -> tuple[tuple[int, int], ...]:
        """The equation as pairs (position of the column, 1 or -1) that add up to zero; () without one."""
        if not self.equation:
            return ()
        titles = [column.title for column in self.columns]
        found, side, sign = [], 1, 1
        for part in _SIGNED.split(self.equation):
            if part in {"+", "-"}:
                sign = 1 if part == "+" else -1
            elif part == "=":
                side, sign = -1, 1
            else:
                found.append((titles.index(part), side * sign))
        return tuple(found)


@dataclass(frozen=True)
class Category:
    """A kind of receipts or payments with its names under both account systems; "" where a system has none."""

    code: str
    side: Side
    name: str
    name_2004: str
    accounts: tuple[tuple[str, tuple[str, ...]], ...]
    words: tuple[str, ...]


@dataclass(frozen=True)
class Account:
    """One account of an account system."""

    system: str
    code: str
    name: str
    group: str


@dataclass(frozen=True)
class _Forms:
    sheets: tuple[SheetForm, ...]
    categories: tuple[Category, ...]
    accounts: tuple[Account, ...]
    new_from: dt.date


@cache
def _forms() -> _Forms:
    path = resources.path("packs", "national", "accounts", "accounts.toml")
    found: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    sheets = tuple(
        SheetForm(
            one["code"],
            one["title"],
            one["source"],
            one["wide"],
            tuple(
                SheetColumn(column["title"], CellKind(column["kind"]), column["width"], column.get("sum", False))
                for column in one["columns"]
            ),
            one.get("equation", ""),
        )
        for one in found["sheet"]
    )
    categories = tuple(
        Category(
            one["code"],
            Side(one["side"]),
            one.get("name", ""),
            one.get("name_2004", one.get("name", "")),
            tuple((system, tuple(codes)) for system, codes in one.get("accounts", {}).items()),
            tuple(one.get("words", ())),
        )
        for one in found["category"]
    )
    accounts = tuple(Account(one["system"], one["code"], one["name"], one["class"]) for one in found["account"])
    return _Forms(sheets, categories, accounts, found["systems"]["2023"]["valid_from"])


def sheet_forms() -> tuple[SheetForm, ...]:
    """All fourteen sheets in their order."""
    return _forms().sheets


def sheet_form(code: str) -> SheetForm:
    """The sheet of that code. Raises NotAllowed for another one."""
    found = next((one for one in _forms().sheets if one.code == code), None)
    if found is None:
        raise NotAllowed(f"没有“{code}”这种公开表。", "公开表从F01到F14，请从列表里选。")
    return found


def system_on(day: dt.date) -> str:
    """The account system of a day: that of 2023 from 2024-01-01 on (财会〔2023〕14号), before it that of 2004."""
    return "2023" if day >= _forms().new_from else "2004"


def accounts_on(day: dt.date) -> tuple[Account, ...]:
    """The accounts that a day's books use."""
    system = system_on(day)
    return tuple(one for one in _forms().accounts if one.system == system)


def categories_on(day: dt.date, side: Side | None = None) -> tuple[tuple[str, str], ...]:
    """Pairs (code, name on that day) of the kinds of receipts and payments, in the order of the sheets."""
    new = system_on(day) == "2023"
    named = ((one.code, one.name if new else one.name_2004) for one in _forms().categories if side in {None, one.side})
    return tuple((code, name) for code, name in named if name)


def category_name(code: str, day: dt.date) -> str:
    """The name of a kind on a day; a kind that a system lacks keeps the name of the other system."""
    found = next((one for one in _forms().categories if one.code == code), None)
    if found is None:
        return ""
    new = system_on(day) == "2023"
    return (found.name if new else found.name_2004) or found.name or found.name_2004


def category_side(code: str) -> Side | None:
    """Whether a kind is of receipts or of payments; None for an unknown one."""
    return next((one.side for one in _forms().categories if one.code == code), None)


def category_of(words: str, summary: str, side: Side, day: dt.date) -> str:
    """The kind that the agency's words mean: an account's code or name, a kind's name, else words of the summary."""
    system = system_on(day)
    code = re.match(r"\s*(\d{3})", words)
    number = code.group(1) if code else next((one.code for one in accounts_on(day) if one.name in words), "")
    known = [
        one for one in _forms().categories if one.side is side and (one.name if system == "2023" else one.name_2004)
    ]
    if words:
        for one in known:
            if words in {one.name, one.name_2004}:
                return one.code
    hits = [
        # The longer word, and of two the one that comes first: 保洁员报酬 is for cleaning.
        (len(word), -max(summary.find(word), 0), one.code)
        for one in known
        for word in one.words
        if word in summary or word in words
    ]
    if hits and (not number or max(hits)[0] > 2):
        return max(hits)[2]
    if number:
        for one in known:
            if number in dict(one.accounts).get(system, ()):
                return one.code
    if hits:
        return max(hits)[2]
    return "other_income" if side is Side.RECEIPTS else "other_cost"
