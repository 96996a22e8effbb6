"""What the page of registers asks: an entry by the fields of its form, a sum of a fund, the fields of a register."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from village_desk.accounts.rules.cells import area_of, count_of
from village_desk.kit.errors import NotAllowed
from village_desk.kit.money import fen, yuan
from village_desk.registers.lookups.entries import EntryRow
from village_desk.registers.rules.entries import REFERRING, Way
from village_desk.rulebook.rules import FieldSort, RegisterField, RegisterTemplate, SubjectSort
from village_desk.widgets.fields import Ask, Choice, FieldsDialog

SUBJECT, DAY, REASON = " subject", " day", " reason"
_NOT_CHOSEN: Choice = ("", "（未选）")
WAYS: tuple[Choice, ...] = tuple((way.value, way.words) for way in Way)


class EntryDialog(FieldsDialog):
    """Asks for an entry: its day, whom it is about, and every field of its register."""

    def __init__(
        self,
        form: RegisterTemplate,
        choices: Mapping[str, Sequence[Choice]],
        today: dt.date,
        parent: QWidget | None = None,
        *,
        row: EntryRow | None = None,
    ) -> None:
        self.register = form
        asks = [Ask(DAY, f"{form.day_title}(&T)", "day", True, row.noted_on if row else today, today=today)]
        if form.about is not SubjectSort.NONE:
            asks.append(
                Ask(
                    SUBJECT,
                    f"{form.about_title}(&D)",
                    "find",
                    form.about_required,
                    row.subject_id if row else "",
                    choices[SUBJECT],
                    placeholder="输入姓名查找",
                )
            )
        kept = row.kept if row is not None else {}
        asks += [_ask(one, kept.get(one.key), choices, today) for one in form.fields]
        if row is not None:
            hint = "补填空着的栏目不用写；改了已经登记的内容要写，原来的内容会留在记录里。"
            asks.append(Ask(REASON, "更正原因(&Y)", hint=hint))
        verb = "登记" if row is None else "更正"
        super().__init__(f"{verb}：{form.title}", parent, accept=verb, asks=asks, explain=form.note, width=640)

    def answer(self) -> tuple[dt.date, str, tuple[tuple[str, Any], ...], str]:
        """Day, subject, answers by field, reason."""
        got = self.values()
        answers = tuple(
            (one.key, got[one.key].isoformat() if isinstance(got[one.key], dt.date) else got[one.key])
            for one in self.register.fields
            if got[one.key] not in (None, "", False)
        )
        return got[DAY], got.get(SUBJECT, ""), answers, got.get(REASON, "")


def _ask(one: RegisterField, value: Any, choices: Mapping[str, Sequence[Choice]], today: dt.date) -> Ask:
    title = f"{one.title}（{one.unit}）" if one.unit and one.sort is not FieldSort.YES else one.title
    held = "" if value is None else value
    if one.sort is FieldSort.DAY:
        day = dt.date.fromisoformat(value) if value else None
        return Ask(one.key, one.title, "day", one.required, day, hint=one.hint, today=today)
    if one.sort is FieldSort.CHOICE:
        lines = [_NOT_CHOSEN, *((words, words) for words in one.choices)]
        return Ask(one.key, one.title, "choice", one.required, held, lines, one.hint)
    if one.sort is FieldSort.DECISION:
        known = choices.get(one.sort.value, ())
        older = () if not held or held in dict(known) else ((held, held),)
        return Ask(one.key, one.title, "find", one.required, held, (*older, *known), one.hint)
    if one.sort in REFERRING:
        return Ask(one.key, one.title, "find", one.required, held, choices[one.sort.value], one.hint)
    if one.sort is FieldSort.YES:
        return Ask(one.key, "　", "yes", False, bool(value), placeholder=one.title, hint=one.hint)
    if one.sort is FieldSort.LONG:
        return Ask(one.key, title, "long", one.required, held, hint=one.hint)
    if one.sort is FieldSort.MONEY:
        words = yuan(value).replace(",", "") if value else ""
        return Ask(one.key, f"{title}（元）", required=one.required, value=words, hint=one.hint, read=fen)
    if one.sort is FieldSort.AREA:
        words = yuan(value).replace(",", "") if value else ""
        return Ask(one.key, title, required=one.required, value=words, hint=one.hint, read=_reads(area_of, one.title))
    if one.sort is FieldSort.NUMBER:
        return Ask(one.key, title, required=one.required, value=held, hint=one.hint, read=_reads(count_of, one.title))
    return Ask(one.key, title, required=one.required, value=held, hint=one.hint)


def _reads(read: Any, title: str) -> Any:
    return lambda typed: read(typed, f"“{title}”")


class MoneyDialog(FieldsDialog):
    """Asks for a sum in or out of a fund."""

    def __init__(self, name: str, people: Sequence[Choice], today: dt.date, parent: QWidget | None = None) -> None:
        super().__init__(
            f"登记收支：{name}",
            parent,
            accept="登记",
            explain="一笔一登。登错的不改，点“冲正”另记一笔。",
            asks=(
                Ask("side", "收还是支(&K)", "choice", True, choices=(("in", "收入"), ("out", "支出"))),
                Ask("day", "日期(&T)", "day", True, today, today=today),
                Ask("amount", "金额（元）(&J)", required=True, read=_more_than_nothing),
                Ask("purpose", "来源或用途(&Y)", required=True),
                Ask("item", "公示时的名目(&M)", hint="上墙只写名目，例如“走访慰问”，不写谁家的事。"),
                Ask("recipient", "领款人(&L)", "find", choices=people),
                Ask("other", "领款人（名册里没有的）(&O)"),
                Ask("approved", "审批人(&S)"),
                Ask("receipt", "凭据(&P)", placeholder="如：领条3号"),
            ),
        )

    def amount(self) -> int:
        """Fen, below nothing for what went out."""
        got = self.values()
        return int(got["amount"]) * (1 if got["side"] == "in" else -1)


def _more_than_nothing(typed: str) -> int:
    found = fen(typed)
    if found <= 0:
        raise NotAllowed("金额要大于零。", "支出也填正数，在上面选“支出”。")
    return found


FIELD_HEADS = ("栏目", "种类", "可选项", "必填", "只在村里")


def field_rows(form: RegisterTemplate) -> list[list[str]]:
    """The fields of a register as rows of a table."""
    return [
        [one.title, one.sort.words, "、".join(one.choices), "是" if one.required else "", "是" if one.private else ""]
        for one in form.fields
    ]


def field_lines(rows: Sequence[Sequence[str]]) -> tuple[tuple[str, str, str, bool, bool], ...]:
    """The rows of the table as the action wants them. Raises NotAllowed for a kind that there is not."""
    by_words = {one.words: one.value for one in FieldSort}
    lines = []
    for title, sort, choices, required, private in rows:
        if not title.strip():
            continue
        wanted = by_words.get(sort.strip() or FieldSort.TEXT.words)
        if wanted is None:
            raise NotAllowed(f"“{title}”的种类写的是“{sort}”。", f"可写：{'、'.join(by_words)}。")
        lines.append((title.strip(), wanted, choices, required.strip() in _YES, private.strip() in _YES))
    return tuple(lines)


_YES = frozenset({"是", "√", "✓", "1", "y", "Y"})


class FormDialog(FieldsDialog):
    """Asks for the name and the fields of a register, adapted in place or copied."""

    def __init__(self, form: RegisterTemplate, parent: QWidget | None = None, *, copy: bool) -> None:
        super().__init__(
            f"{'复制成新台账' if copy else '调整栏目'}：{form.title}",
            parent,
            accept="保存",
            explain=f"种类可写：{'、'.join(one.words for one in FieldSort)}。"
            "删去栏目时，已经登记的内容仍留在原来的记录里。",
            asks=(
                Ask("title", "台账名称(&M)", required=True, value="" if copy else form.title),
                Ask("fields", "栏目(&L)", "rows", True, heads=FIELD_HEADS, value=field_rows(form)),
            ),
            width=860,
        )
