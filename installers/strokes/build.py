"""Rebuild resources/strokes: python installers/strokes/build.py UNIHAN_IRGSOURCES CODEPOINT_CHARACTER_SEQUENCE.

Both files are held to their SHA-256 sums: Unihan_IRGSources.txt.bz2 of Debian's package unicode-data 15.0.0-1, and
codepoint-character-sequence.txt of the Conway Stroke Data, commit a657f5b. The result is the same to the byte.
"""

import bz2
import hashlib
import heapq
import itertools
import re
import sys
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

RESOURCES = Path(__file__).resolve().parents[2] / "resources"
UNIHAN_SUM = "52e6e55d22dd124d61dfbb845033fe354caf9a62ab84ac89aa0c374b0f8b99c5"
SEQUENCES_SUM = "2da408c8982613020bda7ad16b76a3b28e93843afcd207e8bb2c9c743727f123"
# The three levels of the 通用规范汉字表; each stands in the order of strokes and their shapes.
LEVELS = (3500, 6500, 8105)
UNKNOWN = "9"


def main() -> None:
    """Write strokes.txt: one line a number of strokes, the characters in the order of their strokes' shapes."""
    unihan, conway = (Path(name).read_bytes() for name in sys.argv[1:3])
    for data, expected in ((unihan, UNIHAN_SUM), (conway, SEQUENCES_SUM)):
        if hashlib.sha256(data).hexdigest() != expected:
            raise SystemExit("The file is not the one that this script was written for.")
    counts = {
        chr(int(code, 16)): int(count)
        for code, count in re.findall(r"^U\+(\w+)\tkTotalStrokes\t(\d+)", bz2.decompress(unihan).decode(), re.MULTILINE)
    }
    sequences: dict[str, list[str]] = {}
    for character, pattern in re.findall(r"^U\+\w+!?\t(.)[*^]?\t([1-5|()\\]+)$", conway.decode(), re.MULTILINE):
        sequences[character] = list(expanded(pattern))
    standard = (RESOURCES / "fonts" / "characters-8105.txt").read_text("utf-8").split()
    table = "".join(standard)
    by_count: dict[int, list[list[tuple[str, str]]]] = defaultdict(list)
    for start, end in zip((0, *LEVELS), LEVELS, strict=False):
        mended(table[start:end], counts)
        for count, group in itertools.groupby(table[start:end], key=counts.__getitem__):
            by_count[count].append(climbing(list(group), count, sequences))
    others: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for character in sorted(counts.keys() - set(table)):
        count = counts[character]
        others[count].append((fitting(character, count, sequences), character))
    lines = []
    for count in range(1, max(counts.values()) + 1):
        merged = heapq.merge(*by_count[count], sorted(others[count]))
        lines.append("".join(character for _, character in merged))
    (RESOURCES / "strokes" / "strokes.txt").write_text("\n".join(lines) + "\n", "utf-8", newline="\n")


def expanded(pattern: str) -> Iterator[str]:
    """Every sequence that a pattern such as 32(35|53) with references back to its groups stands for."""
    parts = re.findall(r"\(([\d|]+)\)|(\\\d)|(\d+)", pattern)
    choices = [group.split("|") for group, _, _ in parts if group]
    for chosen in itertools.product(*choices):
        made, groups = "", iter(chosen)
        for group, reference, digits in parts:
            made += next(groups) if group else chosen[int(reference[1]) - 1] if reference else digits
        yield made


def mended(level: str, counts: dict[str, int]) -> None:
    """Where Unihan counts another form of a character, its neighbours in the table tell the number of strokes."""
    tails: list[int] = []
    places: list[int] = []
    before: list[int] = []
    for at, character in enumerate(level):
        size = bisect_right(tails, counts[character])
        before.append(places[size - 1] if size else -1)
        tails[size:] = [counts[character]] if size == len(tails) else [counts[character], *tails[size + 1 :]]
        places[size:] = [at] if size == len(places) else [at, *places[size + 1 :]]
    kept = set()
    at = places[-1]
    while at >= 0:
        kept.add(at)
        at = before[at]
    last = 1
    for at, character in enumerate(level):
        if at in kept:
            last = counts[character]
        counts[character] = last


def climbing(group: list[str], count: int, sequences: dict[str, list[str]]) -> list[tuple[str, str]]:
    """Characters of one level and count with sequences that never fall, so that the levels can be merged."""
    made: list[tuple[str, str]] = []
    highest = ""
    for character in group:
        own = fitting(character, count, sequences)
        highest = max(highest, own) if own < UNKNOWN else highest
        made.append((highest, character))
    return made


def fitting(character: str, count: int, sequences: dict[str, list[str]]) -> str:
    """The character's sequence of that length, the first of several; 9 when none is known."""
    return min((one for one in sequences.get(character, ()) if len(one) == count), default=UNKNOWN)


if __name__ == "__main__":
    main()
