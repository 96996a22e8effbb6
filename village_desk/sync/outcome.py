"""What became of each file on a stick, in one sentence for the clerk and in plain values for lists and scripts."""

from dataclasses import dataclass
from enum import StrEnum

from village_desk.kit.errors import FileTrouble
from village_desk.sync.stickfile import Header


class State(StrEnum):
    """What became of a file."""

    TAKEN = "taken"
    NOTHING_NEW = "nothing_new"
    HELD = "held"
    OLD = "old"
    TO_COMPARE = "to_compare"
    REFUSED = "refused"


_TONES = {
    State.TAKEN: "good",
    State.NOTHING_NEW: "note",
    State.HELD: "warn",
    State.OLD: "note",
    State.TO_COMPARE: "warn",
    State.REFUSED: "bad",
}


@dataclass(frozen=True)
class FileOutcome:
    """One file of the stick, or one answer of the township that a reply brought (`is_answer`).

    `new`, `known` and `held` count operations. For TO_COMPARE the last three fields name the unknown computer:
    its keys, to be handed to the action that enrols or trusts it, and the 30 digits to compare.
    """

    file: str
    state: State
    message: str
    advice: str = ""
    village: str = ""
    sender: str = ""
    number: int = 0
    new: int = 0
    known: int = 0
    held: int = 0
    public_key: str = ""
    stick_key: str = ""
    fingerprint: str = ""
    is_answer: bool = False

    @property
    def tone(self) -> str:
        """How it is coloured in a list: good, note, warn or bad."""
        return _TONES[self.state]

    @property
    def id(self) -> str:
        """The file's name; unique on a stick."""
        return self.file


def refused(file: str, trouble: FileTrouble, header: Header | None = None) -> FileOutcome:
    """A file of which nothing was taken in."""
    return FileOutcome(
        file,
        State.REFUSED,
        trouble.message,
        trouble.advice,
        village=header.village if header else "",
        sender=header.name if header else "",
        number=header.number if header else 0,
    )


def to_compare(file: str, header: Header, message: str, advice: str) -> FileOutcome:
    """A file whose sender a person has to compare first."""
    return FileOutcome(
        file,
        State.TO_COMPARE,
        message,
        advice,
        village=header.village,
        sender=header.name,
        number=header.number,
        public_key=header.sender.hex(),
        stick_key=header.stick_key,
        fingerprint=header.fingerprint,
    )
