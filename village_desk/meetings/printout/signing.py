"""The sheets that people sign: the call with its receipt, the sign-in sheet of a meeting or of a whole evening."""

from village_desk.kit.text import chinese_date, chinese_date_weekday
from village_desk.meetings.lookups import EveningRow, MeetingDetail
from village_desk.meetings.printout.words import code_words
from village_desk.paper import FORM, Align, Block, Column, Gap, Grid, Heading, Para, Sheet, SignLine, grouped
from village_desk.people.rules.party import EXCLUDED

_EMPTY_LINES = 3
_OPEN_LINES = 30
_OWN_HAND = "请本人签字，不得代签。不会写字的按手印，由一名在场的人签字证明。"
_BLANK_DAY = "　　　　年　月　日"


def sign_in_sheet(detail: MeetingDetail) -> bytes:
    """The sheet that people sign: everybody on the roll with a number, then places for those who sit in."""
    return sign_in(detail).pdf()


def sign_in(detail: MeetingDetail) -> Sheet:
    """The sign-in sheet before it becomes a PDF, for binding with others."""
    row = detail.row
    held = chinese_date_weekday(row.held_on) if row.held_on else _BLANK_DAY
    rows = [[str(entry.serial), entry.name, entry.basis, entry.group, "", entry.absence] for entry in detail.roll]
    columns = [
        Column("序号", 12, Align.CENTRE),
        Column("姓名", 24),
        Column("身份", 46),
        Column("组别", 18),
        Column("本人签名", 38),
        Column("请假事由"),
    ]
    if not rows:
        # Anybody may come to such a meeting, so they write their names themselves.
        rows = [[str(number), "", "", "", "", ""] for number in range(1, _OPEN_LINES + 1)]
    observers = [[one.kind.words, one.name, one.post, ""] for one in detail.observers]
    observers += [["", "", "", ""]] * max(0, _EMPTY_LINES - len(observers))
    voters = sum(entry.votes for entry in detail.roll)
    blocks: list[Block] = [
        Para(f"时间：{held}　　地点：{row.place or '　　　　　　'}", indent=0, keep=True),
        Para(_roll_words(detail, voters), indent=0, keep=True),
        *(Para(words, indent=0) for words in excused(detail)),
        Grid(columns, rows),
        Gap(4),
        Heading("列席人员", level=3),
        Grid([Column("身份", 44), Column("姓名", 30), Column("单位、职务", 52), Column("本人签名")], observers),
        Gap(3),
        SignLine(["主持人（签字）：", "记录人（签字）："]),
        Para(_OWN_HAND, indent=0),
    ]
    return Sheet(
        f"{row.title}签到表", blocks, frame=FORM, head=(row.body_words, code_words(row)), subject=f"{row.title}签到表"
    )


def evening_sheet(evening: EveningRow) -> bytes:
    """One sign-in sheet for several meetings of a day; everybody signs once and sees to which meetings he belongs."""
    held = chinese_date_weekday(evening.held_on) if evening.held_on else _BLANK_DAY
    titles = [title for _, title in evening.meetings]
    rows = [[str(line.serial), line.name, line.basis, line.group, ""] for line in evening.lines]
    blocks: list[Block] = [
        Para(f"时间：{held}", indent=0, keep=True),
        Para(f"会议：{'；'.join(titles)}", indent=0, keep=True, where="会议名称"),
        Para(f"名单{len(rows)}人。签到只签一次，各个会议的应到、实到和表决分开计算。", indent=0, keep=True),
        Grid(
            [
                Column("序号", 12, Align.CENTRE),
                Column("姓名", 24),
                Column("参加的会议", 68),
                Column("组别", 18),
                Column("本人签名"),
            ],
            rows,
        ),
        Gap(3),
        SignLine(["主持人（签字）：", "记录人（签字）："]),
        Para(_OWN_HAND, indent=0),
    ]
    name = f"{evening.title or '会议'}合并签到表"
    return Sheet(name, blocks, frame=FORM, head=("", f"编码 {grouped(evening.code)}"), subject=name).pdf()


def call_sheet(detail: MeetingDetail) -> bytes:
    """会议通知及签收表: what the meeting is about, then a line for everybody to sign that he was called."""
    return call(detail).pdf()


def call(detail: MeetingDetail) -> Sheet:
    """The call before it becomes a PDF, for binding with others."""
    row = detail.row
    held = chinese_date_weekday(row.held_on) if row.held_on else _BLANK_DAY
    called = chinese_date(detail.called_on) if detail.called_on else ""
    agenda = [f"{motion.no}．{motion.title}" for motion in detail.motions]
    blocks: list[Block] = [
        Para(f"会议：{row.title}", indent=0, keep=True, where="会议名称"),
        Para(f"时间：{held}　　地点：{row.place or '　　　　　　'}", indent=0, keep=True),
        Para(f"议题：{'；'.join(agenda) if agenda else '　'}", indent=0, keep=True, where="议题"),
        Para(f"主持人：{detail.chair or '　　　　'}　　通知日期：{called or _BLANK_DAY}", indent=0, keep=True),
        Grid(
            [
                Column("序号", 12, Align.CENTRE),
                Column("姓名", 26),
                Column("身份", 50),
                Column("通知方式", 24),
                Column("通知日期", 30),
                Column("签收"),
            ],
            [[str(one.serial), one.name, one.basis, detail.notice_way, called, ""] for one in detail.roll]
            or [[str(number), "", "", "", "", ""] for number in range(1, _OPEN_LINES + 1)],
        ),
    ]
    return Sheet(
        "会议通知及签收表",
        blocks,
        frame=FORM,
        head=(row.body_words, code_words(row)),
        subject=f"{row.title}通知及签收表",
    )


def _roll_words(detail: MeetingDetail, voters: int) -> str:
    if not detail.roll:
        return "到会　　　人"
    quiet = len(detail.roll) - voters
    more = f"（另有{quiet}人到会没有表决权）" if quiet else ""
    return f"应到{voters}人{more}　　实到　　　人"


def excused(detail: MeetingDetail) -> list[str]:
    """Who is left out of 应到 by consent or rule, one sentence a ground: the sheet shows 53 of 60 and says why."""
    grounds: dict[str, list[str]] = {}
    for one in detail.left_out:
        if one.reason.startswith(EXCLUDED):
            grounds.setdefault(one.reason, []).append(one.name)
    return [f"{reason}，{len(names)}人：{'、'.join(names)}。" for reason, names in grounds.items()]
