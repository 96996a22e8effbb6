"""Notices on paper: the sheet for the wall, the one for the file, and the form on which the committee reviews it."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from enum import StrEnum

from village_desk.kit.text import chinese_date
from village_desk.notices.lookups import NoticeDetail, SheetPaper
from village_desk.notices.rules.kinds import ISSUER_WORDS, KIND_WORDS
from village_desk.notices.rules.life import OPINION_WORDS
from village_desk.notices.rules.privacy import masked, scan
from village_desk.paper import (
    BOARD,
    FORM,
    OFFICIAL,
    Align,
    Beside,
    Block,
    Cell,
    Foot,
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
# 小四; what villagers read stays in the size of the text.
_SMALL = 12.0
_SMALL_PITCH = 17.0
# GB/T 9704-2012, 7.3.5.5: where issuer and seal find no room, the lines are set closer.
_CLOSER = (replace(OFFICIAL, pitch=26.0), BOARD, replace(BOARD, pitch=24.0))
# 四号 for the file alone: the board keeps the size that is read standing.
_FILED = replace(BOARD, size=14, pitch=22.0)
_SECOND = re.compile(r"（[一二三四五六七八九十]{1,3}）.{1,30}")


class Purpose(StrEnum):
    """What a print is for: 张贴件 hangs on the board, 存档件 is kept with the dates of the posting."""

    WALL = "wall"
    FILE = "file"


class Size(StrEnum):
    """The paper: A4 as every office prints it, A3 for a board that is read from two steps away."""

    A4 = "A4"
    A3 = "A3"


# Twice the area of A4 with type to match: 22 pt is read from two metres.
_A3 = replace(
    BOARD,
    width=297,
    height=420,
    top=30,
    bottom=34,
    left=30,
    right=30,
    size=22,
    pitch=38,
    title_size=36,
    title_pitch=56,
    table_size=17,
)


# The tables that hang behind a sheet as its 附表; an upper room makes them.
Annex = Callable[[Purpose, Size], Sequence[Sheet]]


def notice(
    paper: SheetPaper, purpose: Purpose = Purpose.WALL, size: Size = Size.A4, annex: Annex | None = None
) -> bytes:
    """The sheet with its 附表 as a PDF; the same paper gives the same bytes.

    Raises NotAllowed when a character has no glyph in the shipped fonts, naming its place.
    """
    made = _with_annex(paper, purpose, size, annex)
    return bind(made, made[0].subject)


def both(paper: SheetPaper, annex: Annex | None = None, size: Size = Size.A4) -> bytes:
    """The sheet for the wall and the one for the file, each with its 附表, in one PDF; only A4 is put on file."""
    made = _with_annex(paper, Purpose.WALL, size, annex)
    return bind([*made, *_with_annex(paper, Purpose.FILE, Size.A4, annex)], paper.title)


def _with_annex(paper: SheetPaper, purpose: Purpose, size: Size, annex: Annex | None) -> list[Sheet]:
    own = sheet(paper, purpose, frame=_A3) if size is Size.A3 else _fewest_pages(paper, purpose)
    return [own, *(annex(purpose, size) if annex is not None else ())]


def pages_of(pdf: bytes) -> int:
    """How many pages a PDF has."""
    preview = Preview(pdf)
    try:
        return len(preview)
    finally:
        preview.close()


def _fewest_pages(paper: SheetPaper, purpose: Purpose) -> Sheet:
    """The official page (GB/T 9704); one that just runs over is set closer (7.3.5.5), then as on a board."""
    best = sheet(paper, purpose)
    pages = best.page_count
    closest = (*_CLOSER, _FILED) if purpose is Purpose.FILE else _CLOSER
    for frame in closest if pages > 1 else ():
        closer = sheet(paper, purpose, frame=frame)
        if (count := closer.page_count) < pages:
            best, pages = closer, count
        if pages == 1:
            break
    return best


def covered(paper: SheetPaper) -> SheetPaper:
    """A draft with every private number covered: what is not final yet leaves the desk masked, whoever prints it."""
    if not paper.draft:
        return paper
    phones = frozenset(number for _, number in paper.phones)
    title, body = (masked(text, scan(text, duty_phones=phones)) for text in (paper.title, paper.body))
    return replace(paper, title=title, body=body)


def sheet(paper: SheetPaper, purpose: Purpose = Purpose.WALL, *, frame: Frame = OFFICIAL) -> Sheet:
    """The sheet before it becomes a PDF, for binding with others."""
    paper = covered(paper)
    blocks: list[Block] = []
    if paper.number:
        blocks += [Para(paper.number, indent=0, align=Align.CENTRE, keep=True), Gap(3)]
    blocks += [Para("全体村民：", indent=0), *_body(paper.body)]
    blocks += _objecting(paper)
    blocks.append(Para(KIND_WORDS[paper.kind].closing))
    date = chinese_date(paper.dated_on) if paper.dated_on else "　　年　月　日"
    blocks.append(Issuers([paper.issuer_name], date))
    if small := _small_print(paper):
        blocks.append(Foot(small))
    if purpose is Purpose.FILE:
        blocks += _file_part(paper)
    return Sheet(
        title=paper.title,
        blocks=blocks,
        frame=frame,
        mark=Mark(paper.code_text, code=paper.code) if paper.code_text else None,
        subject=f"{paper.title}（存档件）" if purpose is Purpose.FILE else paper.title,
    )


# The head of the supervision committee reads it without glasses.
_LARGE = replace(FORM, table_size=14, title_size=20)


def review_form(detail: NoticeDetail, before: NoticeDetail | None = None) -> bytes:
    """村务公开审核单 in large type: what is to be posted, the last period beside it, room for opinion and signature.

    `before` is the sheet of the last period. Raises NotAllowed when a character has no glyph in the shipped fonts.
    """
    paper, row = covered(detail.paper), detail.row
    last = detail.reviews[-1] if detail.reviews else None
    grounds = "；".join(f"{words}（{law}）" for words, law in paper.grounds)
    rows: list[list[Cell | str]] = [
        [label("公开事项"), Cell(paper.title, columns=3, where="公开事项")],
        [label("发布单位"), Cell(paper.issuer_name), label("类别"), Cell(row.kind_words)],
    ]
    if before is None:
        rows.append([label("公开内容"), Cell(paper.body, columns=3, height=80, top=True, where="公开内容")])
    else:
        day = chinese_date(before.row.posted_on) if before.row.posted_on else before.row.number
        then = Cell(before.body or before.row.title, columns=2, height=80, top=True, where="上期内容")
        rows += [
            [
                label("公开内容", rows=2),
                Cell("本期", align=Align.CENTRE, role=Role.HEADING),
                Cell(f"上期（{day}）", columns=2, align=Align.CENTRE, role=Role.HEADING),
            ],
            [Cell(paper.body, height=80, top=True, where="公开内容"), then],
        ]
    rows += [
        [label("公布依据"), Cell(grounds or "　", columns=3, where="公布依据")],
        [label("上次审核"), Cell(f"{last.reviewer}：{last.opinion_words}。{last.words}" if last else "无", columns=3)],
        [
            label("村务监督\n委员会\n审核意见"),
            Cell(
                ticked(list(OPINION_WORDS.values())) + "\n意见：",
                columns=3,
                height=44,
                top=True,
                sign=("审核人（签字、盖章）：　　　　　　　　", "年　　月　　日"),
            ),
        ],
    ]
    columns = (32, 0, 22, 38) if before is None else (32, 0, 22, 46)
    return Sheet(
        title="村务公开审核单",
        blocks=[Form(columns=columns, rows=rows), Gap(2), SignLine(["经办人（签字）"])],
        frame=_LARGE,
        head=(f"单位：{paper.village}", ""),
        subject=f"{paper.title}（审核单）",
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


def _objecting(paper: SheetPaper) -> list[Block]:
    """What a reader who disagrees must see in full size: until when, and how."""
    if not paper.objection:
        return []
    blocks: list[Block] = []
    if paper.period:
        blocks.append(Para([Strong(f"{paper.period_name}："), f"{paper.period}。"]))
    blocks.append(Para(paper.objection))
    return blocks


def _small_print(paper: SheetPaper) -> list[Block]:
    """What the sheet rests on: the acts with the law of their day, the period, the review, where to call."""
    lines: list[tuple[str, str]] = []
    if paper.grounds:
        told = "；".join(f"{words}（{law}）" if law else words for words, law in paper.grounds)
        lines.append(("办理依据", f"{told}。"))
    if paper.period and not paper.objection:
        law = f"，依据{paper.posting_law}" if paper.posting_law else ""
        lines.append((paper.period_name, f"{paper.period}{law}。"))
    elif paper.period and paper.posting_law:
        lines.append(("期限依据", f"{paper.posting_law}。"))
    if paper.review:
        lines.append(("审核意见", f"村务监督委员会{paper.review}。"))
    blocks: list[Block] = [
        Para([Strong(f"{name}："), words], indent=0, role=Role.KAI, size=_SMALL, pitch=_SMALL_PITCH, where=name)
        for name, words in lines
    ]
    if paper.phones:
        phones: list[list[str | Strong]] = [[Strong(f"{whose}："), number] for whose, number in paper.phones]
        blocks.append(Beside(phones, role=Role.KAI, size=_SMALL, pitch=_SMALL_PITCH, where="联系电话"))
    return blocks


def _file_part(paper: SheetPaper) -> list[Block]:
    seal = paper.seal or ISSUER_WORDS[paper.issuer].seal
    rows: list[list[Cell | str]] = [[label("存档件"), Cell(f"文号：{paper.number or '草稿'}", columns=3)]]
    if paper.approval:
        rows.append([label("会议确定"), Cell(paper.approval, columns=3)])
    for board, posted, who, off in paper.hung or (("", "", "", ""),):
        rows += [
            [label("张贴地点"), board, label("张贴人" if who else "张贴人签字"), who],
            [label("张贴日期"), posted, label("撤下日期"), off],
        ]
    rows.append([label("用章"), seal, label("用章日期"), ""])
    return [
        Gap(6),
        HeadLine("以下由经办人填写，张贴件不印", role=Role.KAI),
        Form(columns=(26, 0, 28, 38), rows=rows),
    ]
