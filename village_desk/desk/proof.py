"""核验: whether a sheet, a saved PDF or a check code is what this file printed, and whether the file is whole."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from village_desk.kit.errors import FileTrouble, NotAllowed
from village_desk.kit.text import chinese_date
from village_desk.meetings.lookups import one_meeting, printed_meeting
from village_desk.notices.lookups import NoticeDetail, all_notices, one_notice, printed_as
from village_desk.store.acts import act, check_code, read_checkpoint
from village_desk.store.file import VillageFile
from village_desk.store.journal.tables import OPERATION

CODE_DIGITS = 30
ADVICE = "请先不要继续录入，用最近的备份恢复后再核对一次。"
# However a PDF reader separates the groups of the code.
_CODE = re.compile(r"(?<!\d)\d(?:\s{0,2}\d){29}(?!\d)")


class NoCode(NotAllowed):
    """What was typed is neither a PDF nor a check code of 30 digits."""


@dataclass(frozen=True)
class SheetAnswer:
    """What became of a sheet: whether it is the file's own, the sentence that says so, and the facts behind it."""

    matches: bool
    sentence: str
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class FileAnswer:
    """What became of the file itself: the number of operations, what is wrong, and the sentence that says so."""

    operations: int
    findings: tuple[str, ...]
    sentence: str


def check_file(file: VillageFile) -> FileAnswer:
    """Every page, operation, row and attachment against each other."""
    findings = tuple(file.verify())
    if findings:
        return FileAnswer(file.position, findings, f"“{file.village_name}”核对出{len(findings)}处不对：")
    sound = f"“{file.village_name}”核对无误：记录{file.position}条，前后相连；各表与记录一致；材料完好。"
    return FileAnswer(file.position, (), sound)


def check_sheet(session: Session, sheet: str) -> SheetAnswer:
    """A PDF by its file name, or the digits or the QR text printed under a sheet.

    Raises FileTrouble when the PDF cannot be read, NoCode when there are not 30 digits.
    """
    path = Path(sheet)
    if path.suffix.lower() == ".pdf" or _is_file(path):
        return check_pdf(session, path)
    notice = _sealed(session, _code(sheet))
    if notice is None:
        return SheetAnswer(
            False, "档案里没有用过这个核对码。请对照纸面逐组核对；输入无误的，这张纸不是从这份档案印出来的。"
        )
    return _match(session, notice, "核对码一致")


def check_pdf(session: Session, path: Path) -> SheetAnswer:
    """A saved PDF, byte by byte, against what was printed. Raises FileTrouble when it cannot be read."""
    try:
        content = path.read_bytes()
    except OSError as reason:
        raise FileTrouble(f"读不到“{path}”。", "请核对文件名。") from reason
    if not content.startswith(b"%PDF-"):
        raise FileTrouble(f"“{path.name}”不是PDF文件。", "请换成打印时存下的PDF，或直接写纸上的核对码。")
    digest = hashlib.sha256(content).hexdigest()
    printed = printed_as(session, digest)
    if printed:
        return _match(session, one_notice(session, printed, on=act(session).today), "文件与打印时一字不差")
    meeting_id, corrections = printed_meeting(session, digest)
    if meeting_id:
        return _minutes(session, meeting_id, corrections)
    code = _CODE.search(_text_of(content))
    notice = _sealed(session, _digits(code[0])) if code is not None else None
    if notice is None:
        return SheetAnswer(False, f"“{path.name}”不是从这份档案印出来的，档案里没有这样一张。", {"notice": ""})
    words = (
        f"“{path.name}”印着《{notice.row.title}》的核对码，但和打印时的文件不一样，可能被改过。"
        "请以档案里重新打印的一张为准。"
    )
    return SheetAnswer(False, words, {"notice": notice.row.id})


def _match(session: Session, notice: NoticeDetail, how: str) -> SheetAnswer:
    row = notice.row
    facts = {"notice": row.id, "title": row.title, "number": row.number, "dated_on": row.dated_on}
    if not _in_chain(session, notice.paper.code_text):
        words = f"《{row.title}》的核对码在记录链里对不上，档案可能被换过，请用最近的备份核对。"
        return SheetAnswer(False, words, facts)
    day = f"，{chinese_date(row.dated_on)}" if row.dated_on else ""
    return SheetAnswer(True, f"{how}：这是《{row.title}》（{row.number}{day}）。", facts)


def _minutes(session: Session, meeting_id: str, corrections: int) -> SheetAnswer:
    detail = one_meeting(session, meeting_id)
    later = len(detail.corrections) - corrections
    day = f"（{chinese_date(detail.row.held_on)}）" if detail.row.held_on else ""
    words = f"文件与打印时一字不差：这是“{detail.row.title}”{day}的会议记录。"
    more = f"打印以后又登记了{later}条更正，请和更正单一起看。" if later else "打印以后没有登记过更正。"
    facts = {"meeting": meeting_id, "title": detail.row.title, "later_corrections": later}
    return SheetAnswer(True, words + more, facts)


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:
        # Digits that are too long for a file name.
        return False


def _code(text: str) -> str:
    checkpoint = read_checkpoint(text)
    if checkpoint is not None:
        return _digits(check_code(checkpoint[2]))
    digits = _digits(text)
    if len(digits) != CODE_DIGITS:
        raise NoCode(f"核对码是{CODE_DIGITS}位数字，“{text}”里有{len(digits)}位；", "要核对PDF，请写PDF的文件名。")
    return digits


def _digits(text: str) -> str:
    return "".join(str(int(sign)) for sign in text if sign.isdecimal())


def _sealed(session: Session, code: str) -> NoticeDetail | None:
    today = act(session).today
    for row in all_notices(session, on=today):
        found = one_notice(session, row.id, on=today)
        if found.paper.code and _digits(found.paper.code) == code:
            return found
    return None


def _in_chain(session: Session, sealed: str) -> bool:
    """Whether the public chain of the laptop that sealed the sheet still stands at that head at that number."""
    checkpoint = read_checkpoint(sealed)
    if checkpoint is None:
        return False
    device, number, head = checkpoint
    statement = select(OPERATION.c.device, OPERATION.c.public_head).where(OPERATION.c.public_no == number)
    return any(maker.startswith(device) and found == head for maker, found in session.execute(statement))


def _text_of(content: bytes) -> str:
    import pypdfium2

    from village_desk.paper.text import plain_text

    try:
        return plain_text(content)
    except pypdfium2.PdfiumError:
        return ""
