"""What a count has besides its sums: the ballot by name, written opinions, sittings, and hands raised together."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from village_desk.kit.errors import NotAllowed
from village_desk.meetings.rules.counts import serials_text

YES, NO, ABSTAIN = "yes", "no", "abstain"
CHOICES = (YES, NO, ABSTAIN)


@dataclass(frozen=True)
class VoteDetails:
    """As a clerk types it. Lines of people hold serial numbers or names of the sign-in sheet (“1-20 22 王伟”).

    `parts` are (sitting, yes, no, abstain) of a meeting held in sittings. `written` stayed away and wrote; their votes
    come on top of the sums typed beside them.
    """

    by_name_yes: str = ""
    by_name_no: str = ""
    by_name_abstain: str = ""
    written: str = ""
    written_yes: int = 0
    written_no: int = 0
    written_abstain: int = 0
    parts: tuple[tuple[int, int, int, int], ...] = ()
    joint: bool = False

    @property
    def has_names(self) -> bool:
        """Whether votes are told by name."""
        return bool(self.by_name_yes.strip() or self.by_name_no.strip() or self.by_name_abstain.strip())

    @property
    def written_votes(self) -> int:
        """Opinions that came in writing."""
        return self.written_yes + self.written_no + self.written_abstain


NO_DETAILS = VoteDetails()


def by_name(
    details: VoteDetails, read: Callable[[str], Iterable[int]], names: Mapping[int, str], here: Iterable[int]
) -> tuple[tuple[int, str], ...]:
    """The open ballot as (serial, choice), in the order of the sheet.

    Raises NotAllowed for somebody who is not in the room or is written down twice.
    """
    present = set(here)
    found: dict[int, str] = {}
    lines = (details.by_name_yes, details.by_name_no, details.by_name_abstain)
    for choice, line in zip(CHOICES, lines, strict=True):
        for serial in read(line):
            if serial not in present:
                raise NotAllowed(
                    f"{names.get(serial, f'{serial}号')}（{serial}号）没有签到，不能算他的票。",
                    "请先补登签到，或从名单里去掉。",
                )
            if serial in found:
                raise NotAllowed(
                    f"{names.get(serial, f'{serial}号')}（{serial}号）写了两次。",
                    "一个人只能在一处，请对照表决票改正。",
                )
            found[serial] = choice
    return tuple(sorted(found.items()))


def tally(ballot: Iterable[tuple[int, str]]) -> tuple[int, int, int]:
    """Yes, no and abstentions of a ballot by name."""
    choices = [choice for _, choice in ballot]
    return choices.count(YES), choices.count(NO), choices.count(ABSTAIN)


def names_of_choice(ballot: Iterable[tuple[int, str]], choice: str, names: Mapping[int, str]) -> tuple[str, ...]:
    """Who chose so."""
    return tuple(names.get(serial, f"{serial}号") for serial, given in ballot if given == choice)


def check_written(
    details: VoteDetails, read: Callable[[str], Iterable[int]], names: Mapping[int, str], here: Iterable[int]
) -> str:
    """The serials of those who wrote, as one line. Raises NotAllowed where they do not fit the written votes."""
    if not details.written.strip() and not details.written_votes:
        return ""
    wrote = set(read(details.written))
    both = sorted(wrote & set(here))
    if both:
        raise NotAllowed(
            f"{names.get(both[0], '')}（{both[0]}号）已经签到，不能再算书面意见。",
            "到会的人当场表决，请从书面意见里去掉。",
        )
    if len(wrote) != details.written_votes:
        raise NotAllowed(
            f"交书面意见的有{len(wrote)}人，书面同意、反对、弃权加起来是{details.written_votes}，对不上。",
            "请对照书面意见逐份核对。",
        )
    return serials_text(wrote)


def check_parts(
    parts: Sequence[tuple[int, int, int, int]], came: Mapping[int, tuple[str, int]]
) -> tuple[int, int, int]:
    """The sums of the sittings; `came` gives each sitting's name and its people.

    Raises NotAllowed for a sitting that is not there or counted more votes than it had people.
    """
    for number, yes, no, abstain in parts:
        if number not in came:
            raise NotAllowed(f"这次会没有第{number}场。", "请先登记这一场的签到。")
        name, people = came[number]
        if yes + no + abstain > people:
            raise NotAllowed(
                f"{name}同意、反对、弃权加起来是{yes + no + abstain}，这一场实到只有{people}人。",
                "请核对这一场的签到和票数。",
            )
    if len({number for number, *_ in parts}) != len(parts):
        raise NotAllowed("同一场的票数写了两次。", "每一场只写一行。")
    return sum(part[1] for part in parts), sum(part[2] for part in parts), sum(part[3] for part in parts)
