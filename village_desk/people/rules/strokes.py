"""The order of names by strokes (姓氏笔画): the surname's strokes and their shapes, then the given name's."""

from functools import cache, lru_cache

from village_desk.kit.resources import path
from village_desk.people.rules.names import MIDDLE_DOT, surname_of

# Letters and characters that the table lacks stand last.
_NO_STROKES = 99
_FIRST_SIGN = 0x100


def stroke_key(name: str) -> str:
    """A text that sorts names by strokes; of one surname, those with a single given character stand first.

    So the published lists of names do it: 王宁, 王毅, 王小洪.
    """
    plain = name.replace(MIDDLE_DOT, "")
    surname = surname_of(name)
    given = plain[len(surname) :]
    return "".join((*map(_sign, surname), chr(2 if len(given) > 1 else 1), *map(_sign, given)))


def strokes(character: str) -> int:
    """How many strokes a character has; 0 when the table does not hold it."""
    count, _ = _place(character)
    return 0 if count == _NO_STROKES else count


@lru_cache(maxsize=10_000)
def _sign(character: str) -> str:
    count, place = _place(character)
    # Two signs, compared by code point: they stay below the surrogates, and above the mark for one given character.
    return chr(_FIRST_SIGN + count) + chr(_FIRST_SIGN + place)


def _place(character: str) -> tuple[int, int]:
    for count, line in enumerate(_lines(), 1):
        place = line.find(character)
        if place >= 0:
            return count, place
    return _NO_STROKES, min(ord(character), 0xC000)


@cache
def _lines() -> tuple[str, ...]:
    # Lines of characters, not a table by character: that would hold 98,000 entries in memory.
    return tuple(path("strokes", "strokes.txt").read_text("utf-8").splitlines())
