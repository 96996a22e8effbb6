"""Heads and votes: what a roll and a sign-in come to, and a count whose sums must reconcile."""

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass

from village_desk.kit.errors import NotAllowed
from village_desk.kit.text import half_width
from village_desk.rulebook.rules import VotingWay

MOST_PEOPLE = 100_000


@dataclass(frozen=True)
class Headcount:
    """People and households of a roll, or of those who came.

    `eligible` are those with a vote, `members` all on the roll; `households` of a roll are those of the place,
    of a sign-in those that somebody came for.
    """

    eligible: int
    members: int
    households: int = 0
    representatives: int = 0
    women_representatives: int = 0

    def __post_init__(self) -> None:
        for number in (self.eligible, self.members, self.households, self.representatives, self.women_representatives):
            if not 0 <= number <= MOST_PEOPLE:
                raise NotAllowed(f"人数不能是{number}。", f"请填0到{MOST_PEOPLE}之间的整数。")


@dataclass(frozen=True)
class Count:
    """One vote as it was counted, in people, or in households where the rule counts households.

    A secret ballot also has its papers: issued = returned + spoiled + kept, and yes + no + abstain = returned.
    Raises NotAllowed for sums that cannot be.
    """

    yes: int
    no: int
    abstain: int
    way: VotingWay = VotingWay.SHOW_OF_HANDS
    issued: int | None = None
    returned: int | None = None
    spoiled: int = 0
    kept: int = 0

    def __post_init__(self) -> None:
        given = (self.yes, self.no, self.abstain, self.spoiled, self.kept, self.issued or 0, self.returned or 0)
        for number in given:
            if not 0 <= number <= MOST_PEOPLE:
                raise NotAllowed(f"票数不能是{number}。", f"请填0到{MOST_PEOPLE}之间的整数。")
        if self.way is not VotingWay.SECRET:
            return
        if self.issued is None or self.returned is None:
            raise NotAllowed("无记名投票还没有填发出和收回的票数。", "请把发出、收回有效、作废和未交回的票数填全。")
        papers = self.returned + self.spoiled + self.kept
        if self.issued != papers:
            raise NotAllowed(
                f"发出{self.issued}张票，收回有效{self.returned}张、作废{self.spoiled}张、未交回{self.kept}张，"
                f"加起来是{papers}张，对不上。",
                "请重新清点选票后再填。",
            )
        if self.votes != self.returned:
            raise NotAllowed(
                f"收回有效票{self.returned}张，同意、反对、弃权加起来是{self.votes}张，对不上。",
                "请重新唱票计票后再填。",
            )

    @property
    def votes(self) -> int:
        """Yes, no and abstentions together."""
        return self.yes + self.no + self.abstain

    @property
    def cast(self) -> int:
        """Votes that were given, spoiled papers included."""
        return self.votes + self.spoiled

    def fits(self, present: int, *, unit: str = "人", written: int = 0) -> None:
        """Raises NotAllowed when more votes were counted than people were there, or wrote, to give them."""
        used = self.issued if self.issued is not None and self.way is VotingWay.SECRET else self.votes
        if used > present + written:
            what = "发出的票" if self.way is VotingWay.SECRET else "同意、反对、弃权的总数"
            here = f"实到{present}{unit}、书面意见{written}份" if written else f"实到只有{present}{unit}"
            raise NotAllowed(
                f"{what}是{used}，{here}，多出{used - present - written}。",
                "请核对签到和票数，先补登到会的人，再登记表决。",
            )


@dataclass(frozen=True)
class MeetingFacts:
    """All that a verdict needs of one vote in one meeting.

    Of those present `proxied` came through somebody else and `online` took part from afar; `written` did not come and
    sent their opinion in writing, which the count then holds. `agenda_on` is the day the agenda was posted.
    `joint` when another body raised its hands together with this one. `holders` are (name, for how many) of those who
    stood in for others.
    """

    held_on: dt.date
    roll: Headcount
    present: Headcount
    count: Count | None = None
    called_on: dt.date | None = None
    special_reason: str = ""
    roll_question: str = ""
    counted_by_second_person: bool = True
    ended: bool = True
    written: int = 0
    proxied: int = 0
    online: int = 0
    joint: bool = False
    agenda_on: dt.date | None = None
    holders: tuple[tuple[str, int], ...] = ()

    def __post_init__(self) -> None:
        for number in (self.written, self.proxied, self.online):
            if not 0 <= number <= MOST_PEOPLE:
                raise NotAllowed(f"人数不能是{number}。", f"请填0到{MOST_PEOPLE}之间的整数。")
        if self.proxied + self.online > max(self.present.eligible, self.present.members):
            raise NotAllowed(
                f"委托{self.proxied}人、在线{self.online}人，合起来比实到{self.present.eligible}人还多。",
                "委托和在线的都算在实到里，请核对签到。",
            )


_SERIALS = re.compile(r"(\d{1,5})(?:-(\d{1,5}))?")


def serials(typed: str, last: int) -> tuple[int, ...]:
    """The serial numbers in a typed line such as “1-20 22 25”, in rising order without repeats.

    Raises NotAllowed for anything that is no number of the list from 1 to `last`.
    """
    found: set[int] = set()
    plain = half_width(typed)
    for mark in "~～—–至到":
        plain = plain.replace(mark, "-")
    for part in re.split(r"[\s,，、;；]+", plain.strip()):
        if not part:
            continue
        match = _SERIALS.fullmatch(part)
        if not match:
            raise NotAllowed(f"“{part}”看不懂。", "请填名单上的序号，例如 1-20 22 25。")
        first, end = int(match[1]), int(match[2] or match[1])
        if not 1 <= first <= end <= last:
            raise NotAllowed(f"名单只有1到{last}号，没有“{part}”。", "请对照签到表改正序号。")
        found.update(range(first, end + 1))
    return tuple(sorted(found))


def serials_text(numbers: Iterable[int]) -> str:
    """“1-20 22 25” from serial numbers; the shortest line that `serials` reads back."""
    runs: list[list[int]] = []
    for number in sorted(set(numbers)):
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return " ".join(str(first) if first == last else f"{first}-{last}" for first, last in runs)
