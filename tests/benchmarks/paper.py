"""Figures of print: a notice, the six sheets, a long list; the peer is reportlab's own paragraph in the same face."""

import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Paragraph, SimpleDocTemplate

from tests.benchmarks.frame import Figure, in_turn, median, timed
from tests.benchmarks.villages import open_sample
from village_desk.decisions import printout as decision_printout
from village_desk.decisions.lookups import all_decisions, one_decision
from village_desk.desk.prints import print_sheet
from village_desk.notices import printout
from village_desk.notices.lookups import SheetPaper, all_notices, one_notice
from village_desk.paper.fonts import face
from village_desk.paper.preview import pictures
from village_desk.paper.text import plain_text


def figures(folder: Path) -> Iterator[Figure]:
    """Every figure of print."""
    file = open_sample(folder)
    with file.reading() as session:
        notice = one_notice(session, all_notices(session, on=file.today)[0].id, on=file.today)
        decision = one_decision(session, all_decisions(session)[0].id)
    text = plain_text(printout.notice(notice.paper))
    ours, peer = in_turn(lambda: printout.notice(notice.paper), lambda: _stock(text), 9)
    yield Figure("notice as PDF, warm", ours, 0.15, "s", "reportlab's CJK paragraph, same text and face", peer)
    pdf = printout.notice(notice.paper)
    yield Figure("its preview as a picture of 96 dots an inch", median(lambda: pictures(pdf, dpi=96), 5), 0.15)
    lines = (f"{at}．张三（三组）耕地地力保护补贴{at * 96}.00元。" for at in range(1, 31))
    listed = replace(notice.paper, body="\n".join(lines))
    yield Figure("notice of 30 lines: made and its preview shown", median(lambda: _previewed(listed), 5), 1.0)
    sheets = median(lambda: decision_printout.all_sheets(decision), 5)
    yield Figure("the six sheets of a case in one PDF", sheets, 0.5)
    target = folder / "roster.pdf"
    yield Figure("roster of 1,200 people as PDF", timed(lambda: print_sheet(file, "roster", "", target)), 2.2)
    file.close()


def _previewed(paper: SheetPaper) -> None:
    """From the record to the pictures of every page on the screen."""
    pictures(printout.both(paper), dpi=96)


def _stock(text: str) -> bytes:
    """The text as reportlab sets it by itself: no kinsoku beyond its own, no chain of faces, no frame."""
    style = ParagraphStyle("stock", fontName=face("kai-light.ttf").name, fontSize=15.75, leading=29, wordWrap="CJK")
    buffer = io.BytesIO()
    page = SimpleDocTemplate(buffer, pagesize=A4, invariant=1)
    page.build([Paragraph(line, style) for line in text.splitlines() if line.strip()])
    return buffer.getvalue()
