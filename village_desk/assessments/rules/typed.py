"""What a clerk types into the cells of a sheet or of a form, read into marks, items, raters and grades."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import TypeVar

from village_desk.assessments.rules.forms import (
    EVIDENCE_WORDS,
    FOLLOW_WORDS,
    HOW_WORDS,
    KIND_WORDS,
    STEP_WORDS,
    WAY_WORDS,
    BallotGrade,
    Band,
    Follow,
    Item,
    ItemKind,
    Rater,
    StageKey,
    Way,
)
from village_desk.assessments.rules.scoring import Mark, points_words, tenths_typed
from village_desk.kit.errors import NotAllowed
from village_desk.kit.text import half_width, tidy

_YES = frozenset({"√", "✓", "1", "是", "有", "y", "Y"})
_NO = frozenset({"×", "✗", "0", "否", "没有", "无", "x", "X"})
E = TypeVar("E", bound=StrEnum)


def answer_typed(item: Item, typed: str) -> Mark | None:
    """√ or × for a line that is counted, 8.5 for points, 43/50 for a rate; None for an empty cell.

    Raises NotAllowed with how the line is filled.
    """
    cell = half_width(tidy(typed))
    if not cell:
        return None
    if item.kind is ItemKind.RATE:
        good, slash, valid = cell.partition("/")
        if not (slash and good.strip().isdecimal() and valid.strip().isdecimal()):
            raise NotAllowed(f"“{item.text}”要填“满意票/有效票”，现在是“{typed}”。", "例如 43/50。")
        return Mark(good=int(good), valid=int(valid))
    if item.kind is ItemKind.SCORE:
        return Mark(tenths_typed(cell))
    if tidy(typed) in _YES or cell in _YES:
        return Mark(yes=True)
    if tidy(typed) in _NO or cell in _NO:
        return Mark()
    raise NotAllowed(f"“{item.text}”要填√或×，现在是“{typed}”。", "有的填√，没有的填×，还没看的空着。")


def answer_words(item: Item, mark: Mark) -> str:
    """An answer as it is typed."""
    if item.kind is ItemKind.RATE:
        return f"{mark.good}/{mark.valid}"
    if item.kind is ItemKind.SCORE:
        return points_words(mark.tenths)
    return "√" if mark.yes else "×"


def ways_typed(typed: str) -> tuple[Way, ...]:
    """看查 is looked at and checked. Raises NotAllowed for another word."""
    known = {words: way for way, words in WAY_WORDS.items()}
    found = []
    for sign in tidy(typed):
        if sign in known:
            found.append(known[sign])
        elif sign not in " 、，,；;":
            raise NotAllowed(f"“{sign}”不是查看方式。", "请填听、看、查、走、访里的字，可以填几个。")
    return tuple(dict.fromkeys(found))


def named(words: Mapping[E, str], typed: str, what: str) -> E:
    """The value of these words. Raises NotAllowed naming the words that there are."""
    cell = tidy(typed)
    for value, name in words.items():
        if cell == name:
            return value
    raise NotAllowed(f"{what}里没有“{typed}”。", f"可以填：{'、'.join(words.values())}。")


def items_typed(rows: Sequence[Sequence[str]], known: Sequence[Item]) -> tuple[Item, ...]:
    """Rows (head, text, kind, points, evidence) as items; what cells do not show stays as it was. Raises NotAllowed."""
    before = {item.text: item for item in known if item.text}
    found = []
    for head, text, kind, points, evidence in rows:
        old = before.get(tidy(text))
        found.append(
            Item(
                tidy(text),
                named(KIND_WORDS, kind, "种类") if kind else ItemKind.YES,
                whole_typed(points, "分值") if points else 0,
                tidy(head),
                named(EVIDENCE_WORDS, evidence, "材料") if evidence else Item("").evidence,
                old.optional if old else False,
                old.prints if old else "",
            )
        )
    return tuple(found)


def item_cells(item: Item) -> list[str]:
    """An item as a row of cells."""
    points = str(item.most) if item.most else ""
    return [item.head, item.text, KIND_WORDS[item.kind], points, EVIDENCE_WORDS[item.evidence]]


def raters_typed(rows: Sequence[Sequence[str]]) -> tuple[Rater, ...]:
    """Rows (name, weight, how, step) as raters. Raises NotAllowed."""
    return tuple(
        Rater(
            tidy(name),
            whole_typed(weight, "权重"),
            named(HOW_WORDS, how, "怎么评"),
            named(STEP_WORDS, step, "哪一步"),
        )
        for name, weight, how, step in rows
    )


def rater_cells(one: Rater) -> list[str]:
    """A rater as a row of cells."""
    return [one.name, str(one.weight), HOW_WORDS[one.how], STEP_WORDS[one.step]]


def ballot_typed(rows: Sequence[Sequence[str]]) -> tuple[BallotGrade, ...]:
    """Rows (grade, worth) of a ballot. Raises NotAllowed."""
    return tuple(BallotGrade(tidy(name), whole_typed(worth, "一票折分")) for name, worth in rows)


def bands_typed(rows: Sequence[Sequence[str]]) -> tuple[Band, ...]:
    """Rows (grade, least points, what follows, days). Raises NotAllowed."""
    ours = {key: words for key, words in FOLLOW_WORDS.items() if key not in (Follow.SANCTION, Follow.REWARD)}
    found = []
    for name, least, follows, days in rows:
        each = [part for part in tidy(follows).replace("，", "、").replace(" ", "、").split("、") if part]
        found.append(
            Band(
                tidy(name),
                whole_typed(least, "起点分"),
                tuple(named(ours, part, "结果运用") for part in each),
                whole_typed(days, "几天内办") if days else 30,
            )
        )
    return tuple(found)


def band_cells(one: Band) -> list[str]:
    """A grade as a row of cells."""
    return [one.name, str(one.least), "、".join(FOLLOW_WORDS[each] for each in one.follows), str(one.days)]


def stages_typed(rows: Sequence[Sequence[str]]) -> tuple[tuple[StageKey, str], ...]:
    """Rows (what the step does, its name); a step without a name is left out."""
    known = {words: key for key, words in STAGE_DOES.items()}
    return tuple((known[does], tidy(name)) for does, name in rows if tidy(name))


def whole_typed(typed: str, what: str) -> int:
    """A whole number. Raises NotAllowed."""
    cell = half_width(tidy(typed)).removesuffix("%").removesuffix("分").removesuffix("天")
    if not cell.isascii() or not cell.isdecimal():
        raise NotAllowed(f"{what}要填整数，现在是“{typed}”。", "请只填数字。")
    return int(cell)


def many_typed(typed: str) -> int:
    """A number of ballots or a rank. Raises NotAllowed."""
    return whole_typed(typed, "数量")


STAGE_DOES = {
    StageKey.SIGN: "签订责任书",
    StageKey.FOUR: "定方案、方式、内容、要求",
    StageKey.REPORT: "述职",
    StageKey.SELF: "自评、自查",
    StageKey.MASS: "群众投票测评",
    StageKey.ORGANISATION: "上级或考核组评",
    StageKey.GRADE: "出结果",
    StageKey.POST: "公示结果",
    StageKey.USE: "结果运用",
    StageKey.CAUSE: "分析原因",
    StageKey.MEASURE: "定对策",
    StageKey.OWNER: "定责任单位和责任人",
    StageKey.RECTIFY: "整改",
    StageKey.ACCEPT: "验收",
}
