"""The lists of stars, comparisons, rounds, results, sheets, what follows, reports and forms as grids show them."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from village_desk.assessments.lookups import (
    AssessmentDetail,
    AssessmentRow,
    Comparison,
    ConsequenceRow,
    EntryRow,
    FormRow,
    LineRow,
    ReceivedRow,
    ReportRow,
    SubjectResult,
)
from village_desk.assessments.rules.forms import WAY_WORDS, Way
from village_desk.assessments.rules.stars import level_words
from village_desk.assessments.rules.typed import answer_words
from village_desk.kit.text import short_date
from village_desk.widgets.tables import Column, ListTable


class EntryTable(ListTable[EntryRow]):
    """One line a household."""

    def __init__(self) -> None:
        super().__init__(
            (
                Column("group", "组别", lambda row: row.group, width=3.5),
                Column("name", "农户", lambda row: row.name, width=6, wide=True),
                Column("state", "状态", lambda row: row.state_words, width=5, tone=_tone),
            )
        )


class ReceivedTable(ListTable[ReceivedRow]):
    """One line a result."""

    def __init__(self) -> None:
        super().__init__(
            (
                Column("kind", "种类", lambda row: row.kind_words, width=5),
                Column("name", "谁", lambda row: row.name or row.title, width=6, wide=True),
                Column("stars", "星级", lambda row: level_words(row.stars) if row.person_id else "", width=4),
                Column("day", "年度", lambda row: f"{row.decided_on.year}年", width=4),
            )
        )


@dataclass(frozen=True)
class ComparisonRow:
    """One of the four lists by its title."""

    id: str
    found: Comparison


class ComparisonTable(ListTable[ComparisonRow]):
    """One line a list."""

    def __init__(self) -> None:
        super().__init__(
            (
                Column("title", "四比", lambda row: row.id, width=6, sortable=False),
                Column("source", "来源", lambda row: row.found.source, width=6, wide=True, sortable=False),
                Column("many", "条数", lambda row: str(len(row.found.rows)), width=3, align="right", sortable=False),
            )
        )


def _tone(row: EntryRow) -> str:
    if row.revoked:
        return "bad"
    if row.rated:
        return "good"
    return "plain" if row.final or not row.joined else "warn"


class RoundTable(ListTable[AssessmentRow]):
    """One line a round."""

    def __init__(self) -> None:
        super().__init__(
            (
                Column("title", "考评", lambda row: row.title, width=10, wide=True, tip=lambda row: row.form_name),
                Column("state", "状态", lambda row: row.state_words, width=5, tone=lambda row: row.tone),
            )
        )


class ResultTable(ListTable[SubjectResult]):
    """One line a subject, by rank."""

    def __init__(self) -> None:
        super().__init__(
            (
                Column("rank", "名次", lambda row: str(row.rank or ""), width=2.5, align="right", sortable=False),
                Column("name", "对象", lambda row: row.name, width=8, wide=True, sortable=False),
                Column("result", "结果", lambda row: row.result_words, width=4.5, align="right", sortable=False),
                Column("grade", "等次", lambda row: row.grade, width=5, tone=_grade_tone, sortable=False),
                Column("missing", "还缺", _missing, width=9, sortable=False, side=True),
            )
        )


@dataclass(frozen=True)
class LineOfSheet:
    """One line of a form for one subject: every rater's answer in words, the ways, what proves it."""

    id: str
    number: int
    text: str
    answers: str
    each: tuple[str, ...]
    ways: str
    proofs: str
    wanting: bool
    mark_id: str
    links: tuple[str, ...]
    prints: str


class SheetTable(ListTable[LineOfSheet]):
    """One line of the form a row."""

    def __init__(self) -> None:
        super().__init__(
            (
                Column("number", "序号", lambda row: str(row.number), width=2.5, align="right", sortable=False),
                Column("text", "内容", lambda row: row.text, width=9, wide=True, sortable=False),
                Column("answers", "结果", lambda row: row.answers, width=6, sortable=False),
                Column("proofs", "材料", lambda row: row.proofs, width=5, tone=_proof_tone, sortable=False),
            )
        )


def sheet_lines(found: AssessmentDetail, one: SubjectResult) -> list[LineOfSheet]:
    """The lines of a form with what was put on them for one subject."""
    unproved = {each.place for each in found.unproved if each.subject == one.name}
    lines = []
    for at, item in enumerate(found.form.items):
        marks = [row for row in one.marks if row.place == at]
        hit = next((struck for struck in one.hits if struck.place == at), None)
        answers = "，".join(answer_words(item, row.mark) for row in marks)
        each = tuple(f"{row.rater}：{answer_words(item, row.mark)}" for row in marks)
        ways = "、".join(dict.fromkeys(WAY_WORDS[Way(way)] for row in marks for way in row.ways))
        papers = sum(row.files + len(row.links) for row in marks)
        lines.append(
            LineOfSheet(
                f"{one.id}:{at}",
                at + 1,
                item.text,
                hit.fact if hit is not None else answers,
                each,
                ways,
                f"{papers}份" if papers else "缺材料" if at in unproved else "",
                at in unproved,
                marks[0].id if marks else "",
                tuple(words for row in marks for _, _, words in row.links),
                item.prints,
            )
        )
    return lines


@dataclass(frozen=True)
class FollowRow:
    """A line of rectification or a consequence, as one list shows both."""

    id: str
    words: str
    subject: str
    state: str
    tone: str
    due: str
    line: LineRow | None = None
    consequence: ConsequenceRow | None = None


class FollowTable(ListTable[FollowRow]):
    """One line a thing that follows from results."""

    def __init__(self) -> None:
        super().__init__(
            (
                Column("words", "事项", lambda row: row.words, width=8, wide=True),
                Column("due", "期限", lambda row: row.due, width=4.5),
                Column("state", "状态", lambda row: row.state, width=4.5, tone=lambda row: row.tone),
            )
        )


def follow_rows(lines: Sequence[LineRow], others: Sequence[ConsequenceRow]) -> list[FollowRow]:
    """Lines of rectification and consequences, what is open first, by due day."""
    found = [
        (
            line.accepted_on is not None,
            line.due_on or dt.date.max,
            FollowRow(
                f"line {line.id}",
                line.problem,
                line.subject,
                line.state_words,
                line.tone,
                short_date(line.due_on) if line.due_on else "",
                line=line,
            ),
        )
        for line in lines
    ]
    for one in others:
        state, tone = ("已办", "good") if one.done_on else ("逾期", "bad") if one.overdue else ("待办", "note")
        row = FollowRow(
            f"consequence {one.id}",
            f"{one.kind_words}：{one.subject}",
            one.subject,
            state,
            tone,
            short_date(one.due_on) if one.due_on else "",
            consequence=one,
        )
        found.append((one.done_on is not None, one.due_on or dt.date.max, row))
    found.sort(key=lambda each: (each[0], each[1], each[2].id))
    return [row for _, _, row in found]


class ReportTable(ListTable[ReportRow]):
    """One line a report."""

    def __init__(self) -> None:
        super().__init__(
            (
                Column("name", "谁", lambda row: row.name, width=5),
                Column("direction", "方向", lambda row: row.direction_words, width=8, wide=True),
                Column("day", "日期", lambda row: short_date(row.reported_on), width=4.5),
            )
        )


@dataclass(frozen=True)
class FormLine:
    """A form in the list; shipped ones that the village has not taken over have no record."""

    id: str
    row: FormRow


class FormTable(ListTable[FormLine]):
    """One line a form."""

    def __init__(self) -> None:
        super().__init__(
            (
                Column("name", "模板", lambda line: line.row.form.whole_name, width=10, wide=True),
                Column("state", "状态", _form_state, width=4.5, tone=_form_tone),
            )
        )


def _form_state(line: FormLine) -> str:
    return "未填好" if line.row.blanks else "能用"


def _form_tone(line: FormLine) -> str:
    return "warn" if line.row.blanks else "good"


def _grade_tone(row: SubjectResult) -> str:
    return "bad" if row.vetoed else "plain"


def _proof_tone(row: LineOfSheet) -> str:
    return "warn" if row.wanting else "plain"


def _missing(row: SubjectResult) -> str:
    return "、".join(name for _, name in row.missing)
