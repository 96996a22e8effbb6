"""How long work tells how far it is, and learns that it is to stop."""

from typing import Protocol


class Progress(Protocol):
    """Called by long work between two pieces of it; what it raises ends the work, and nothing half done may remain."""

    def __call__(self, done: int, total: int, words: str = "", /) -> None:
        """`done` of `total` is over; `words` say what comes now, "" for the same as before."""


def silent(done: int, total: int, words: str = "", /) -> None:
    """For work that nobody watches."""
