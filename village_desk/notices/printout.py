"""Notices on paper: the sheet for the wall, the one for the file, and the form on which the committee reviews it."""

import re
from enum import StrEnum

from village_desk.kit.text import chinese_date
from village_desk.notices.lookups import NoticeDetail, SheetPaper
from village_desk.notices.rules.kinds import ISSUER_WORDS, KIND_WORDS
from village_desk.notices.rules.life import OPINION_WORDS
from village_desk.paper import (
    BOARD,
    FORM,
    OFFICIAL,
    Align,
    Block,
    Cell,
    Form,
    Frame,
    Gap,
    Heading,
    HeadLine,
    Issuers,
    Mark,
    Para,
    Role,
    Sheet,
    SignLine,
    Strong,
    bind,
    label,
    ticked,
)
from village_desk.paper.preview import Preview

_HEADING = re.compile(r"[一二三四五六七八九十]{1,3}、.{1,30}")
_SECOND = re.compile(r"（[一二三四五六七八九十]{1,3}）.{1,30}")


class Purpose(StrEnum):
    """What a print is for: 张贴件 hangs on the board, 存档件 is kept with the dates of the posting."""

    WALL = "wall"
    FILE = "file"


def notice(paper: SheetPaper, purpose: Purpose = Purpose.WALL) -> bytes:
    """The sheet as a PDF; the same paper gives the same bytes.

    Raises NotAllowed when a character has no glyph in the shipped fonts, naming its place.
    """
    return _one_page_if_possible(paper, purpose).pdf()


def both(paper: SheetPaper) -> bytes:
    """The sheet for the wall and the one for the file in one PDF."""
    return bind([_one_page_if_possible(paper, each) for each in Purpose], paper.title)


def pages_of(pdf: bytes) -> int:
    """How many pages a PDF has."""
    preview = Preview(pdf)
    try:
        return len(preview)
    finally:
        preview.close()


def _one_page_if_possible(paper: SheetPaper, purpose: Purpose) -> Sheet:
    """The official page (GB/T 9704); a sheet that would just run over gets the board's narrower margins."""
    official, board = sheet(paper, purpose), sheet(paper, purpose, frame=BOARD)
    if official.page_count > 1 and board.page_count == 1:
        return board
    return official


def sheet(paper: SheetPaper, purpose: Purpose = Purpose.WALL, *, frame: Frame = OFFICIAL) -> Sheet:
    """The sheet before it becomes a PDF, for binding with others."""
    blocks: list[Block] = []
    if paper.number:
        blocks += [Para(paper.number, indent=0, align=Align.CENTRE, keep=True), Gap(3)]
    blocks += [Para("全体村民：", indent=0), *_body(paper.body)]
    blocks += _grounds(paper)
    blocks += _period(paper)
    blocks.append(Para(KIND_WORDS[paper.kind].closing))
    date = chinese_date(paper.dated_on) if paper.dated_on else "　　年　月　日"
    blocks.append(Issuers([paper.issuer_name], date))
    if purpose is Purpose.FILE:
        blocks += _file_part(paper)
    return Sheet(
        title=paper.title,
        blocks=blocks,
        frame=frame,
        mark=Mark(paper.code_text, code=paper.code.replace(" ", ""), side=17.0) if paper.code_text else None,
        subject=f"{paper.title}（存档件）" if purpose is Purpose.FILE else paper.title,
    )


def review_form(detail: NoticeDetail) -> bytes:
    """村务公开审核表: what is to be posted, room for the committee's opinion and signature, as a PDF."""
    paper, row = detail.paper, detail.row
    last = detail.reviews[-1] if detail.reviews else None
    rows: list[list[Cell | str]] = [
        [label("公开事项"), Cell(paper.title, columns=3, where="公开事项")],
        [label("发布单位"), Cell(paper.issuer_name), label("类别"), Cell(row.kind_words)],
        [label("公开内容"), Cell(paper.body, columns=3, height=95, top=True, where="公开内容")],
        [
            label("公布依据"),
            Cell("；".join(f"{words}（{law}）" for words, law in paper.grounds) or "　", columns=3, where="公布依据"),
        ],
        [label("上次审核"), Cell(f"{last.reviewer}：{last.opinion_words}。{last.words}" if last else "无", columns=3)],
        [
            label("村务监督委员会审核意见"),
            Cell(
                ticked(list(OPINION_WORDS.values())) + "\n意见：",
                columns=3,
                height=48,
                top=True,
                sign=("审核人（签字、盖章）：　　　　　　　　", "年　　月　　日"),
            ),
        ],
    ]
    return Sheet(
        title="村务公开审核表",
        blocks=[Form(columns=(32, 0, 24, 42), rows=rows), Gap(2), SignLine(["经办人（签字）"])],
        frame=FORM,
        head=(f"单位：{paper.village}", ""),
        subject=f"{paper.title}（审核表）",
    ).pdf()


def _body(text: str) -> list[Block]:
    blocks: list[Block] = []
    for line in text.splitlines():
        words = line.strip()
        if not words:
            continue
        if _HEADING.fullmatch(words) and not words.endswith("。"):
            blocks.append(Heading(words, 1))
        elif _SECOND.fullmatch(words) and not words.endswith("。"):
            blocks.append(Heading(words, 2))
        else:
            blocks.append(Para(words, where=f"正文“{words[:12]}”"))
    return blocks


def _grounds(paper: SheetPaper) -> list[Block]:
    """The acts that the sheet rests on, each with the law of its day."""
    if not paper.grounds:
        return []
    told = "；".join(f"{words}（{law}）" if law else words for words, law in paper.grounds)
    return [Para([Strong("办理依据："), f"{told}。"], where="办理依据")]


def _period(paper: SheetPaper) -> list[Block]:
    blocks: list[Block] = []
    if paper.period:
        law = f"，依据{paper.posting_law}" if paper.posting_law else ""
        blocks.append(Para([Strong(f"{paper.period_name}："), f"{paper.period}{law}。"]))
    if paper.objection:
        blocks.append(Para(paper.objection))
    if paper.review:
        blocks.append(Para([Strong("审核意见："), f"村务监督委员会{paper.review}。"]))
    # Telephone numbers do not break; justified they would tear the line.
    blocks += [Para([Strong(f"{whose}："), number], align=Align.LEFT) for whose, number in paper.phones]
    return blocks


def _file_part(paper: SheetPaper) -> list[Block]:
    seal = ISSUER_WORDS[paper.issuer].seal
    rows: list[list[Cell | str]] = [
        [label("存档件"), Cell(f"文号：{paper.number or '草稿'}", columns=3)],
        [label("张贴地点"), "", label("张贴人签字"), ""],
        [label("张贴日期"), "", label("撤下日期"), ""],
        [label("用章"), seal, label("用章日期"), ""],
    ]
    return [
        Gap(6),
        HeadLine("以下由经办人填写，张贴件不印", role=Role.KAI),
        Form(columns=(26, 0, 28, 38), rows=rows),
    ]
