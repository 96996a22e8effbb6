"""Everything that a meeting has on paper in one PDF: a list of contents with pages, then the sheets."""

from collections.abc import Sequence

from village_desk.kit.text import chinese_date_weekday
from village_desk.meetings.lookups import MeetingDetail
from village_desk.meetings.printout.minutes import corrections_sheet, minutes_sheet
from village_desk.meetings.printout.signing import call, sign_in
from village_desk.meetings.printout.voting import tally_sheet
from village_desk.meetings.printout.words import NOT_REGISTERED, code_words
from village_desk.meetings.rules import MotionKind
from village_desk.paper import FORM, Align, Block, Column, Grid, Para, Photo, Sheet, bind


def dossier(detail: MeetingDetail, photos: Sequence[tuple[str, bytes]] = ()) -> bytes:
    """The meeting's papers and photos with a list of contents. Raises NotAllowed for a missing glyph."""
    row = detail.row
    held = chinese_date_weekday(row.held_on) if row.held_on else NOT_REGISTERED
    about = (f"会议：{row.title}", f"时间：{held}　　地点：{row.place or NOT_REGISTERED}")
    sheets = [*dossier_sheets(detail), *photo_sheets(row.title, photos)]
    return bound("会议材料目录", about, (row.body_words, code_words(row)), sheets, f"{row.title}材料")


def bound(name: str, about: Sequence[str], head: tuple[str, str], sheets: Sequence[Sheet], subject: str) -> bytes:
    """Sheets behind a list of contents, in one PDF with pages counted through; `about` are lines below the name."""
    contents = _contents(name, about, head, [(sheet.subject or sheet.title, 1, 1) for sheet in sheets], subject)
    rows, at = [], contents.page_count + 1
    for sheet in sheets:
        pages = sheet.page_count
        rows.append(((sheet.subject or sheet.title).replace("\n", ""), at, pages))
        at += pages
    return bind([_contents(name, about, head, rows, subject), *sheets], subject, through=True)


def photo_sheets(name: str, photos: Sequence[tuple[str, bytes]]) -> list[Sheet]:
    """The photos, two on a page with their captions; none without photos."""
    if not photos:
        return []
    blocks: list[Block] = [Photo(content, caption) for caption, content in photos]
    return [Sheet("照片和扫描件", blocks, frame=FORM, subject=f"{name}照片和扫描件")]


def dossier_sheets(detail: MeetingDetail) -> list[Sheet]:
    """The sheets of a meeting in the order of the file: call, sign-in, tallies, minutes, corrections."""
    sheets = [call(detail), sign_in(detail)]
    sheets += [tally_sheet(detail, motion) for motion in detail.motions if motion.kind is MotionKind.VOTE]
    sheets.append(minutes_sheet(detail))
    if detail.corrections:
        sheets.append(corrections_sheet(detail))
    return sheets


def pages_of(pdf: bytes) -> int:
    """How many pages a finished PDF has."""
    from village_desk.paper.preview import Preview

    preview = Preview(pdf)
    try:
        return len(preview)
    finally:
        preview.close()


def _contents(
    name: str, about: Sequence[str], head: tuple[str, str], rows: Sequence[tuple[str, int, int]], subject: str
) -> Sheet:
    blocks: list[Block] = [Para(words, indent=0, keep=True, where=name) for words in about]
    blocks.append(
        Grid(
            [
                Column("序号", 14, Align.CENTRE),
                Column("材料"),
                Column("页数", 22, Align.CENTRE),
                Column("起始页", 26, Align.CENTRE),
            ],
            [[str(no), words, str(count), str(page)] for no, (words, page, count) in enumerate(rows, start=1)],
        )
    )
    return Sheet(name, blocks, frame=FORM, head=head, subject=f"{subject}目录")
