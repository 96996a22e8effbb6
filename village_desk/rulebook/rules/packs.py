"""Reading a rule pack: TOML files against the schema of the rows, with errors that name file, row and column."""

import dataclasses
import datetime as dt
import tomllib
import types
import typing
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from itertools import combinations
from pathlib import Path
from typing import Any

from village_desk.kit.errors import FileTrouble, NotAllowed
from village_desk.kit.money import fen
from village_desk.rulebook.rules.catalogue import CatalogueItem
from village_desk.rulebook.rules.dates import DateRuleRow, Rhythm
from village_desk.rulebook.rules.party import PartyRow
from village_desk.rulebook.rules.registers import RegisterTemplate, faults
from village_desk.rulebook.rules.rows import (
    BodyCheck,
    BodyRule,
    HolidaySpan,
    HolidayYear,
    MatterType,
    MeetingRule,
    PostingRule,
    ProcedureTemplate,
    SpendingTier,
    StageKind,
)
from village_desk.rulebook.rules.shares import Base, Share

LONGEST_DAYS = 3650
LARGEST_FILE_BYTES = 2_000_000

# file, name of its list, kind of row, the column that names a row
_TABLES: tuple[tuple[str, str, type[Any], str], ...] = (
    ("rules.toml", "meeting_rule", MeetingRule, "rule_id"),
    ("templates.toml", "procedure", ProcedureTemplate, "key"),
    ("matters.toml", "matter", MatterType, "code"),
    ("spending.toml", "tier", SpendingTier, "tier_id"),
    ("posting.toml", "posting", PostingRule, "rule_id"),
    ("bodies.toml", "body_rule", BodyRule, "rule_id"),
    ("holidays.toml", "year", HolidayYear, "year"),
    ("catalogue.toml", "item", CatalogueItem, "code"),
    ("calendar.toml", "date_rule", DateRuleRow, "rule_id"),
    ("registers.toml", "register", RegisterTemplate, "key"),
    ("party.toml", "party_rule", PartyRow, "rule_id"),
)
_BOARD_COLUMNS = ("party", "village", "finance", "service")
_ASKED_OF = ("village", "listed", "households", "groups")
_ISSUERS = ("branch", "committee", "collective", "supervision")
# Rows of upper rooms travel in a pack too; those rooms read them.
_OF_UPPER_ROOMS = frozenset({"points.toml", "presets.toml", "stars.toml"})
_FROM_HEAD = ("law_version", "region", "valid_from", "valid_to", "version")
_QUORUM_BASES = {
    Base.ALL_ELIGIBLE,
    Base.ALL_MEMBERS,
    Base.REPRESENTATIVES,
    Base.WOMEN_REPRESENTATIVES,
    Base.HOUSEHOLDS,
}
_PASSING_BASES = {
    Base.PRESENT,
    Base.ALL_ELIGIBLE,
    Base.ALL_MEMBERS,
    Base.REPRESENTATIVES,
    Base.HOUSEHOLDS_REPRESENTED,
    Base.VOTES_CAST,
}


@dataclass(frozen=True)
class PackTrouble:
    """One wrong place in a pack: which file, which row, which column, what is wrong."""

    file: str
    row: str
    column: str
    wrong: str

    @property
    def sentence(self) -> str:
        """The trouble as one sentence for the person who wrote the pack."""
        row = f"{self.row}" if self.row else ""
        column = f"“{self.column}”一栏" if self.column else ""
        return f"{self.file}{row}{column}{self.wrong}。"


class PackError(FileTrouble):
    """The pack cannot be used; `troubles` lists every wrong place found."""

    def __init__(self, troubles: tuple[PackTrouble, ...]) -> None:
        more = f"这个规则包共有{len(troubles)}处要改。" if len(troubles) > 1 else ""
        super().__init__(
            f"规则包不能使用：{troubles[0].sentence}{more}", "请由制作单位改好后重新下发，原有规则照旧使用。"
        )
        self.troubles = troubles


@dataclass(frozen=True)
class Pack:
    """One issuer's rows.

    `sample` packs are examples and `optional` ones are for a village to choose: both are in force only once installed.
    """

    issuer: str
    pack: str
    title: str
    version: str
    law_version: str
    region: str
    valid_from: dt.date
    valid_to: dt.date | None = None
    sample: bool = False
    optional: bool = False
    note: str = ""
    meeting_rules: tuple[MeetingRule, ...] = ()
    procedures: tuple[ProcedureTemplate, ...] = ()
    matters: tuple[MatterType, ...] = ()
    tiers: tuple[SpendingTier, ...] = ()
    postings: tuple[PostingRule, ...] = ()
    body_rules: tuple[BodyRule, ...] = ()
    holidays: tuple[HolidayYear, ...] = ()
    catalogue: tuple[CatalogueItem, ...] = ()
    date_rules: tuple[DateRuleRow, ...] = ()
    registers: tuple[RegisterTemplate, ...] = ()
    party_rules: tuple[PartyRow, ...] = ()
    files: tuple[tuple[str, str], ...] = field(default=(), repr=False, compare=False)


def read_pack(folder: Path) -> Pack:
    """The pack in a folder. Raises PackError, or FileTrouble when the folder cannot be read."""
    try:
        if not (folder / "pack.toml").is_file():
            raise FileTrouble(f"“{folder.name}”里没有 pack.toml，不是规则包。", "请选含有 pack.toml 的文件夹。")
        files = {}
        for path in sorted(folder.glob("*.toml")):
            if path.stat().st_size > LARGEST_FILE_BYTES:
                raise FileTrouble(f"规则包文件 {path.name} 超过2兆字节，不像规则包。", "请向下发单位核对文件。")
            files[path.name] = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as problem:
        raise FileTrouble("规则包文件不是UTF-8编码的文字。", "请用UTF-8编码另存后再试。") from problem
    except OSError as problem:
        raise FileTrouble(f"规则包“{folder.name}”读不出来。", "请检查U盘或文件夹后再试。") from problem
    return pack_from_files(files)


def pack_from_files(files: Mapping[str, str]) -> Pack:
    """The pack from the texts of its files by name. Raises PackError naming every wrong place."""
    troubles: list[PackTrouble] = []
    tables = {name: _parsed(name, text, troubles) for name, text in files.items()}
    for name in sorted(set(tables) - {"pack.toml", *_OF_UPPER_ROOMS, *(table[0] for table in _TABLES)}):
        troubles.append(PackTrouble(name, "", "", "不是规则包里的文件，请核对文件名"))
    head_hints = {k: h for k, h in _hints(Pack).items() if k not in {t for t in _LISTS.values()} | {"files"}}
    head = _row(Pack, tables.get("pack.toml", {}), {}, head_hints, "pack.toml", "", troubles)
    defaults = {name: head[name] for name in _FROM_HEAD if name in head}
    lists: dict[str, Any] = {}
    for file_name, list_name, kind, name_column in _TABLES:
        rows = tables.get(file_name, {})
        for extra in sorted(set(rows) - {list_name}):
            troubles.append(PackTrouble(file_name, "", extra, f"不认识，这个文件里只写[[{list_name}]]"))
        lists[_LISTS[list_name]] = tuple(
            _rows(kind, rows.get(list_name, []), defaults, file_name, name_column, troubles)
        )
    if troubles:
        raise PackError(tuple(troubles))
    return Pack(**head, **lists, files=tuple(sorted(files.items())))


_LISTS = {
    "meeting_rule": "meeting_rules",
    "procedure": "procedures",
    "matter": "matters",
    "tier": "tiers",
    "posting": "postings",
    "body_rule": "body_rules",
    "year": "holidays",
    "item": "catalogue",
    "date_rule": "date_rules",
    "register": "registers",
    "party_rule": "party_rules",
}


def _parsed(name: str, text: str, troubles: list[PackTrouble]) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as problem:
        where = str(problem).partition("(at ")[2].rstrip(")")
        spot = where.replace("line ", "第").replace(", column ", "行第").replace("end of document", "末尾")
        spot = f"{spot}列" if "行第" in spot else spot
        troubles.append(PackTrouble(name, spot, "", "的写法不是TOML，读不下去"))
        return {}


def _rows(
    kind: type[Any],
    rows: object,
    defaults: dict[str, Any],
    file: str,
    name_column: str,
    troubles: list[PackTrouble],
) -> Iterator[Any]:
    if not isinstance(rows, list):
        troubles.append(PackTrouble(file, "", "", "应写成一行一个表（双方括号）"))
        return
    made: list[tuple[str, Any]] = []
    for number, raw in enumerate(rows, start=1):
        if not isinstance(raw, dict):
            troubles.append(PackTrouble(file, f"第{number}行", "", "应写成一行一个表（双方括号）"))
            continue
        named = raw.get(name_column, "")
        label = f"第{number}行（{named}）" if named != "" else f"第{number}行"
        before = len(troubles)
        values = _row(kind, raw, defaults, _hints(kind), file, label, troubles)
        if len(troubles) == before:
            made.append((label, kind(**values)))
            troubles.extend(_checked(made[-1][1], file, label))
    troubles.extend(_contradictions(made, file, name_column))
    yield from (row for _, row in made)


def _row(
    kind: type[Any],
    raw: dict[str, Any],
    defaults: dict[str, Any],
    hints: Mapping[str, Any],
    file: str,
    label: str,
    troubles: list[PackTrouble],
) -> dict[str, Any]:
    values: dict[str, Any] = {}
    required = {f.name for f in dataclasses.fields(kind) if f.default is dataclasses.MISSING}
    for name in sorted(set(raw) - set(hints)):
        troubles.append(PackTrouble(file, label, name, "不认识，请对照规则包说明核对栏名"))
    for name, hint in hints.items():
        if name in raw:
            try:
                values[name] = _value(hint, raw[name])
            except _Wrong as wrong:
                troubles.append(PackTrouble(file, label, name + wrong.path, wrong.text))
        elif name in defaults:
            values[name] = defaults[name]
        elif name == "valid_to":
            values[name] = None
        elif name in required:
            troubles.append(PackTrouble(file, label, name, "没有填"))
    return values


class _Wrong(Exception):
    def __init__(self, text: str, path: str = "") -> None:
        super().__init__(text)
        self.text = text
        self.path = path


def _shown(value: object) -> str:
    text = "真" if value is True else "假" if value is False else str(value)
    return f"现在是“{text[:40]}”"


_HINTS: dict[Any, dict[str, Any]] = {}


def _hints(kind: Any) -> dict[str, Any]:
    if kind not in _HINTS:
        _HINTS[kind] = typing.get_type_hints(kind)
    return _HINTS[kind]


def _value(hint: Any, raw: object) -> Any:
    """The typed value of one cell; raises _Wrong with what the cell should be."""
    origin = typing.get_origin(hint)
    if origin is tuple:
        if not isinstance(raw, list):
            raise _Wrong(f"应是方括号里的一列，{_shown(raw)}")
        return tuple(_item(typing.get_args(hint)[0], item, number) for number, item in enumerate(raw, start=1))
    if origin is types.UnionType:
        return _value(typing.get_args(hint)[0], raw)
    if isinstance(hint, type) and dataclasses.is_dataclass(hint):
        return _nested(hint, raw)
    if isinstance(hint, type) and issubclass(hint, Enum):
        try:
            return hint(raw)
        except ValueError:
            choices = "、".join(str(item.value) for item in hint)
            raise _Wrong(f"应是{choices}之一，{_shown(raw)}") from None
    return _PLAIN[hint](raw)


def _item(hint: Any, raw: object, number: int) -> Any:
    try:
        return _value(hint, raw)
    except _Wrong as wrong:
        raise _Wrong(wrong.text, f"[{number}]{wrong.path}") from None


def _nested(kind: type[Any], raw: object) -> Any:
    if not isinstance(raw, dict):
        raise _Wrong(f"应是花括号里的几栏，{_shown(raw)}")
    inner: list[PackTrouble] = []
    values = _row(kind, raw, {}, _hints(kind), "", "", inner)
    if inner:
        raise _Wrong(inner[0].wrong, f".{inner[0].column}")
    return kind(**values)


def _text(raw: object) -> str:
    if not isinstance(raw, str):
        raise _Wrong(f"应是引号里的文字，{_shown(raw)}")
    return raw


def _number(raw: object) -> int:
    if isinstance(raw, bool) or not isinstance(raw, int):
        raise _Wrong(f"应是整数，{_shown(raw)}")
    if not 0 <= raw <= LONGEST_DAYS:
        raise _Wrong(f"应在0到{LONGEST_DAYS}之间，{_shown(raw)}")
    return raw


def _yes_no(raw: object) -> bool:
    if not isinstance(raw, bool):
        raise _Wrong(f"应是true或false，{_shown(raw)}")
    return raw


def _day(raw: object) -> dt.date:
    if isinstance(raw, dt.datetime) or not isinstance(raw, dt.date):
        raise _Wrong(f"应是日期，写成2026-01-01，{_shown(raw)}")
    return raw


_PLAIN: dict[Any, Callable[[object], Any]] = {str: _text, int: _number, bool: _yes_no, dt.date: _day}


def _checked(row: Any, file: str, label: str) -> Iterator[PackTrouble]:
    """What a typed row may still get wrong."""
    valid_to = getattr(row, "valid_to", None)
    if valid_to is not None and valid_to < row.valid_from:
        yield PackTrouble(file, label, "valid_to", f"比valid_from还早，现在是“{valid_to}”")
    if isinstance(row, MeetingRule):
        for number, quorum in enumerate(row.quorums, start=1):
            yield from _share(quorum, _QUORUM_BASES, file, label, f"quorums[{number}]")
        if row.passing is not None:
            yield from _share(row.passing, _PASSING_BASES, file, label, "passing")
    if isinstance(row, ProcedureTemplate):
        for number, stage in enumerate(row.stages, start=1):
            if stage.no != number:
                yield PackTrouble(file, label, f"stages[{number}].no", f"应是{number}，各步要从1起顺次编号")
            if stage.limit_after >= number:
                yield PackTrouble(file, label, f"stages[{number}].limit_after", "要是前面的一步，0表示从立项算起")
            if stage.kind is StageKind.MEETING and not stage.bodies and not stage.by_matter and not row.locked:
                yield PackTrouble(file, label, f"stages[{number}].bodies", "没有填，会议这一步要写明是哪个会议")
            if stage.kind is StageKind.PUBLICATION and not stage.posting_kind and not row.locked:
                yield PackTrouble(file, label, f"stages[{number}].posting_kind", "没有填，要写明贴哪一种公开表")
            if len(stage.bodies) != len(stage.rule_kinds):
                yield PackTrouble(file, label, f"stages[{number}].rule_kinds", "要和bodies一样多，一个会议对一种规则")
    if isinstance(row, SpendingTier):
        yield from _tier(row, file, label)
    if isinstance(row, MatterType) and not row.refusal and not row.deciders:
        yield PackTrouble(file, label, "deciders", "没有填，也没有写明不由村里表决的理由（refusal）")
    if isinstance(row, BodyRule):
        yield from _body_rule(row, file, label)
    if isinstance(row, PartyRow) and row.most and row.most < row.least:
        yield PackTrouble(file, label, "most", f"比least还小，现在是“{row.most}”")
    if isinstance(row, HolidayYear):
        yield from _holiday_year(row, file, label)
    if isinstance(row, DateRuleRow):
        yield from _date_rule(row, file, label)
    if isinstance(row, CatalogueItem):
        yield from _catalogue_item(row, file, label)
    if isinstance(row, RegisterTemplate):
        for column, wrong in faults(row):
            yield PackTrouble(file, label, column, wrong)


def _tier(row: SpendingTier, file: str, label: str) -> Iterator[PackTrouble]:
    bounds = {}
    for column in ("over", "up_to"):
        if typed := getattr(row, column):
            try:
                bounds[column] = fen(typed)
            except NotAllowed:
                yield PackTrouble(file, label, column, f'应是金额，写成"5000"，现在是“{typed[:40]}”')
    if len(bounds) == 2 and bounds["up_to"] <= bounds["over"]:
        yield PackTrouble(file, label, "up_to", f"要比over大，现在是“{row.up_to}”")


def _share(share: Share, bases: set[Base], file: str, label: str, column: str) -> Iterator[PackTrouble]:
    if share.den < 1 or share.num < 1 or share.num > share.den:
        yield PackTrouble(file, label, column, f"不是分数，现在是“{share.num}/{share.den}”")
    if share.base not in bases:
        words = "、".join(sorted(base.value for base in bases))
        yield PackTrouble(file, label, f"{column}.base", f"应是{words}之一，现在是“{share.base.value}”")


def _body_rule(row: BodyRule, file: str, label: str) -> Iterator[PackTrouble]:
    if row.check in (BodyCheck.SHARE, BodyCheck.WOMEN_SHARE) and not 0 < row.num <= row.den:
        yield PackTrouble(file, label, "num", f"不是分数，现在是“{row.num}/{row.den}”")
    if row.check in (BodyCheck.NOT_TOGETHER, BodyCheck.NO_RELATIVE) and not row.against:
        yield PackTrouble(file, label, "against", "没有填，要写明不能同谁兼任或回避")
    if row.most and row.most < row.least:
        yield PackTrouble(file, label, "most", f"比least还小，现在是“{row.most}”")


def _holiday_year(row: HolidayYear, file: str, label: str) -> Iterator[PackTrouble]:
    for span in row.off:
        if span.last < span.first or (span.last - span.first).days > 30:
            yield PackTrouble(file, label, "off", f"的“{span.name}”起止日期不对")
    for one, other in combinations(row.off, 2):
        if one.first <= other.last and other.first <= one.last:
            yield PackTrouble(file, label, "off", f"的“{one.name}”和“{other.name}”有几天重叠")
    for span in row.off:
        if row.year not in {span.first.year, span.last.year}:
            yield PackTrouble(file, label, "off", f"的“{span.name}”不在{row.year}年")
    for day in row.work:
        if _inside(day, row.off):
            yield PackTrouble(file, label, "work", f"里的{day}又写在放假日里")
        elif day.year != row.year or day.weekday() < 5:
            yield PackTrouble(file, label, "work", f"里的{day}不是{row.year}年的周六或周日")


def _date_rule(row: DateRuleRow, file: str, label: str) -> Iterator[PackTrouble]:
    if any(not 1 <= one <= 7 for one in row.weekdays):
        yield PackTrouble(file, label, "weekdays", "应是1（周一）到7（周日）")
    if row.day > 31 or row.month > 12:
        yield PackTrouble(file, label, "day", f"应是一个月里的一天，现在是“{row.month}月{row.day}日”")
    if row.rhythm in {Rhythm.EVERY_DAYS, Rhythm.EVERY_YEARS} and not row.every:
        yield PackTrouble(file, label, "every", "没有填，要写明隔几天或几年")
    if row.of not in _ASKED_OF:
        yield PackTrouble(file, label, "of", f"应是{'、'.join(_ASKED_OF)}之一，现在是“{row.of}”")


def _catalogue_item(row: CatalogueItem, file: str, label: str) -> Iterator[PackTrouble]:
    if row.due_day > 31 or row.due_month > 12:
        yield PackTrouble(file, label, "due_day", f"应是一个月里的一天，现在是“{row.due_month}月{row.due_day}日”")
    if row.column not in _BOARD_COLUMNS:
        yield PackTrouble(file, label, "column", f"应是{'、'.join(_BOARD_COLUMNS)}之一，现在是“{row.column}”")
    if row.issuer not in _ISSUERS:
        yield PackTrouble(file, label, "issuer", f"应是{'、'.join(_ISSUERS)}之一，现在是“{row.issuer}”")


def _inside(day: dt.date, spans: tuple[HolidaySpan, ...]) -> bool:
    return any(span.first <= day <= span.last for span in spans)


def _contradictions(made: list[tuple[str, Any]], file: str, name_column: str) -> Iterator[PackTrouble]:
    """Two rows for the same thing, place and day: nobody could say which one holds."""
    for (_, one), (label, other) in combinations(made, 2):
        same_kind = getattr(one, "kind", None) == getattr(other, "kind", "")
        same_name = getattr(one, name_column) == getattr(other, name_column)
        if (same_kind or same_name) and _together(one, other):
            what = getattr(one, name_column)
            yield PackTrouble(file, label, name_column, f"和“{what}”那一行管同一件事、同一时期，互相矛盾")


def _together(one: Any, other: Any) -> bool:
    if isinstance(one, HolidayYear):
        return True
    if one.region != other.region:
        return False
    return (one.valid_to is None or other.valid_from <= one.valid_to) and (
        other.valid_to is None or one.valid_from <= other.valid_to
    )
