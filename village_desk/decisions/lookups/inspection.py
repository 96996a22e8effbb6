"""The inspection rehearsed: every case of a year with its verdict and everything that an inspector would find."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from village_desk.decisions.lookups.around import number_words
from village_desk.decisions.lookups.cases import JudgedCase, judged_cases
from village_desk.decisions.lookups.rows import DecisionState
from village_desk.decisions.records import Decision
from village_desk.meetings.rules import CheckState, VerdictState
from village_desk.store.acts import act

_TOLD = (CheckState.FAILS, CheckState.REJECTED, CheckState.MUST_JUDGE, CheckState.TASK)


@dataclass(frozen=True)
class Finding:
    """One thing that an inspector would find in a step, with its article and what to do."""

    no: int
    step: str
    state: CheckState
    sentence: str
    legal_ref: str
    next_act: str


@dataclass(frozen=True)
class InspectionLine:
    """One case: what it comes to, and what is found in it, the worst first."""

    id: str
    number: str
    title: str
    procedure: str
    opened_on: dt.date
    state: DecisionState
    verdict: VerdictState
    words: str
    findings: tuple[Finding, ...]
    judged: tuple[str, ...]

    def many(self, *states: CheckState) -> int:
        """How many findings are of these states."""
        return sum(one.state in states for one in self.findings)


@dataclass(frozen=True)
class InspectionReport:
    """All cases that were opened in a year, or ever where `year` is 0."""

    village: str
    on: dt.date
    year: int
    lines: tuple[InspectionLine, ...]

    def of(self, state: VerdictState) -> tuple[InspectionLine, ...]:
        """The cases that come to this."""
        return tuple(line for line in self.lines if line.verdict is state)

    @property
    def summary(self) -> str:
        """The report in one sentence."""
        if not self.lines:
            return f"{self.year}年没有立项的事情。" if self.year else "还没有立项的事情。"
        wrong = len(self.of(VerdictState.CANNOT_STAND))
        persons, tasks = (
            len(self.of(VerdictState.PERSON_MUST_JUDGE)),
            sum(line.many(CheckState.TASK) for line in self.lines),
        )
        return (
            f"共{len(self.lines)}件：成立{len(self.of(VerdictState.STANDS))}件，"
            f"未办完{len(self.of(VerdictState.OPEN))}件，未通过{len(self.of(VerdictState.REJECTED))}件，"
            f"不能成立{wrong}件，要人来定{persons}件；还要补的材料和登记{tasks}处。"
        )


def inspection(session: Session, *, year: int = 0) -> InspectionReport:
    """What an inspector would find in the cases of a year (0: in all), those that cannot stand first."""
    now = act(session)
    query = select(Decision).where(Decision.retired.is_(False))
    decisions = list(session.scalars(query.where(Decision.year == year) if year else query))
    lines = [_line(case, now.today) for case in judged_cases(session, decisions).values()]
    ordered = sorted(lines, key=lambda line: (_RANK[line.verdict], line.opened_on, line.id))
    return InspectionReport(now.village_name, now.today, year, tuple(ordered))


_RANK = {
    VerdictState.CANNOT_STAND: 0,
    VerdictState.REJECTED: 1,
    VerdictState.PERSON_MUST_JUDGE: 2,
    VerdictState.OPEN: 3,
    VerdictState.STANDS: 4,
}


def _line(case: JudgedCase, today: dt.date) -> InspectionLine:
    decision, verdict = case.decision, case.verdict
    withdrawn = decision.state == DecisionState.WITHDRAWN
    findings = [
        Finding(stage.no, stage.name, check.state, check.sentence, check.legal_ref, check.next_act)
        for stage in verdict.stages
        if stage.day is not None or stage.no == verdict.current_no
        for check in stage.verdict.checks
        if check.state in _TOLD
    ]
    judged = tuple(check.sentence for stage in verdict.stages for check in stage.verdict.checks if check.judged)
    return InspectionLine(
        decision.id,
        number_words(decision),
        decision.title,
        case.template.name,
        decision.opened_on or today,
        DecisionState(decision.state),
        verdict.state,
        f"已撤回：{decision.closing_reason}" if withdrawn else verdict.sentence,
        () if withdrawn else tuple(sorted(findings, key=lambda one: (_TOLD.index(one.state), one.no))),
        judged,
    )
