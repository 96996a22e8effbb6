"""Reads entries from an agency's workbook or a paste: heads known again, every wrong cell named, totals checked."""

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from village_desk.accounts.rules.cells import day_of, money_of, text_of
from village_desk.accounts.rules.forms import Side, category_of
from village_desk.accounts.rules.sums import check_entry
from village_desk.kit.errors import FileTrouble, NotAllowed
from village_desk.kit.memory import collector_at_rest
from village_desk.kit.money import yuan
from village_desk.people.actions.roster_reading import CellValue, Sheet, open_workbook, pasted
from village_desk.people.rules.roster import column_letter

# What a column may be, and the words by which heads of workbooks name it.
FIELDS: dict[str, tuple[str, tuple[str, ...]]] = {
    "date": ("日期", ("日期", "记账日期", "凭证日期", "发生日期", "时间", "年月日")),
    "month": ("月", ("月", "月份")),
    "day": ("日", ("日",)),
    "voucher": ("凭证号", ("凭证号", "凭证字号", "凭证编号", "字号", "凭证", "记账凭证号", "凭证号数")),
    "words": ("摘要", ("摘要", "事由", "内容", "项目", "开支项目", "收支项目", "用途说明", "收支内容", "业务摘要")),
    "receipts": ("收入", ("收入", "收入金额", "收方", "借方", "借方金额", "收入（元）", "借方发生额", "本期收入")),
    "payments": ("支出", ("支出", "支出金额", "付方", "贷方", "贷方金额", "支出（元）", "贷方发生额", "本期支出")),
    "balance": ("余额", ("余额", "结余", "结存", "余额（元）", "结余金额")),
    "account": ("科目", ("科目", "会计科目", "科目名称", "对方科目", "类别", "收支类别", "科目代码")),
    "handler": ("经手人", ("经手人", "经办人", "领款人", "报销人")),
    "approver": ("审批人", ("审批人", "批准人", "审核人", "签批人")),
    "purpose": ("资金来源或用途", ("资金来源", "用途", "资金用途", "资金来源或用途", "来源用途")),
    "note": ("备注", ("备注", "说明", "附注")),
    "serial": ("序号", ("序号", "行次", "编号", "笔数")),
    "skip": ("不用", ()),
}
_HEADS = {re.sub(r"[（）()元：: /]", "", word): key for key, (_, words) in FIELDS.items() for word in words}
_TOTALS = re.compile(r"^(本页|本月|本季|本期|本年|全年|累计|总)?(小计|合计|总计|累计|发生额|发生额及余额|发生额及累计)")
_OPENING = re.compile(r"^(上期|上月|上季度?|上年|年初|期初|月初)(结余|余额|结转|结存|转入)")
_CLOSING = re.compile(r"^(期末|本期|月末|季末|年末|本月|本季度?)(结余|余额|结存|结转)|^结转下(期|月|年)")
_NEEDED = frozenset({"words", "receipts", "payments"})
_HIGHEST_HEAD = 15
LARGEST_LINES = 50_000


@dataclass(frozen=True)
class NewEntry:
    """A line to be entered; amounts in fen, `category` is a kind of receipts or payments ("" lets the desk choose)."""

    booked_on: dt.date
    words: str
    receipts_fen: int = 0
    payments_fen: int = 0
    voucher: str = ""
    category: str = ""
    handler: str = ""
    approver: str = ""
    purpose: str = ""
    note: str = ""


@dataclass(frozen=True)
class EntryReading:
    """What was read: the lines, every problem in a sentence, and the sums that the workbook itself states.

    `head` and `columns` are remembered; `unknown` are heads that nobody has said anything about yet, with their letter.
    """

    source: str
    entries: tuple[NewEntry, ...]
    problems: tuple[str, ...]
    head: tuple[str, ...]
    columns: tuple[str, ...]
    unknown: tuple[tuple[str, str], ...]
    opening_fen: int | None
    close_fen: int | None

    @property
    def receipts_fen(self) -> int:
        """The sum of the receipts."""
        return sum(one.receipts_fen for one in self.entries)

    @property
    def payments_fen(self) -> int:
        """The sum of the payments."""
        return sum(one.payments_fen for one in self.entries)

    @property
    def is_mapped(self) -> bool:
        """True when summary, receipts and payments have their column."""
        return set(self.columns) >= _NEEDED


def read_workbook(
    path: Path,
    *,
    from_on: dt.date,
    until_on: dt.date,
    maps: Mapping[tuple[str, ...], tuple[str, ...]] | None = None,
    columns: Mapping[str, str] | None = None,
) -> EntryReading:
    """The entries of the first table in an agency's workbook that has the heads.

    `maps` are heads remembered from earlier imports, `columns` what the clerk says now: {letter: field of FIELDS}.
    Raises FileTrouble, NotAllowed for what is no table.
    """
    try:
        sheets = open_workbook(Path(path))
    except (NotAllowed, FileTrouble) as problem:
        # The reader speaks of rosters.
        words, advice = (one.replace("花名册", "财务明细表") for one in (problem.message, problem.advice))
        raise type(problem)(words, advice) from problem
    best: EntryReading | None = None
    # Heads that nobody knows yet are taken only where no table has known ones.
    for is_strict in (True, False):
        for sheet in sheets if best is None else ():
            found = read_sheet(sheet, Path(path).name, from_on, until_on, maps or {}, columns or {}, strict=is_strict)
            if found is not None and (best is None or len(found.entries) > len(best.entries)):
                best = found
    if best is None:
        raise NotAllowed(
            f"“{Path(path).name}”里没有找到“摘要、收入、支出”这样的表头。", "请核对是不是收支明细表；表头要在前15行里。"
        )
    return best


def read_pasted(
    text: str,
    *,
    from_on: dt.date,
    until_on: dt.date,
    maps: Mapping[tuple[str, ...], tuple[str, ...]] | None = None,
    columns: Mapping[str, str] | None = None,
) -> EntryReading:
    """The entries of a block copied in WPS or Excel with its head. Raises NotAllowed without a head."""
    sheet = pasted(text)
    found = read_sheet(sheet, "粘贴的内容", from_on, until_on, maps or {}, columns or {}) or read_sheet(
        sheet, "粘贴的内容", from_on, until_on, maps or {}, columns or {}, strict=False
    )
    if found is None:
        raise NotAllowed(
            "粘贴的内容里没有表头。", "请连表头一起复制，表头里要有“摘要、收入、支出”，例如：日期　摘要　收入　支出。"
        )
    return found


def read_sheet(
    sheet: Sheet,
    source: str,
    from_on: dt.date,
    until_on: dt.date,
    maps: Mapping[tuple[str, ...], tuple[str, ...]],
    said: Mapping[str, str],
    *,
    strict: bool = True,
) -> EntryReading | None:
    """The entries of one table, None without such a head; not `strict`, any row of words is a head to ask about."""
    place = _head_row(sheet.rows, maps, said, strict=strict)
    if place is None:
        return None
    at, head, columns = place
    reader = _Reader(columns, from_on, until_on)
    with collector_at_rest():
        for number, row in enumerate(sheet.rows[at + 1 :] if set(columns) >= _NEEDED else (), start=at + 2):
            reader.take(number, row)
    unknown = tuple(
        (column_letter(n), words) for n, (words, key) in enumerate(zip(head, columns, strict=True)) if words and not key
    )
    return EntryReading(
        source,
        tuple(reader.entries),
        tuple(reader.problems + reader.totals()),
        head,
        tuple(columns),
        unknown,
        reader.opening,
        reader.closing,
    )


def _head_row(
    rows: Sequence[tuple[CellValue, ...]],
    maps: Mapping[tuple[str, ...], tuple[str, ...]],
    said: Mapping[str, str],
    *,
    strict: bool,
) -> tuple[int, tuple[str, ...], list[str]] | None:
    for at, row in enumerate(rows[:_HIGHEST_HEAD]):
        head = tuple(re.sub(r"\s", "", text_of(cell)) for cell in row)
        known = list(maps.get(head, ())) or [_HEADS.get(re.sub(r"[（）()元：: /]", "", words), "") for words in head]
        known = _first_only(known[: len(head)] + [""] * (len(head) - len(known)))
        if said:
            known = [said.get(column_letter(n), key) for n, key in enumerate(known)]
        if {key for key in known if key} >= _NEEDED or (not strict and _is_head(head)):
            return at, head, known
    return None


def _is_head(head: tuple[str, ...]) -> bool:
    """A row of words alone, without figures."""
    return sum(bool(words) for words in head) >= 3 and not any(re.search(r"\d", words) for words in head)


def _first_only(columns: list[str]) -> list[str]:
    """A field has one column: the first that is named so."""
    seen: set[str] = set()
    found = []
    for key in columns:
        found.append("" if key in seen and key != "skip" else key)
        seen.add(key)
    return found


class _Reader:
    """Takes rows one by one; wrong cells are kept as sentences, and the lines as far as they are right."""

    def __init__(self, columns: Sequence[str], from_on: dt.date, until_on: dt.date) -> None:
        self.entries: list[NewEntry] = []
        self.problems: list[str] = []
        self.opening: int | None = None
        self.closing: int | None = None
        self._at = {key: n for n, key in enumerate(columns) if key}
        self._letters = {key: column_letter(n) for key, n in self._at.items()}
        self._from, self._until = from_on, until_on
        self._last_day: dt.date | None = None
        self._said: list[tuple[str, int, int, int, int]] = []
        self._receipts = self._payments = 0
        self._kinds: dict[tuple[str, str, Side], str] = {}

    def take(self, number: int, row: tuple[CellValue, ...]) -> None:
        words = self._text(row, "words")
        first = words or next((text for cell in row if (text := text_of(cell))), "")
        if not first:
            return
        plain = re.sub(r"\s", "", first)
        if _OPENING.match(plain):
            self.opening = self._state_of(number, row, self.opening)
            return
        if _CLOSING.match(plain):
            self.closing = self._state_of(number, row, None)
            return
        if _TOTALS.match(plain):
            self._note_total(number, plain, row)
            return
        if len(self.entries) >= LARGEST_LINES:
            raise NotAllowed(f"这张表超过{LARGEST_LINES:,}笔，不像一个村一期的账。", "请按季或按月分开导入。")
        try:
            receipts, payments = self._money(number, row, "receipts"), self._money(number, row, "payments")
            if not words:
                if not receipts and not payments:
                    return
                raise NotAllowed(f"{self._letters['words']}{number}没有摘要。", "请写明这一笔是什么。")
            if not receipts and not payments and not self._text(row, "voucher"):
                # A heading between the lines, or a remark below them.
                return
            day = self._day(number, row)
            check_entry(receipts, payments, f"第{number}行")
        except NotAllowed as problem:
            self.problems.append(f"{problem.message}{problem.advice}")
            return
        self._last_day = day
        self._receipts += receipts
        self._payments += payments
        side = Side.RECEIPTS if receipts else Side.PAYMENTS
        self.entries.append(
            NewEntry(
                day,
                words,
                receipts,
                payments,
                self._text(row, "voucher"),
                self._kind(self._text(row, "account"), words, side, day),
                self._text(row, "handler"),
                self._text(row, "approver"),
                self._text(row, "purpose"),
                self._text(row, "note"),
            )
        )

    def totals(self) -> list[str]:
        """Sentences for totals of the workbook that are not the sums of its lines."""
        found = []
        for place, receipts, payments, own_receipts, own_payments in self._said:
            for what, said, own in (("收入", receipts, own_receipts), ("支出", payments, own_payments)):
                if said != own:
                    found.append(
                        f"{place}写的{what}合计是{yuan(said)}元，逐笔相加是{yuan(own)}元，差{yuan(abs(said - own))}元。"
                        "请核对漏掉或多出的一笔。"
                    )
        sum_up = self._receipts - self._payments
        if self.opening is not None and self.closing is not None and self.opening + sum_up != self.closing:
            found.append(
                f"表里期初{yuan(self.opening)}元，加收入{yuan(self._receipts)}元，减支出{yuan(self._payments)}元，"
                f"应为{yuan(self.opening + sum_up)}元，表里的期末是{yuan(self.closing)}元。请核对这张表。"
            )
        return found

    def _note_total(self, number: int, words: str, row: tuple[CellValue, ...]) -> None:
        # Only the sums of the whole table can be checked against all of its lines so far.
        if not words.startswith(("合计", "总计", "本期合计", "本期小计")):
            return
        try:
            receipts, payments = self._money(number, row, "receipts"), self._money(number, row, "payments")
        except NotAllowed as problem:
            self.problems.append(f"{problem.message}{problem.advice}")
            return
        self._said.append((f"第{number}行", receipts, payments, self._receipts, self._payments))

    def _state_of(self, number: int, row: tuple[CellValue, ...], before: int | None) -> int | None:
        if before is not None:
            return before
        for key in ("balance", "receipts", "payments"):
            try:
                amount = self._money(number, row, key)
            except NotAllowed as problem:
                self.problems.append(f"{problem.message}{problem.advice}")
                return None
            if amount:
                return amount
        return None

    def _text(self, row: tuple[CellValue, ...], key: str) -> str:
        at = self._at.get(key)
        if at is None or at >= len(row):
            return ""
        value = row[at]
        return value if isinstance(value, str) and value.isascii() and value.isalnum() else text_of(value)

    def _money(self, number: int, row: tuple[CellValue, ...], key: str) -> int:
        at = self._at.get(key)
        return (
            0 if at is None or at >= len(row) or row[at] == "" else money_of(row[at], f"{self._letters[key]}{number}")
        )

    def _day(self, number: int, row: tuple[CellValue, ...]) -> dt.date:
        value: object = row[self._at["date"]] if self._at.get("date", len(row)) < len(row) else ""
        letter = self._letters.get("date", self._letters.get("day", ""))
        if "month" in self._at and "day" in self._at and text_of(value) == "":
            month, day = self._text(row, "month"), self._text(row, "day")
            value = f"{month}月{day}日" if month and day else ""
        if text_of(value) == "":
            if self._last_day is not None:
                return self._last_day
            if "date" not in self._at:
                return self._until
            raise NotAllowed(f"{letter}{number}没有日期。", "请补上日期。")
        return day_of(value, f"{letter}{number}", self._from, self._until)

    def _kind(self, account: str, words: str, side: Side, day: dt.date) -> str:
        key = (account, words, side)
        if key not in self._kinds:
            self._kinds[key] = category_of(account, words, side, day)
        return self._kinds[key]
