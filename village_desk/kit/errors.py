"""What the desk tells a clerk when something cannot be done.

DeskError(message, advice)   the clerk can act on it; shown as it stands
├── NotAllowed               a rule of the village says no
├── NotFound                 the record is not in this file
└── FileTrouble              disk, stick, rights, or a file that this desk cannot read
    └── FileInUse            another window has it open; the file itself is sound

Anything else that is raised is a bug of ours.
"""


class DeskError(Exception):
    """A refusal in the clerk's words: one whole sentence, and what to do next."""

    def __init__(self, message: str, advice: str = "") -> None:
        super().__init__(message, advice)
        self.message = message
        self.advice = advice

    def __str__(self) -> str:
        return f"{self.message}{self.advice}"


class NotAllowed(DeskError):
    """A rule says no."""


class NotFound(DeskError):
    """The record is not in this file."""


class FileTrouble(DeskError):
    """A disk, a stick, a right or a file stands in the way."""


class FileInUse(FileTrouble):
    """Another program has the file open."""
