"""What has to be done: `duties`."""

from argparse import Namespace

from village_desk.desk.commands.answer import Answer
from village_desk.desk.commands.opening import opened
from village_desk.kit.text import chinese_date
from village_desk.notices.lookups import duties_on


def duties(options: Namespace, answer: Answer) -> None:
    """Every duty to post as it stands on a day: overdue first."""
    with opened(options) as file:
        day = options.on or file.today
        with file.reading() as session:
            found = duties_on(session, on=day)
    owed = [one for one in found if one.open]
    answer.put(on=day, duties=found)
    if not owed:
        answer.say(f"{chinese_date(day)}没有要公开的事项。")
        return
    late = sum(one.days_left is not None and one.days_left < 0 for one in owed)
    answer.say(f"{chinese_date(day)}要公开的有{len(owed)}项，其中逾期{late}项：")
    for one in owed:
        law = f"（{one.legal_ref}）" if one.legal_ref else ""
        answer.say(f"{one.state_words}　{one.words}{law}")
