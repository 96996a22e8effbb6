"""A count while it is typed: what is counted, in what unit, and what the rules would make of it."""

from dataclasses import replace
from typing import Protocol

from village_desk.kit.errors import NotAllowed
from village_desk.meetings.rules.counts import Count, MeetingFacts
from village_desk.meetings.rules.judging import judge
from village_desk.meetings.rules.verdicts import Check, CheckState, Verdict
from village_desk.rulebook.rules import EffectiveRule, VotingWay


class Typed(Protocol):
    """A count as the fields of a dialog hold it."""

    @property
    def way(self) -> str: ...
    @property
    def yes(self) -> int: ...
    @property
    def no(self) -> int: ...
    @property
    def abstain(self) -> int: ...
    @property
    def issued(self) -> int | None: ...
    @property
    def returned(self) -> int | None: ...
    @property
    def spoiled(self) -> int: ...
    @property
    def kept(self) -> int: ...
    @property
    def monitors(self) -> str: ...


def typed_count(typed: Typed) -> Count:
    """The count that was typed. Raises NotAllowed for sums that cannot be."""
    return Count(
        typed.yes,
        typed.no,
        typed.abstain,
        VotingWay(typed.way),
        typed.issued,
        typed.returned,
        typed.spoiled,
        typed.kept,
    )


class TypedDetails(Protocol):
    """What of the details of a count changes its verdict."""

    @property
    def written_yes(self) -> int: ...
    @property
    def written_no(self) -> int: ...
    @property
    def written_abstain(self) -> int: ...
    @property
    def joint(self) -> bool: ...


def while_counting(
    rule: EffectiveRule | None, facts: MeetingFacts, typed: Typed, details: TypedDetails | None = None
) -> tuple[Verdict | Check, ...]:
    """The verdict on a count that is being typed, with what is still to do; the refusal where its sums cannot be."""
    if rule is None:
        return ()
    try:
        # Who monitors is seen from the field, so the task of the second counter goes as it is filled in.
        checked = bool(typed.monitors.strip())
        count, written, joint = typed_count(typed), 0, False
        if details is not None:
            written = details.written_yes + details.written_no + details.written_abstain
            joint = details.joint
        if written and details is not None:
            count = replace(
                count,
                yes=count.yes + details.written_yes,
                no=count.no + details.written_no,
                abstain=count.abstain + details.written_abstain,
            )
        now = replace(facts, count=count, counted_by_second_person=checked, written=written, joint=joint)
        verdict = judge(rule, now)
    except NotAllowed as refusal:
        return (Check("sums", CheckState.FAILS, refusal.message, next_act=refusal.advice),)
    return (verdict, *verdict.tasks)


def counted_in(rule: EffectiveRule | None, facts: MeetingFacts) -> tuple[int, str]:
    """How many may be counted at most, and in what: people, or households where the rule counts those."""
    if rule is not None and rule.by_household:
        return facts.present.households, "户"
    return facts.present.eligible, "人"
