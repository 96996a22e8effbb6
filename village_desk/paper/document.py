"""Sheets into PDF bytes: the same sheet always gives the same bytes, with every font embedded and all text readable."""

import io
import threading
from collections.abc import Sequence
from dataclasses import dataclass, replace

from village_desk.kit.memory import collector_at_rest
from village_desk.kit.private import covered
from village_desk.paper.blocks import HeadLine, Issuers, SignLine, Title
from village_desk.paper.fonts import Role, face, refuse
from village_desk.paper.foot import Foot
from village_desk.paper.marks import Mark
from village_desk.paper.pages import (
    MM,
    OFFICIAL,
    Block,
    Frame,
    Numbering,
    Pen,
    PlacedStrip,
    Strip,
    Typesetter,
    fill_pages,
)

# A font belongs to one document at a time while that is written.
_writing = threading.Lock()

_NUMBER_SIZE = 14.0  # 4号
_FOOT_SIZE = 10.5
_BELOW_TEXT = 7 * MM  # the dash of the page number below the text (GB/T 9704-2012, 7.5)


@dataclass(frozen=True)
class Sheet:
    """One printed thing with pages of its own: a notice, a form, a list.

    `head` stands below the title, at the left and at the right; `foot` at the left of every page's foot; `mark` at the
    foot of the last page. `subject` is the title in the file's properties where it differs from the printed one.
    Identity numbers and bank cards are covered wherever they stand, unless `whole_numbers` says that they must be seen.
    """

    title: str
    blocks: Sequence[Block]
    frame: Frame = OFFICIAL
    head: tuple[str, str] = ("", "")
    foot: str = ""
    mark: Mark | None = None
    subject: str = ""
    whole_numbers: bool = False

    def pdf(self) -> bytes:
        """The sheet as a PDF. Raises NotAllowed when a character has no glyph, naming it and its place."""
        return bind([self])

    @property
    def page_count(self) -> int:
        """How many pages it will have, by laying it out without writing it."""
        with _writing:
            return len(_lay_out(self).pages)


@dataclass(frozen=True)
class _Pages:
    sheet: Sheet
    setter: Typesetter
    pages: list[list[PlacedStrip]]


def bind(sheets: Sequence[Sheet], subject: str = "", *, through: bool = False) -> bytes:
    """Several sheets in one PDF, each with its own page numbers, or with pages counted `through` all of them.

    Raises NotAllowed when a character has no glyph, naming it and its place; then nothing is written.
    """
    if not sheets:
        raise ValueError("no sheet to print")
    with _writing, collector_at_rest():
        laid_out = [_lay_out(sheet) for sheet in sheets]
        refuse(missing for pages in laid_out for missing in pages.setter.missing)
        return _write(laid_out, subject or sheets[0].subject or sheets[0].title, through=through)


def _lay_out(sheet: Sheet) -> _Pages:
    setter = Typesetter(sheet.frame, sheet.whole_numbers)
    blocks = list(sheet.blocks)
    if any(sheet.head):
        blocks.insert(0, HeadLine(*sheet.head))
    if sheet.title:
        blocks.insert(0, Title(sheet.title, space_after=0.4 if any(sheet.head) else 1.0))
    strips: list[Strip] = []
    for block in blocks:
        if isinstance(block, Issuers | SignLine):
            # Issuer and date never stand alone on a page (7.3.5.5).
            _hold(strips, 2)
        elif isinstance(block, Foot) and block.blocks:
            strips[-1:] = [replace(strip, keep=True) for strip in strips[-1:]]
        strips += block.strips(setter)
    depth = sheet.frame.depth
    if sheet.foot:
        setter.line(sheet.foot, Role.SONG, _FOOT_SIZE)
    pages = fill_pages(strips, depth)
    return _Pages(sheet, setter, pages)


def _hold(strips: list[Strip], last: int) -> None:
    """The `last` strips with words hold on to what follows, across the white between them."""
    at = len(strips)
    while at and last and not strips[at - 1].new_page:
        at -= 1
        last -= not strips[at].blank
        strips[at] = replace(strips[at], keep=True)


def _write(laid_out: Sequence[_Pages], subject: str, *, through: bool = False) -> bytes:
    from reportlab import rl_config
    from reportlab.pdfgen.canvas import Canvas

    # Plain bytes instead of letters for old mail: a fifth smaller.
    rl_config.useA85 = 0
    first = laid_out[0].sheet.frame
    buffer = io.BytesIO()
    canvas = Canvas(
        buffer,
        pagesize=(first.width * MM, first.height * MM),
        pageCompression=1,
        invariant=1,
        # Otherwise Helvetica, which is not embedded, is listed in every file.
        initialFontName=face("figures.ttf").name,
        lang="zh-CN",
    )
    canvas.setTitle(covered(subject.replace("\n", "")))
    canvas.setAuthor("")
    canvas.setSubject("")
    canvas.setCreator("Village Desk")
    canvas.setProducer("Village Desk")
    pen = Pen(canvas)
    before, whole = 0, sum(len(pages.pages) for pages in laid_out)
    for pages in laid_out:
        for number, page in enumerate(pages.pages, 1):
            canvas.setPageSize((pages.sheet.frame.width * MM, pages.sheet.frame.height * MM))
            _draw_page(pen, pages, page, number, (before + number, whole) if through else None)
            canvas.showPage()
        before += len(pages.pages)
    canvas.save()
    return buffer.getvalue()


def _draw_page(
    pen: Pen, pages: _Pages, page: Sequence[PlacedStrip], number: int, through: tuple[int, int] | None
) -> None:
    frame, total = pages.sheet.frame, len(pages.pages)
    left, top = frame.left * MM, (frame.height - frame.top) * MM
    for placed in page:
        placed.strip.draw(pen, left, top - placed.offset)
    _draw_foot(pen, pages, number, total, through or (number, total))
    if pages.sheet.mark and number == total:
        mark = pages.sheet.mark
        even = frame.numbering is Numbering.OFFICIAL and number % 2 == 0
        x = left + frame.measure - mark.width(pages.setter) if even else left
        mark.draw(pages.setter, pen, x, max(frame.bottom * MM - 3 * MM, mark.height + 5 * MM))


def _draw_foot(pen: Pen, pages: _Pages, number: int, total: int, said: tuple[int, int]) -> None:
    frame, setter = pages.sheet.frame, pages.setter
    left, right = frame.left * MM, (frame.width - frame.right) * MM
    if frame.numbering is Numbering.OFFICIAL:
        line = setter.line(f"— {said[0]} —", Role.SONG, _NUMBER_SIZE)
        y = frame.bottom * MM - _BELOW_TEXT - _NUMBER_SIZE * 0.35
        if line:
            one = _NUMBER_SIZE
            pen.line(line, right - one - line.width if number % 2 else left + one, y)
    elif frame.numbering is Numbering.OF_TOTAL:
        y = frame.bottom * MM - 7 * MM
        line = setter.line(f"第{said[0]}页　共{said[1]}页", Role.SONG, _FOOT_SIZE)
        if line:
            pen.line(line, right - line.width, y)
    foot = setter.line(pages.sheet.foot, Role.SONG, _FOOT_SIZE)
    if foot:
        y = frame.bottom * MM - 7 * MM
        x = left + pages.sheet.mark.width(setter) + 8 if pages.sheet.mark and number == total else left
        pen.line(foot, x, y)
