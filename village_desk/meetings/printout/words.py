"""What the sheets of a meeting say of it in whole sentences."""

from village_desk.meetings.lookups import CountRow, DoorRow, MeetingDetail, MeetingRow, MotionRow
from village_desk.meetings.rules import MotionKind, ObserverKind, VerdictState
from village_desk.meetings.rules.details import ABSTAIN, NO, YES
from village_desk.paper import grouped
from village_desk.rulebook.rules import VotingWay

NOT_REGISTERED = "未登记"
_CHOICES = {YES: "同意", NO: "反对", ABSTAIN: "弃权"}
_RESULTS = {
    VerdictState.STANDS: "结果：通过。",
    VerdictState.REJECTED: "结果：未通过。",
    VerdictState.CANNOT_STAND: "结果：不能成立。",
    VerdictState.PERSON_MUST_JUDGE: "结果：待认定。",
    VerdictState.OPEN: "结果：未登记完。",
}


def code_words(row: MeetingRow) -> str:
    """编码 4407 1283, by which a filled sheet finds its meeting again."""
    return f"编码 {grouped(row.code)}"


def ratio(part: int, whole: int) -> str:
    """78.3%, from whole numbers; a stroke where nobody was counted yet."""
    if not whole:
        return "—"
    tenths = part * 1000 // whole
    return f"{tenths // 10}.{tenths % 10}%"


def vote_words(motion: MotionRow, eligible: int = 0) -> str:
    """The vote of a motion as minutes say it: way, numbers, result and, where it cannot stand, why.

    With `eligible` it also says how many did not come.
    """
    if motion.kind is MotionKind.REPORT:
        return "听取、学习的事项，不表决。"
    if motion.standing is None:
        return "还没有表决。"
    row = motion.standing
    count = row.count
    away = f"，未到{eligible - row.present - len(row.recused)}人" if eligible else ""
    words = f"{count.way.words}：到会{row.present}人，"
    words += f"同意{count.yes}票、反对{count.no}票、弃权{count.abstain}票{away}。"
    if count.way is VotingWay.SECRET:
        words += f"发出{count.issued}张，收回有效{count.returned}张，作废{count.spoiled}张，未交回{count.kept}张。"
    parts = [words, *_told_besides(row), _counters(row)]
    result = _RESULTS[motion.verdict.state]
    if motion.verdict.state not in {VerdictState.STANDS, VerdictState.OPEN}:
        result += motion.verdict.sentence
    parts.append(result)
    parts += [
        f"更正：原登记同意{old.count.yes}票、反对{old.count.no}票、弃权{old.count.abstain}票，{old.reversed_because}。"
        for old in motion.counts
        if old.reversed_because
    ]
    return "\n".join(part for part in parts if part)


def _told_besides(row: CountRow) -> list[str]:
    """Recusals, proxies, sittings, names and written opinions, one sentence each."""
    found = []
    if row.joint:
        found.append("几个会议的人一起举手，没有分开数。")
    if row.recused:
        found.append(f"回避{len(row.recused)}人：{'、'.join(row.recused)}。")
    if row.proxied or row.online:
        found.append(f"到会人数中委托参加{row.proxied}人，在线参加{row.online}人。")
    found += [f"{part.name}：同意{part.yes}、反对{part.no}、弃权{part.abstain}。" for part in row.parts]
    if any(row.written):
        yes, no, abstain = row.written
        names = "、".join(row.written_names)
        found.append(f"其中书面意见：同意{yes}、反对{no}、弃权{abstain}（{names}）。")
    found += [f"{_CHOICES[choice]}的有：{'、'.join(names)}。" for choice, names in row.by_name if names]
    return found


def _counters(row: CountRow) -> str:
    people = [
        f"计票人：{row.tellers}" if row.tellers else "",
        f"监票人：{row.monitors}" if row.monitors else "",
        "票数由第二人核对过" if row.checked else "",
    ]
    return "；".join(part for part in people if part)


def observers_words(detail: MeetingDetail, kind: ObserverKind | None = None) -> str:
    """Those who sat in: 李建国（村务监督委员会成员，主任）."""
    found = [
        f"{row.name}（{row.post or row.kind.words}）" for row in detail.observers if kind is None or row.kind is kind
    ]
    return "、".join(found) or NOT_REGISTERED


def absent_words(detail: MeetingDetail) -> str:
    """Who did not come and why."""
    if not detail.roll:
        return NOT_REGISTERED
    return "、".join(f"{one.name}（{one.absence or '原因未登记'}）" for one in detail.away) or "全部到会"


def door_words(door: DoorRow) -> str:
    """19:20到会：周明；离会：李强."""
    parts = []
    if door.arrived:
        parts.append(f"到会：{'、'.join(door.arrived)}")
    if door.left:
        parts.append(f"离会：{'、'.join(door.left)}")
    return f"{door.at}{'；'.join(parts)}"
