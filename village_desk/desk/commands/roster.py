"""`import-people`: a roster workbook, row by row and cell by cell, previewed or taken in."""

import tomllib
from argparse import Namespace
from pathlib import Path
from typing import Any, NamedTuple

from village_desk.desk.commands.answer import Answer
from village_desk.desk.commands.opening import opened
from village_desk.kit.errors import FileTrouble, NotAllowed
from village_desk.people.actions import import_roster, preview_roster, read_roster
from village_desk.people.rules.roster import FIELD_WORDS, Cell, CellState, Field, Preview, PreviewRow, RowState

_TOLD = {CellState.CHANGED, CellState.LEFT_OUT, CellState.REFUSED}


class RosterMap(NamedTuple):
    """The clerk's choices for a workbook: sheets, columns as (letter, field), numbers kept as (address, reason)."""

    sheets: tuple[str, ...] = ()
    columns: tuple[tuple[str, str], ...] = ()
    kept: tuple[tuple[str, str], ...] = ()


def import_people(options: Namespace, answer: Answer) -> None:
    """Preview a roster and, without --dry-run, take in every row that is not refused as one step."""
    chosen = read_map(Path(options.map)) if options.map else RosterMap()
    with opened(options, writing=not options.dry_run, of_village=True) as file:
        roster = read_roster(
            Path(options.roster), today=file.today, sheets=chosen.sheets, mapping=chosen.columns, kept=chosen.kept
        )
        with file.reading() as session:
            preview = preview_roster(session, roster)
        _tell(preview, answer)
        if options.dry_run:
            answer.say("这是预览，没有写入。去掉 --dry-run 就导入。")
            return
        with file.writing("people.import_roster") as session:
            done = import_roster(session, roster=roster)
        answer.put(done=done)
        answer.say(f"导入好了：{done.sentence}")


def read_map(path: Path) -> RosterMap:
    """Read MAP.toml: `sheets = ["花名册"]`, [columns] with C = "姓名", [kept] with H37 = "the reason".

    Raises FileTrouble when it cannot be read and NotAllowed when a column is given an unknown field.
    """
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as reason:
        raise FileTrouble(f"读不到对照文件“{path}”。", "请核对 --map 后面的文件名。") from reason
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as reason:
        raise FileTrouble(
            f"对照文件“{path.name}”写得不对，读不出来。", '请写成UTF-8的TOML文件，例如 C = "姓名"。'
        ) from reason
    for name in found:
        if name not in {"sheets", "columns", "kept"}:
            raise NotAllowed(f"对照文件里不认识“{name}”。", "只能写 sheets、[columns] 和 [kept]。")
    columns = tuple((letter, _field(letter, word)) for letter, word in _pairs(found, "columns"))
    sheets = found.get("sheets", [])
    if not isinstance(sheets, list):
        raise NotAllowed("对照文件里的 sheets 要写成列表。", '例如 sheets = ["花名册"]。')
    return RosterMap(tuple(str(one) for one in sheets), columns, _pairs(found, "kept"))


def _pairs(found: dict[str, Any], name: str) -> tuple[tuple[str, str], ...]:
    part = found.get(name, {})
    if not isinstance(part, dict):
        raise NotAllowed(f"对照文件里的“{name}”要单独写成一段。", f"例如先写一行 [{name}]，再一行一项。")
    return tuple((str(key).upper(), str(value)) for key, value in part.items())


def _field(letter: str, word: str) -> str:
    for field, words in FIELD_WORDS.items():
        if word in (field.value, words):
            return field.value
    if word in ("", "不用"):
        return ""
    raise NotAllowed(
        f"对照文件里{letter}列写的“{word}”不认识。", f"能写的有：{'、'.join(FIELD_WORDS.values())}、不用。"
    )


def _tell(preview: Preview, answer: Answer) -> None:
    answer.put(
        source=preview.source,
        counts={state.value: count for state, count in preview.counts.items()},
        new_households=preview.new_households,
        columns=[
            {"letter": one.letter, "head": one.head, "field": one.field, "by_content": one.by_content}
            for one in preview.columns
        ],
        rows=[_row(one) for one in preview.rows],
        skipped=preview.skipped,
        notes=preview.notes,
    )
    answer.say(preview.sentence)
    for note in preview.notes:
        answer.say(note)
    for row in preview.rows:
        if row.state is RowState.REFUSED:
            answer.say(f"{_place(row)}不能导入：{_reasons(row)}")
    for row in preview.rows:
        if row.state is RowState.REFUSED:
            continue
        for cell in row.cells:
            if cell.state is CellState.LEFT_OUT:
                answer.say(f"{_place(row)}{cell.address}这一格不采用：{cell.reason}")
            if cell.state is CellState.CHANGED:
                words = FIELD_WORDS[cell.field]
                answer.say(f"{_place(row)}{cell.address}{words}由“{cell.old or '未登记'}”改为“{cell.value}”。")
    for one in preview.skipped:
        answer.say(f"第{one.row}行不是人员，没有读：{one.reason}")


def _place(row: PreviewRow) -> str:
    return f"第{row.row}行{row.name}，" if row.name else f"第{row.row}行，"


def _reasons(row: PreviewRow) -> str:
    cells = [f"{cell.address}“{cell.typed}”{cell.reason}" for cell in row.cells if cell.state is CellState.REFUSED]
    return "；".join(cells) or row.reason


def _row(row: PreviewRow) -> dict[str, Any]:
    return {
        "sheet": row.sheet,
        "row": row.row,
        "name": row.name,
        "state": row.state,
        "reason": row.reason,
        "cells": [_cell(cell) for cell in row.cells if cell.state in _TOLD],
    }


def _cell(cell: Cell) -> dict[str, Any]:
    return {
        "cell": cell.address,
        "field": Field(cell.field),
        "typed": cell.typed,
        "value": cell.value,
        "old": cell.old,
        "state": cell.state,
        "reason": cell.reason,
    }
