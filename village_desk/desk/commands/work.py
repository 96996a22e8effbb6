"""What has to be done and whether it was done rightly: `duties` and `check`."""

from argparse import Namespace
from typing import Any

from village_desk.decisions.lookups import DecisionDetail, all_decisions, decision_numbered, inspection, one_decision
from village_desk.desk.commands.answer import Answer
from village_desk.desk.commands.opening import opened
from village_desk.desk.sources import day
from village_desk.desk.today import WHEN_WORDS, When
from village_desk.kit.text import chinese_date
from village_desk.meetings.rules import CheckState, VerdictState
from village_desk.notices.lookups import duties_on


def duties(options: Namespace, answer: Answer) -> None:
    """Everything that is to be done as it stands on a day: overdue first, then what hangs on the board."""
    with opened(options, of_village=True) as file:
        # Only for this look: nothing is written, so the file's own day stays.
        file.confirm_today(options.on or file.today)
        with file.reading() as session:
            answer.put(on=file.today, duties=duties_on(session, on=file.today))
            found = day(session)
    answer.put(piles={when: found.pile(when) for when in When}, hanging=found.hanging)
    answer.say(f"{chinese_date(found.today)}：{found.summary}。")
    for when in When:
        for item in found.pile(when):
            remark = f"（{item.remark}）" if item.remark else ""
            answer.say(f"{WHEN_WORDS[when]}　{item.words}{remark}")
    for sheet in found.hanging:
        answer.say(f"正在张贴　{sheet.title}：{sheet.words}")


def check(options: Namespace, answer: Answer) -> None:
    """The checker's verdict on one case or on all; a step that cannot stand ends with 1."""
    if options.year:
        _rehearse(options, answer)
        return
    with opened(options, of_village=True) as file, file.reading() as session:
        if options.decision:
            ids = [decision_numbered(session, options.decision)]
        else:
            ids = [row.id for row in all_decisions(session)]
        cases = [one_decision(session, one) for one in ids]
    answer.put(decisions=[_case(one) for one in cases])
    if not cases:
        answer.say("档案里还没有议题。")
    for case in cases:
        _tell(case, answer)


def _rehearse(options: Namespace, answer: Answer) -> None:
    """What an inspector would find in the cases of one year."""
    with opened(options, of_village=True) as file, file.reading() as session:
        report = inspection(session, year=options.year)
    answer.put(report=report)
    answer.say(report.summary)
    for line in report.lines:
        tell = answer.found_wrong if line.verdict is VerdictState.CANNOT_STAND else answer.say
        tell(f"{line.number}“{line.title}”：{line.verdict.words}。{line.words}")
        for one in line.findings:
            ref = f"（{one.legal_ref}）" if one.legal_ref else ""
            answer.say(f"　　第{one.no}步　{one.state.words}：{one.sentence}{ref}{one.next_act}")


def _tell(case: DecisionDetail, answer: Answer) -> None:
    row = case.row
    answer.say(f"{row.number}“{row.title}”（{row.matter}，{case.template_name}）：{row.verdict.words}。{row.words}")
    for stage in case.stages:
        verdict = stage.verdict
        words = f"　第{stage.no}步{stage.template.name}：{verdict.state.words}。{verdict.sentence}"
        words += f"（{verdict.legal_ref}）" if verdict.legal_ref else ""
        words += f"下一步：{verdict.next_act}" if verdict.next_act else ""
        if verdict.state is VerdictState.CANNOT_STAND and stage.day is not None:
            answer.found_wrong(words)
        else:
            answer.say(words)
        for one in verdict.checks:
            if one.state in (CheckState.FAILS, CheckState.TASK) and one.sentence != verdict.sentence:
                answer.say(f"　　{one.state.words}：{one.sentence}{one.next_act}")


def _case(case: DecisionDetail) -> dict[str, Any]:
    return {
        "id": case.row.id,
        "number": case.row.number,
        "title": case.row.title,
        "verdict": case.row.verdict,
        "words": case.row.words,
        "next_act": case.row.next_act,
        "stages": [
            {"no": one.no, "name": one.template.name, "day": one.day, "attempt": one.attempt, "verdict": one.verdict}
            for one in case.stages
        ],
    }
