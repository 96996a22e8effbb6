"""Every sheet that can be printed, by the name under which the command line and the demo ask for it."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.orm import Session

from village_desk.kit.errors import NotAllowed, NotFound
from village_desk.kit.text import half_width
from village_desk.notices import printout as notice_sheets
from village_desk.notices.actions import record_print
from village_desk.notices.lookups import NoticeRow, all_notices, one_notice
from village_desk.notices.printout import Purpose
from village_desk.notices.rules.life import NoticeState
from village_desk.store.acts import act
from village_desk.store.file import VillageFile
from village_desk.store.files import write_whole


@dataclass(frozen=True)
class Made:
    """A finished sheet; `notice_id` and `purpose` are set for one that is kept as printed."""

    pdf: bytes
    title: str
    notice_id: str = ""
    purpose: Purpose = Purpose.FILE


@dataclass(frozen=True)
class Print:
    """One kind of sheet: what it is called, what names the one that is meant, and what makes it."""

    name: str
    words: str
    number: str
    make: Callable[[Session, str], Made]


def _notice(purpose: Purpose) -> Callable[[Session, str], Made]:
    def make(session: Session, number: str) -> Made:
        row = notice_numbered(session, number)
        detail = one_notice(session, row.id, on=act(session).today)
        kept = row.id if row.state is NoticeState.PUBLISHED else ""
        return Made(notice_sheets.notice(detail.paper, purpose), row.title, kept, purpose)

    return make


def _review_form(session: Session, number: str) -> Made:
    row = notice_numbered(session, number)
    detail = one_notice(session, row.id, on=act(session).today)
    return Made(notice_sheets.review_form(detail), f"{row.title}审核表")


PRINTS = (
    Print("notice", "公开公示的张贴件", "文号或标题", _notice(Purpose.WALL)),
    Print("notice-file", "公开公示的存档件", "文号或标题", _notice(Purpose.FILE)),
    Print("review-form", "村务监督委员会的审核表", "文号或标题", _review_form),
)


def print_sheet(file: VillageFile, what: str, number: str, out: Path) -> Made:
    """Make a sheet, write it to `out`, and keep a published notice as it was printed.

    Raises NotFound for an unknown sheet or number, NotAllowed when a character has no glyph, FileTrouble for the disk.
    """
    wanted = next((one for one in PRINTS if one.name == what), None)
    if wanted is None:
        raise NotFound(f"没有“{what}”这种打印件。", f"能打印的有：{'、'.join(one.name for one in PRINTS)}。")
    if wanted.number and not number:
        raise NotAllowed(f"打印{wanted.words}要写明{wanted.number}。", "例如 3，或标题里的几个字。")
    with file.reading() as session:
        made = wanted.make(session, number)
    write_whole(out, made.pdf)
    if made.notice_id:
        stored = file.blobs.put(made.pdf)
        with file.writing("notices.record_print") as session:
            record_print(
                session,
                notice_id=made.notice_id,
                pdf_hash=stored,
                pages=notice_sheets.pages_of(made.pdf),
                purpose=made.purpose,
            )
    return made


def notice_numbered(session: Session, number: str) -> NoticeRow:
    """The notice of this number (东河村委〔2026〕3号, 2026-3, or 3 in the newest year), id, or words of its title.

    Raises NotFound, and NotAllowed when several fit.
    """
    rows = all_notices(session, on=act(session).today)
    figures = re.findall(r"\d+", half_width(number))
    exact = [row for row in rows if number in (row.id, row.number, row.title)]
    numbered = [row for row in rows if figures and re.findall(r"\d+", row.number)[-len(figures) :] == figures]
    titled = [row for row in rows if number in row.title]
    found = exact or numbered or titled
    if not found:
        raise NotFound(f"没有文号或标题是“{number}”的公开内容。", "请核对文号，例如〔2026〕3号。")
    newest = max(row.dated_on.year if row.dated_on else 0 for row in found)
    latest = [row for row in found if (row.dated_on.year if row.dated_on else 0) == newest]
    if len(latest) > 1:
        listed = "、".join(row.number or row.title for row in latest[:5])
        raise NotAllowed(f"“{number}”对得上{len(latest)}张：{listed}。", "请写完整的文号或标题。")
    return latest[0]
