"""The memory of the program: the cycle collector held while much is made, and what was used given back."""

import ctypes
import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache


@contextmanager
def collector_at_rest() -> Iterator[None]:
    """Hold the cycle collector while tens of thousands of lasting things are made that form no cycles.

    It would walk them all, again and again; this takes a third off the reading of a large roster.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def give_back() -> None:
    """Let go of what long work left behind, so that the system has it again at once; nothing where it cannot be told.

    glibc keeps freed memory for itself until somebody asks; a laptop of 4 GB has other programs open.
    """
    gc.collect()
    trim = _trim()
    if trim is not None:
        trim(0)


@cache
def _trim() -> Callable[[int], int] | None:
    try:
        found: Callable[[int], int] = ctypes.CDLL(None).malloc_trim
    except (AttributeError, OSError, TypeError):
        return None
    return found
