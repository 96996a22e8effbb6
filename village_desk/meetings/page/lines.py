"""The facts of a meeting in lines, as its page shows them."""

from village_desk.kit.text import chinese_date, chinese_date_weekday
from village_desk.meetings.lookups import MeetingDetail
from village_desk.meetings.printout import door_words

UNKNOWN = "未登记"


def open_to_all(detail: MeetingDetail) -> bool:
    """Whether anybody may come, so that nobody stands on a roll."""
    return detail.row.occasion is not None and detail.row.occasion.open_to_all


def lines_of(detail: MeetingDetail) -> list[tuple[str, str]]:
    """Pairs of a field's words and what it says."""
    row = detail.row
    observers = "、".join(f"{one.name}（{one.post or one.kind.words}）" for one in detail.observers)
    absent = [one for one in detail.roll if not one.present]
    excused = "、".join(f"{one.name}（{one.absence}）" for one in absent if one.absence)
    lines = [
        ("会议种类", detail.rule_name),
        ("日期、地点", f"{chinese_date_weekday(row.held_on) if row.held_on else UNKNOWN}　{row.place or '地点未登记'}"),
        ("通知", chinese_date(detail.called_on) if detail.called_on else UNKNOWN),
        ("主持、记录", f"{detail.chair or UNKNOWN}　{detail.recorder or UNKNOWN}"),
        ("应到、实到", f"{row.eligible}人　{row.present}人" if detail.roll else "还没有计算应到"),
        ("列席", observers or UNKNOWN),
    ]
    if excused:
        lines.append(("请假", excused))
    if sent := [f"{one.name}（{one.proxy}代）" for one in detail.came if one.proxy]:
        lines.append(("委托", "、".join(sent)))
    if afar := [one.name for one in detail.came if one.online]:
        lines.append(("在线参加", "、".join(afar)))
    if detail.notice_way:
        lines[2] = ("通知", f"{lines[2][1]}　{detail.notice_way}")
    if detail.agenda_posted_on is not None:
        lines.insert(3, ("议题张贴", chinese_date(detail.agenda_posted_on)))
    for move in detail.moves:
        words = f"原定{chinese_date(move.before)}，{move.reason}，改到{chinese_date(move.after)}"
        lines.append(("改期", words))
    if detail.evening is not None:
        others = "、".join(title for meeting_id, title in detail.evening.meetings if meeting_id != row.id)
        lines.append(("合并签到", f"和{others}合用一张签到表" if others else "只剩这一个会议"))
    for sitting in detail.sittings:
        day = chinese_date(sitting.held_on) if sitting.held_on else UNKNOWN
        lines.append(("分片", f"{sitting.name}　{day}　到会{sitting.people}人"))
    for door in detail.late:
        lines.append(("迟到早退", door_words(door)))
    for one in detail.corrections:
        lines.append((f"更正第{one.no}号", f"{one.item}：原记“{one.was or '空'}”，应为“{one.becomes}”（{one.reason}）"))
    if detail.remarks:
        lines.append(("发言", "\n".join(f"{name}：{words}" if name else words for name, words in detail.remarks)))
    return lines
