"""A count as it is typed, as plain values."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Protocol

from village_desk.widgets.checks import Judged


@dataclass(frozen=True)
class CountValues:
    """What was typed; `issued` and `returned` are None unless the way is a secret ballot."""

    way: str
    yes: int
    no: int
    abstain: int
    issued: int | None
    returned: int | None
    spoiled: int
    kept: int
    tellers: str
    monitors: str

    def numbers(self) -> dict[str, Any]:
        """The fields by name, as actions take them."""
        return asdict(self)


@dataclass(frozen=True)
class CountDetails:
    """What was typed besides the sums: lines of people by choice, written opinions, sittings, hands raised together.

    `parts` are (sitting, yes, no, abstain).
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


@dataclass(frozen=True)
class Asked:
    """What a count asks for besides its sums.

    `named` is the way that asks for people, `read` turns their line into numbers (and raises NotAllowed); `sittings`
    are (number, words); `written` asks for the opinions of those who stayed away, `joint` for hands raised together.
    """

    named: str = ""
    read: Callable[[str], Iterable[int]] | None = None
    sittings: Sequence[tuple[int, str]] = ()
    written: bool = False
    joint: bool = False


class _Numbers(Protocol):
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


class Counted(Protocol):
    """A count that is known, as any room has it."""

    @property
    def count(self) -> _Numbers: ...
    @property
    def tellers(self) -> str: ...
    @property
    def monitors(self) -> str: ...


class CountSheet(Protocol):
    """What is counted, as any room has it: how many at most and in what unit, and what of a count is asked.

    `read` turns a typed line into numbers of the sign-in sheet (and raises NotAllowed), `standing` is the count that is
    put right, `sittings` are (number, words), `judge` gives the findings on a count that is being typed.
    """

    @property
    def present(self) -> int: ...
    @property
    def unit(self) -> str: ...
    @property
    def standing(self) -> Counted | None: ...
    @property
    def sittings(self) -> Sequence[tuple[int, str]]: ...
    @property
    def written(self) -> bool: ...
    @property
    def joint(self) -> bool: ...
    def read(self, typed: str) -> Iterable[int]: ...
    def judge(self, typed: CountValues, details: CountDetails) -> Sequence[Judged]: ...
