"""The answer of the rules: single checks with their article, and the verdict that they come to together."""

from dataclasses import dataclass
from enum import StrEnum


class CheckState(StrEnum):
    """How one check came out; a task is something still to do that stops nothing."""

    HOLDS = "holds"
    TASK = "task"
    OPEN = "open"
    MUST_JUDGE = "must_judge"
    REJECTED = "rejected"
    FAILS = "fails"

    @property
    def words(self) -> str:
        """The state in words, so that no colour has to say it."""
        return _CHECK_WORDS[self]

    @property
    def tone(self) -> str:
        """The tone in which windows show it: good, warn, bad, note or plain."""
        return _CHECK_TONES[self]


_CHECK_WORDS = {
    CheckState.HOLDS: "符合",
    CheckState.TASK: "待补",
    CheckState.OPEN: "未到",
    CheckState.MUST_JUDGE: "要人定",
    CheckState.REJECTED: "未通过",
    CheckState.FAILS: "不符合",
}


_CHECK_TONES = {
    CheckState.HOLDS: "good",
    CheckState.TASK: "warn",
    CheckState.OPEN: "plain",
    CheckState.MUST_JUDGE: "note",
    CheckState.REJECTED: "bad",
    CheckState.FAILS: "bad",
}


class VerdictState(StrEnum):
    """What the rules make of a vote, a publication or a case; only STANDS carries a resolution to the board."""

    STANDS = "stands"
    REJECTED = "rejected"
    CANNOT_STAND = "cannot_stand"
    PERSON_MUST_JUDGE = "person_must_judge"
    OPEN = "open"

    @property
    def words(self) -> str:
        """The state in words."""
        return _VERDICT_WORDS[self]

    @property
    def tone(self) -> str:
        """The tone in which windows show it: good, warn, bad, note or plain."""
        return _VERDICT_TONES[self]


_VERDICT_WORDS = {
    VerdictState.STANDS: "成立",
    VerdictState.REJECTED: "未通过",
    VerdictState.CANNOT_STAND: "不能成立",
    VerdictState.PERSON_MUST_JUDGE: "要人来定",
    VerdictState.OPEN: "未办完",
}


_VERDICT_TONES = {
    VerdictState.STANDS: "good",
    VerdictState.REJECTED: "bad",
    VerdictState.CANNOT_STAND: "bad",
    VerdictState.PERSON_MUST_JUDGE: "note",
    VerdictState.OPEN: "plain",
}


@dataclass(frozen=True)
class Check:
    """One rule held against the facts: a sentence with the numbers, the article, and what to do next.

    `judged` when it holds because a person decided so. `floor` is False for what only custom asks for: a person may
    answer for that with name and reason, never for what law or party rule sets.
    """

    code: str
    state: CheckState
    sentence: str
    legal_ref: str = ""
    next_act: str = ""
    rule_id: str = ""
    judged: bool = False
    floor: bool = True

    @property
    def left_to_a_person(self) -> bool:
        """Whether a person may decide this finding."""
        return self.state is CheckState.MUST_JUDGE or (self.state is CheckState.FAILS and not self.floor)


@dataclass(frozen=True)
class Verdict:
    """All checks and what they come to; `sentence`, `legal_ref` and `next_act` are those of the deciding check."""

    state: VerdictState
    checks: tuple[Check, ...]
    sentence: str
    legal_ref: str = ""
    next_act: str = ""

    @property
    def tasks(self) -> tuple[Check, ...]:
        """What is still to be filled in without stopping anything."""
        return tuple(check for check in self.checks if check.state is CheckState.TASK)


# The first state found in this order decides; a missing vote cannot hide that too few people came.
_ORDER = (
    (CheckState.FAILS, VerdictState.CANNOT_STAND),
    (CheckState.REJECTED, VerdictState.REJECTED),
    (CheckState.OPEN, VerdictState.OPEN),
    (CheckState.MUST_JUDGE, VerdictState.PERSON_MUST_JUDGE),
)


def decided(checks: tuple[Check, ...], standing: str, *, next_act: str = "") -> Verdict:
    """The verdict of several checks; `standing` is the sentence when nothing speaks against it."""
    for state, verdict in _ORDER:
        for check in checks:
            if check.state is state:
                return Verdict(verdict, checks, check.sentence, check.legal_ref, check.next_act)
    refs = "、".join(dict.fromkeys(check.legal_ref for check in checks if check.legal_ref))
    return Verdict(VerdictState.STANDS, checks, standing, refs, next_act)
