"""Reading rule sets from the text of a pack's points.toml: every wrong place is told by set, row and column."""

import datetime as dt
import tomllib
from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum
from typing import Any, TypeVar

from village_desk.kit.errors import FileTrouble, NotAllowed
from village_desk.points.rules.checks import check_frame, check_rule_set
from village_desk.points.rules.sets import (
    Applies,
    Area,
    Band,
    Campaign,
    Confirm,
    Item,
    Often,
    Per,
    Period,
    RuleSet,
    SubjectClass,
    SubjectKind,
    Unit,
    YearEnd,
)

FILE = "points.toml"
_ADVICE = "请由制作单位改好后重新下发，原有办法照旧使用。"
_SET = frozenset(
    "key name subject period unit decimals opening cap floor used_for source valid_from valid_to review publish_days "
    "township year_end carry_num carry_den carry_cap carry_to ranked masked fen_per_point opening_days blank "
    "item area class band campaign".split()
)
_ITEM = frozenset(
    "code area text least most points often per unit cap floor evidence_needed classes applies confirm to_zero "
    "valid_from valid_to".split()
)
_AREA = frozenset("name opening cap floor deduct_only".split())
_CLASS = frozenset("name opening exempt".split())
_BAND = frozenset("name least most action classes follow_up".split())
_CAMPAIGN = frozenset("name first last bonus".split())
E = TypeVar("E", bound=StrEnum)


def sets_in(text: str) -> tuple[RuleSet, ...]:
    """The rule sets of a pack, checked as if they were typed, red lines too.

    A set marked `blank` has no items yet: its values are not known and are filled in by the village.
    Raises FileTrouble that names the wrong place, NotAllowed for a set that may not be kept.
    """
    try:
        content = tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as problem:
        raise FileTrouble(f"{FILE}的写法不是TOML，读不下去。", _ADVICE) from problem
    rows = content.get("set", [])
    if not isinstance(rows, list) or set(content) - {"set"}:
        raise FileTrouble(f"{FILE}里只写[[set]]。", _ADVICE)
    found = []
    for number, row in enumerate(rows, start=1):
        rules = _set(_Row(row, f"第{number}份办法", _SET))
        if row.get("blank"):
            check_frame(rules)
        else:
            check_rule_set(rules)
        found.append(rules)
    return tuple(found)


class _Row:
    """One table of the file: takes values out by name and type, and tells what is wrong with them."""

    def __init__(self, row: Any, where: str, known: frozenset[str], decimals: int = 0) -> None:
        if not isinstance(row, Mapping):
            raise FileTrouble(f"{FILE}{where}应写成一个表。", _ADVICE)
        self.row, self.where, self.decimals = row, where, decimals
        for name in sorted(set(row) - known):
            raise self.wrong(name, "不认识，请对照说明核对栏名")

    def wrong(self, name: str, why: str) -> FileTrouble:
        """The trouble with one column."""
        return FileTrouble(f"{FILE}{self.where}“{name}”一栏{why}。", _ADVICE)

    def words(self, name: str, absent: str | None = None) -> str:
        """A text."""
        found = self.row.get(name, absent)
        if not isinstance(found, str):
            raise self.wrong(name, "没有填" if found is None else "应是引号里的文字")
        return found

    def number(self, name: str, absent: int = 0) -> int:
        """A whole number that counts no points."""
        found = self.row.get(name, absent)
        if isinstance(found, bool) or not isinstance(found, int):
            raise self.wrong(name, "应是整数")
        return found

    def points(self, name: str) -> int | None:
        """Points in units of the set, None when the column is missing."""
        found = self.row.get(name)
        if found is None:
            return None
        if isinstance(found, bool) or not isinstance(found, int | Decimal):
            raise self.wrong(name, "应是分数")
        scaled = Decimal(found) * 10**self.decimals
        if scaled != int(scaled):
            raise self.wrong(name, f"的“{found}”带了小数，这份办法只记整数（有半分的请写decimals = 1）")
        return int(scaled)

    def yes(self, name: str, absent: bool = False) -> bool:
        """true or false."""
        found = self.row.get(name, absent)
        if not isinstance(found, bool):
            raise self.wrong(name, "应是true或false")
        return found

    def day(self, name: str) -> dt.date | None:
        """A date, None when the column is missing."""
        found = self.row.get(name)
        if found is None:
            return None
        if isinstance(found, dt.datetime) or not isinstance(found, dt.date):
            raise self.wrong(name, "应是日期，写成2026-01-01")
        return found

    def many(self, name: str) -> tuple[str, ...]:
        """A list of texts."""
        found = self.row.get(name, [])
        if not isinstance(found, list) or not all(isinstance(each, str) for each in found):
            raise self.wrong(name, "应是方括号里的一列文字")
        return tuple(found)

    def one_of(self, kind: type[E], name: str, absent: E | None = None) -> E:
        """One of a few words."""
        found = self.row.get(name, absent)
        try:
            return kind(found)
        except ValueError:
            choices = "、".join(each.value for each in kind)
            raise self.wrong(name, f"应是{choices}之一") from None

    def tables(self, name: str) -> list[Any]:
        """A list of tables."""
        found = self.row.get(name, [])
        if not isinstance(found, list):
            raise self.wrong(name, "应写成双方括号的表")
        return found


def _set(row: _Row) -> RuleSet:
    decimals = row.number("decimals")
    row.decimals = decimals
    name = row.words("name")
    row.where = f"《{name}》"
    return RuleSet(
        name=name,
        subject=row.one_of(SubjectKind, "subject"),
        period=row.one_of(Period, "period"),
        items=tuple(
            _item(_Row(each, f"《{name}》第{number}条", _ITEM, decimals))
            for number, each in enumerate(row.tables("item"), start=1)
        ),
        areas=tuple(_area(_Row(each, f"《{name}》的类别", _AREA, decimals)) for each in row.tables("area")),
        opening=row.points("opening") or 0,
        cap=row.points("cap"),
        floor=row.points("floor"),
        used_for=row.words("used_for", ""),
        source=row.words("source", ""),
        valid_from=row.day("valid_from"),
        valid_to=row.day("valid_to"),
        unit=row.one_of(Unit, "unit", Unit.POINTS),
        decimals=decimals,
        classes=tuple(_class(_Row(each, f"《{name}》的分类", _CLASS, decimals)) for each in row.tables("class")),
        bands=tuple(_band(_Row(each, f"《{name}》的等次", _BAND, decimals)) for each in row.tables("band")),
        review=_review(row),
        publish_days=row.number("publish_days"),
        township=row.yes("township"),
        year_end=row.one_of(YearEnd, "year_end", YearEnd.CLEAR),
        carry_num=row.number("carry_num", 1),
        carry_den=row.number("carry_den", 1),
        carry_cap=row.points("carry_cap"),
        carry_to=row.words("carry_to", ""),
        ranked=row.yes("ranked"),
        masked=row.yes("masked"),
        fen_per_point=row.number("fen_per_point"),
        opening_days=row.many("opening_days"),
        campaigns=tuple(
            _campaign(_Row(each, f"《{name}》的专项行动", _CAMPAIGN, decimals)) for each in row.tables("campaign")
        ),
    )


def _review(row: _Row) -> str:
    found = row.words("review", "")
    if found not in ("", "group", "branch"):
        raise row.wrong("review", "应是group、branch之一，不评议的不写")
    return found


def _item(row: _Row) -> Item:
    fixed = row.points("points")
    least, most = (fixed, fixed) if fixed is not None else (row.points("least"), row.points("most"))
    if least is None or most is None:
        raise row.wrong("points", "没有填分数")
    applies = row.many("applies")
    for each in applies:
        if each not in {one.value for one in Applies}:
            raise row.wrong("applies", f"的“{each}”应是{'、'.join(one.value for one in Applies)}之一")
    return Item(
        code=row.words("code"),
        area=row.words("area"),
        text=row.words("text"),
        least=least,
        most=most,
        often=row.one_of(Often, "often", Often.EVENT),
        unit=row.words("unit", ""),
        cap=row.points("cap"),
        floor=row.points("floor"),
        evidence_needed=row.yes("evidence_needed", True),
        classes=row.many("classes"),
        valid_from=row.day("valid_from"),
        valid_to=row.day("valid_to"),
        per=row.one_of(Per, "per", Per.TIME),
        applies=applies,
        confirm=row.one_of(Confirm, "confirm", Confirm.SECOND),
        to_zero=row.yes("to_zero"),
    )


def _area(row: _Row) -> Area:
    return Area(
        row.words("name"), row.points("opening") or 0, row.points("cap"), row.points("floor"), row.yes("deduct_only")
    )


def _class(row: _Row) -> SubjectClass:
    return SubjectClass(row.words("name"), row.points("opening"), row.yes("exempt"))


def _band(row: _Row) -> Band:
    return Band(
        row.words("name"),
        row.points("least"),
        row.points("most"),
        row.words("action", ""),
        row.many("classes"),
        row.yes("follow_up"),
    )


def _campaign(row: _Row) -> Campaign:
    first, last, bonus = row.day("first"), row.day("last"), row.points("bonus")
    if first is None or last is None:
        raise row.wrong("first" if first is None else "last", "没有填日期")
    if bonus is None:
        raise row.wrong("bonus", "没有填每笔另加多少分")
    return Campaign(row.words("name"), first, last, bonus)


def check_pack(files: Mapping[str, str]) -> tuple[RuleSet, ...]:
    """The rule sets of a pack's files, none when it has no points.toml. Raises FileTrouble, NotAllowed."""
    return sets_in(files[FILE]) if FILE in files else ()


def refused_by(text: str) -> str:
    """Why a text of rule sets may not be used, "" when it may: for a look before it is installed."""
    try:
        sets_in(text)
    except (FileTrouble, NotAllowed) as problem:
        return f"{problem.message}{problem.advice}"
    return ""
