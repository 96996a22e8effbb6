"""`verify`: a file against its own journal, and a printed sheet or its code against the file."""

import hashlib
import re
from argparse import Namespace
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from village_desk.desk.commands.answer import Answer, WrongCall
from village_desk.desk.commands.opening import opened
from village_desk.kit.errors import FileTrouble
from village_desk.kit.text import chinese_date
from village_desk.meetings.lookups import one_meeting, printed_meeting
from village_desk.notices.lookups import NoticeDetail, all_notices, one_notice, printed_as
from village_desk.store.acts import act, check_code, read_checkpoint
from village_desk.store.file import VillageFile
from village_desk.store.journal.tables import OPERATION

CODE_DIGITS = 30
# However a PDF reader separates the groups of the code.
_CODE = re.compile(r"(?<!\d)\d(?:\s{0,2}\d){29}(?!\d)")


def verify(options: Namespace, answer: Answer) -> None:
    """The whole file, or a printed PDF or check code against it; what is wrong is told and ends with 1."""
    with opened(options) as file:
        if options.sheet:
            _verify_sheet(file, options.sheet, answer)
        _verify_file(file, answer)


def _verify_file(file: VillageFile, answer: Answer) -> None:
    findings = file.verify()
    answer.put(operations=file.position, findings=findings)
    if not findings:
        answer.say(f"“{file.village_name}”核对无误：记录{file.position}条，前后相连；各表与记录一致；材料完好。")
        return
    answer.found_wrong(f"“{file.village_name}”核对出{len(findings)}处不对：")
    for finding in findings:
        answer.say(finding)
    answer.say("请先不要继续录入，用最近的备份恢复后再核对一次。")


def _verify_sheet(file: VillageFile, sheet: str, answer: Answer) -> None:
    with file.reading() as session:
        path = Path(sheet)
        if path.suffix.lower() == ".pdf" or path.is_file():
            _verify_pdf(session, path, answer)
            return
        notice = _sealed(session, _code(sheet))
        if notice is None:
            answer.put(sheet={"matches": False})
            answer.found_wrong(
                "档案里没有用过这个核对码。请对照纸面逐组核对；输入无误的，这张纸不是从这份档案印出来的。"
            )
            return
        _tell_match(session, notice, answer, "核对码一致")


def _verify_pdf(session: Session, path: Path, answer: Answer) -> None:
    try:
        content = path.read_bytes()
    except OSError as reason:
        raise FileTrouble(f"读不到“{path}”。", "请核对文件名。") from reason
    if not content.startswith(b"%PDF-"):
        raise FileTrouble(f"“{path.name}”不是PDF文件。", "请换成打印时存下的PDF，或直接写纸上的核对码。")
    printed = printed_as(session, hashlib.sha256(content).hexdigest())
    if printed:
        _tell_match(session, one_notice(session, printed, on=act(session).today), answer, "文件与打印时一字不差")
        return
    meeting_id, corrections = printed_meeting(session, hashlib.sha256(content).hexdigest())
    if meeting_id:
        _tell_minutes(session, meeting_id, corrections, answer)
        return
    code = _CODE.search(_text_of(content))
    notice = _sealed(session, _digits(code[0])) if code is not None else None
    answer.put(sheet={"matches": False, "notice": notice.row.id if notice is not None else ""})
    if notice is None:
        answer.found_wrong(f"“{path.name}”不是从这份档案印出来的，档案里没有这样一张。")
    else:
        answer.found_wrong(
            f"“{path.name}”印着《{notice.row.title}》的核对码，但和打印时的文件不一样，可能被改过。"
            "请以档案里重新打印的一张为准。"
        )


def _tell_match(session: Session, notice: NoticeDetail, answer: Answer, how: str) -> None:
    row = notice.row
    chained = _in_chain(session, notice.paper.code_text)
    answer.put(
        sheet={"matches": chained, "notice": row.id, "title": row.title, "number": row.number, "dated_on": row.dated_on}
    )
    if not chained:
        answer.found_wrong(f"《{row.title}》的核对码在记录链里对不上，档案可能被换过，请用最近的备份核对。")
        return
    day = f"，{chinese_date(row.dated_on)}" if row.dated_on else ""
    answer.say(f"{how}：这是《{row.title}》（{row.number}{day}）。")


def _tell_minutes(session: Session, meeting_id: str, corrections: int, answer: Answer) -> None:
    detail = one_meeting(session, meeting_id)
    later = len(detail.corrections) - corrections
    answer.put(sheet={"matches": True, "meeting": meeting_id, "title": detail.row.title, "later_corrections": later})
    day = f"（{chinese_date(detail.row.held_on)}）" if detail.row.held_on else ""
    words = f"文件与打印时一字不差：这是“{detail.row.title}”{day}的会议记录。"
    more = f"打印以后又登记了{later}条更正，请和更正单一起看。" if later else "打印以后没有登记过更正。"
    answer.say(words + more)


def _code(text: str) -> str:
    checkpoint = read_checkpoint(text)
    if checkpoint is not None:
        return _digits(check_code(checkpoint[2]))
    digits = _digits(text)
    if len(digits) != CODE_DIGITS:
        raise WrongCall(f"核对码是{CODE_DIGITS}位数字，“{text}”里有{len(digits)}位；要核对PDF，请写PDF的文件名。")
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
