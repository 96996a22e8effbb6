"""Packs that move something here: a county's catalogue from its workbook, and holidays that move open deadlines."""

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.orm import Session

from village_desk.kit.errors import NotAllowed
from village_desk.kit.ids import same_id
from village_desk.kit.text import tidy
from village_desk.notices.lookups import COUNTY_PACK
from village_desk.notices.lookups.deadlines import open_deadlines
from village_desk.notices.records import DeadlineMove
from village_desk.notices.rules.overlay import Laid, lay_over
from village_desk.notices.rules.reading import Reading, read_catalogue
from village_desk.people.actions.roster_reading import open_workbook
from village_desk.rulebook.actions import drop_pack, install_pack
from village_desk.rulebook.rules import Rulebook, shipped_packs
from village_desk.store.acts import act

Files = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Move:
    """One open deadline that moved: what it is, its record, the day before and the day after."""

    what: str
    record_id: str
    was_on: dt.date
    now_on: dt.date


@dataclass(frozen=True)
class Installed:
    """A pack that was installed and the deadlines that it moved."""

    pack_id: str
    moves: tuple[Move, ...]


@dataclass(frozen=True)
class Imported:
    """A catalogue that was taken in: the pack's id, how many items it has, how many of them the shipped list had too.

    `stricter` are sentences on items whose shipped limit asks for more and holds.
    """

    pack_id: str
    items: int
    shared: int
    stricter: tuple[str, ...]


def install_and_list_moves(session: Session, *, files: Files) -> Installed:
    """Install a pack given as pairs of file name and text, and list the open deadlines that it moves.

    Raises PackError when the pack is wrong and NotAllowed as install_pack does; then nothing is taken.
    """
    today = act(session).today
    before = open_deadlines(session, on=today)
    pack_id = install_pack(session, files=files)
    after = open_deadlines(session, on=today)
    moves = tuple(
        Move(before[key][0], key, before[key][1], day)
        for key, (_, day) in after.items()
        if key in before and before[key][1] != day
    )
    moves = tuple(sorted(moves, key=lambda move: (move.now_on, move.what)))
    if moves:
        session.add(
            DeadlineMove(
                id=same_id("deadline_move", pack_id),
                pack=pack_id,
                moved_on=today,
                moves=tuple((m.what, m.record_id, m.was_on.isoformat(), m.now_on.isoformat()) for m in moves),
            )
        )
        session.flush()
    return Installed(pack_id, moves)


def look_at_catalogue(path: Path, answers: tuple[tuple[int, str], ...] = ()) -> Reading:
    """What a county's workbook says, before it is taken in. Raises FileTrouble, NotAllowed for what is no table."""
    sheet = open_workbook(path)[0]
    filled = [[_text(cell) for cell in row] for row in sheet.rows]
    for top, left, bottom, right in sheet.merged:
        # A heading merged over several rows stands for each of them.
        if right == left and top < len(filled) and left < len(filled[top]):
            for row in range(top + 1, min(bottom + 1, len(filled))):
                filled[row][left] = filled[top][left]
    return read_catalogue(filled, dict(answers))


def import_catalogue(
    session: Session,
    *,
    path: str,
    title: str,
    version: str = "",
    answers: tuple[tuple[int, str], ...] = (),
) -> Imported:
    """Lay a county's catalogue from its workbook over the shipped one; a later version takes the place of an earlier.

    `answers` are limits for rows whose own nobody can read. What both lists have holds once, by the stricter limit;
    what only the shipped one has stays, as the law asks for it whatever the county's list says. Raises NotAllowed
    naming the cell, and nothing is taken.
    """
    reading = look_at_catalogue(Path(path), answers)
    if reading.troubles:
        more = f"共有{len(reading.troubles)}处要改。" if len(reading.troubles) > 1 else ""
        raise NotAllowed(f"这份目录不能导入：{reading.troubles[0]}{more}", "请改好表格再导入，原来的目录照旧使用。")
    if reading.questions:
        row, words = reading.questions[0]
        raise NotAllowed(
            f"第{row}行的公开时限“{words}”看不懂，共有{len(reading.questions)}行要问。",
            "请逐行选好是每季度、每年还是发生后几天，再导入。",
        )
    now = act(session)
    laid = lay_over(reading.items, Rulebook(shipped_packs(), now.village).catalogue(now.today))
    files = (
        ("catalogue.toml", "\n".join(_row(one) for one in laid)),
        ("pack.toml", _head(tidy(title) or "县公开目录", version or now.today.isoformat(), now.today)),
    )
    told = tuple(f"{one.item.name}：{one.told}" for one in laid if one.told)
    return Imported(install_pack(session, files=files), len(laid), sum(one.same is not None for one in laid), told)


def drop_catalogue(session: Session) -> int:
    """Take a county's catalogue back in all its versions; the shipped list holds again, and what hung stays on record.

    Returns how many versions were taken back. Raises NotFound when there is none.
    """
    return drop_pack(session, issuer=COUNTY_PACK[0], pack=COUNTY_PACK[1])


def _head(title: str, version: str, today: dt.date) -> str:
    issuer, pack = map(_quoted, COUNTY_PACK)
    return (
        f"issuer = {issuer}\npack = {pack}\ntitle = {_quoted(title)}\nversion = {_quoted(version)}\n"
        f'law_version = {_quoted(title)}\nregion = "local"\nvalid_from = {today.year}-01-01\n'
    )


def _row(laid: Laid) -> str:
    """One item as TOML; the same as a shipped one it keeps that one's code, its event and what must be covered."""
    item, limit, same = laid.item, laid.limit, laid.same
    posting = "finance" if item.column == "finance" else "affairs"
    lines = [
        "[[item]]",
        f"code = {_quoted(same.code if same else f'X{item.number or item.row}')}",
        f"column = {_quoted(item.column)}",
        f"heading = {_quoted(item.heading)}",
        f"name = {_quoted(item.name)}",
        f"cycle = {_quoted(limit.cycle.value)}",
        f"legal_ref = {_quoted(item.basis or (same.legal_ref if same else '县公开目录'))}",
        'standing = "local_rule"',
        f"issuer = {_quoted(item.issuer)}",
        f"posting = {_quoted(same.posting if same else posting)}",
        f"due_day = {limit.due_day}",
        f"due_month = {limit.due_month}",
        f"within_days = {limit.within_days}",
        f"working_days = {'true' if limit.working_days else 'false'}",
        "mandatory = true",
        f"channel = {_quoted(item.channel or '村务公开栏')}",
        f"ask = {_quoted('' if laid.told else item.limit_text)}",
        f"source_note = {_quoted(laid.told)}",
    ]
    if same is not None:
        lines += [
            f"sort = {_quoted(same.sort.value)}",
            f"trigger = {_quoted(same.trigger.value)}",
            f"sensitive = {'true' if same.sensitive else 'false'}",
            f"masks = [{', '.join(map(_quoted, same.masks))}]",
        ]
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    plain = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ").replace("\t", " ")
    return f'"{plain}"'


def _text(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value)
