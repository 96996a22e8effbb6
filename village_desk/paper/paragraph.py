"""Chinese lines: broken by the rules for marks (GB/T 15834-2011, 5.1), marks squeezed, justified between characters."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise

from village_desk.paper.fonts import Face, Missing, Role, pick, shown

OPENING = frozenset("（《〈〔【「『〖“‘｛［")
CLOSING = frozenset("，。、；：？！）》〉〕】」』〗”’｝］．")
NEVER_FIRST = CLOSING | frozenset("—…·％‰℃～%,.;:?!)]}'々〃ー")
NEVER_LAST = OPENING | frozenset("￥¥$＄№([{#＃")
# Both halves stay together and take no space between them.
PAIRED = frozenset("—…")
# Squares that the faces leave too narrow: in parts of the type size.
_SQUARES = {"—": 1.0, "·": 0.5}
_WORD = re.compile(r"[0-9A-Za-z\u00c0-\u024f*＊@_][0-9A-Za-z\u00c0-\u024f*＊@_.,:/+\-%&=~'°]*|[ \u00a0]+|.", re.DOTALL)

# A word that is longer than this part of the line may be broken anywhere, as nothing else can be done.
LONGEST_WORD = 0.5
# Space between characters beyond this part of the type size looks torn; such a line stays ragged.
_WIDEST_GAP = 0.30
# The line before a lonely last character may lend it company up to this space between its own characters.
_WIDEST_LOAN = 0.15
# Squeezing a mark inside the line takes at most this part of its blank half.
_DEEPEST_SQUEEZE = 0.8


class Align(StrEnum):
    """How lines stand between their margins; a justified paragraph ends with a line at the left."""

    JUSTIFY = "justify"
    LEFT = "left"
    CENTRE = "centre"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of text in one role and size (points)."""

    text: str
    role: Role
    size: float


@dataclass(frozen=True, slots=True)
class Segment:
    """Glyphs of one face with even space between them: x and size and space in points."""

    x: float
    face: Face
    size: float
    text: str
    space: float


@dataclass(frozen=True, slots=True)
class Line:
    """A set line; width is that of its ink box, without a blank half that hangs over."""

    segments: tuple[Segment, ...]
    width: float
    size: float

    @property
    def text(self) -> str:
        """The characters in their order."""
        return "".join(segment.text for segment in self.segments)


@dataclass(slots=True)
class _Token:
    glyphs: list[tuple[Face, str, float, float]]  # face, character, advance, inset
    width: float
    size: float
    left: float = 0.0  # blank half before the ink of an opening mark
    right: float = 0.0  # blank half behind the ink of a closing mark
    space: bool = False

    @property
    def first(self) -> str:
        return self.glyphs[0][1]

    @property
    def last(self) -> str:
        return self.glyphs[-1][1]


def set_lines(
    runs: Sequence[Run],
    width: float,
    *,
    first: float = 0.0,
    rest: float = 0.0,
    align: Align = Align.JUSTIFY,
    where: str = "",
    missing: list[Missing] | None = None,
    longest_word: float = LONGEST_WORD,
) -> list[Line]:
    """Break runs into lines of a width; `first` and `rest` are the indents of the first and the other lines (points).

    A newline in a run begins a new line with the indent `rest`. Characters that no face draws are added to `missing`
    and left out. A text without characters gives no lines. A word longer than `longest_word` lines may be broken.
    """
    lines: list[Line] = []
    indent = first
    for tokens in _paragraphs(runs, where, [] if missing is None else missing, width * longest_word):
        for start, end in _breaks(tokens, width - indent, width - rest):
            lines.append(_place(tokens[start:end], indent, width - indent, align, last=end >= len(tokens)))
            indent = rest
        indent = rest
    return lines


# What a character or a word measures in a role and size; a long table sets the same ones again and again.
_tokens_set: dict[tuple[str, Role, float], _Token] = {}
_MOST_TOKENS = 20_000


def extent(runs: Sequence[Run]) -> tuple[float, float]:
    """In points: the width of the longest piece that should not be broken, and that of the longest whole line."""
    paragraphs, _ = _read(tuple(runs))
    widest = max((token.width for tokens in paragraphs for token in tokens), default=0.0)
    return widest, max((sum(token.width for token in tokens) for tokens in paragraphs), default=0.0)


def excerpt(text: str) -> str:
    """The beginning of a text, to name the place where something is wrong."""
    plain = text.replace("\n", " ").strip()
    return plain if len(plain) <= 14 else plain[:13] + "…"


def _paragraphs(runs: Sequence[Run], where: str, missing: list[Missing], longest: float) -> list[list[_Token]]:
    paragraphs, lacking = _read(tuple(runs))
    if lacking:
        label = where or excerpt("".join(run.text for run in runs))
        missing += [Missing(ch, label) for ch in lacking]
    if all(token.width <= longest for tokens in paragraphs for token in tokens):
        return paragraphs
    return [[part for token in tokens for part in _divided(token, longest)] for tokens in paragraphs]


def _divided(token: _Token, longest: float) -> list[_Token]:
    """A word longer than a line may be, as its characters."""
    if len(token.glyphs) == 1 or token.space or token.width <= longest:
        return [token]
    return [_Token([glyph], glyph[2], token.size) for glyph in token.glyphs]


# A cell is measured before it is set.
@lru_cache(maxsize=256)
def _read(runs: tuple[Run, ...]) -> tuple[list[list[_Token]], str]:
    """Characters and words of each paragraph, and the characters that no face draws; both are not to be changed."""
    if not any(run.text for run in runs):
        return [], ""
    paragraphs: list[list[_Token]] = [[]]
    lacking = ""
    for run in runs:
        for match in _WORD.finditer(shown(run.text)):
            if match[0] == "\n":
                paragraphs.append([])
                continue
            key = (match[0], run.role, run.size)
            if (token := _tokens_set.get(key)) is None:
                token, without = _token(match[0], run)
                lacking += without
                if token is not None and not without and len(_tokens_set) < _MOST_TOKENS:
                    _tokens_set[key] = token
            if token is not None:
                paragraphs[-1].append(token)
    return paragraphs, lacking


def _token(text: str, run: Run) -> tuple[_Token | None, str]:
    glyphs, lacking = [], ""
    for ch in text:
        face = pick(run.role, " " if ch == "\u00a0" else ch)
        if face is None:
            lacking += ch
            continue
        own = run.size * face.width(ch)
        advance = max(own, run.size * _SQUARES.get(ch, 0.0))
        glyphs.append((face, ch, advance, (advance - own) / 2))
    if not glyphs:
        return None, lacking
    width = sum(glyph[2] for glyph in glyphs)
    token = _Token(glyphs, width, run.size, space=text[0] in " \u00a0\u3000" and text.strip() == "")
    if len(text) == 1 and width > 0.9 * run.size:
        if text in OPENING:
            token.left = 0.5 * run.size
        elif text in CLOSING:
            token.right = 0.5 * run.size
    return token, lacking


def _pull(before: _Token, after: _Token) -> float:
    """How far the later of two neighbouring marks moves left, so that no two blank halves meet."""
    if before.right and (after.right or after.left):
        return before.right
    if before.left and after.left:
        return after.left
    return 0.0


def _breakable(before: _Token, after: _Token) -> bool:
    if after.space:
        return False
    if before.last in PAIRED and after.first == before.last:
        return False
    return after.first not in NEVER_FIRST and before.last not in NEVER_LAST


def _breaks(tokens: list[_Token], first: float, rest: float) -> list[tuple[int, int]]:
    """Where the lines of one paragraph begin and end; `first` and `rest` are the widths of its lines."""
    breaks: list[tuple[int, int]] = []
    start = 0
    while start < len(tokens):
        while start < len(tokens) and tokens[start].space and start > 0:
            start += 1
        if start < len(tokens):
            end = _fit(tokens, start, rest if breaks else first)
            breaks.append((start, end))
            start = end
    if len(breaks) > 1 and _lonely(tokens[breaks[-1][0] :]):
        (before, start), (_, end) = breaks[-2:]
        for earlier in range(start - 1, max(before, start - 4), -1):
            moved = sum(token.width for token in tokens[earlier:start])
            if moved > (earlier - before) * _WIDEST_LOAN * tokens[before].size:
                break
            if _breakable(tokens[earlier - 1], tokens[earlier]):
                breaks[-2:] = [(before, earlier), (earlier, end)]
                break
    return breaks


def _lonely(tokens: list[_Token]) -> bool:
    """A last line of one character, which needs company."""
    characters = [ch for token in tokens for _, ch, _, _ in token.glyphs if ch not in CLOSING and not ch.isspace()]
    return len(characters) == 1


def _fit(tokens: list[_Token], start: int, width: float) -> int:
    """The end of the line that starts at `start`: as it stands, or with squeezed marks where that tears it less."""
    used = squeeze = 0.0
    natural = squeezed = start
    natural_slack = squeezed_need = squeezed_room = 0.0
    for at in range(start, len(tokens)):
        token = tokens[at]
        pull = _pull(tokens[at - 1], token) if at > start else 0.0
        if pull:
            squeeze -= tokens[at - 1].right * _DEEPEST_SQUEEZE
        used += token.width - pull
        squeeze += (token.right if pull else token.left + token.right) * _DEEPEST_SQUEEZE
        hanging = token.right
        if used - hanging - squeeze > width + 0.01:
            break
        if at + 1 < len(tokens) and not _breakable(token, tokens[at + 1]):
            continue
        if used - hanging <= width + 0.01:
            natural, natural_slack = at + 1, width - used
        else:
            inside = squeeze - hanging * _DEEPEST_SQUEEZE
            if used - hanging - inside <= width + 0.01:
                squeezed, squeezed_need, squeezed_room = at + 1, used - hanging - width, inside
    if natural == len(tokens):
        return natural
    if squeezed > natural:
        gaps = max(natural - start - 1, 1)
        tear = natural_slack / gaps / (0.25 * tokens[start].size)
        if natural == start or (
            natural_slack > 0.5 * tokens[start].size and tear > squeezed_need / squeezed_room * 0.5
        ):
            return squeezed
    if natural > start:
        return natural
    return _forced(tokens, start, width)


def _forced(tokens: list[_Token], start: int, width: float) -> int:
    """A line in which no break is allowed is filled to the margin: a column narrower than a word and its marks."""
    used = 0.0
    for at in range(start, len(tokens)):
        used += tokens[at].width
        if used > width + 0.01:
            return max(at, start + 1)
    return len(tokens)


def _place(tokens: list[_Token], indent: float, width: float, align: Align, *, last: bool) -> Line:
    # White at the end of a paragraph was typed to keep room, for a signature or a seal.
    while len(tokens) > 1 and tokens[-1].space and not last:
        tokens = tokens[:-1]
    pulls = [0.0] + [_pull(one, other) for one, other in pairwise(tokens)]
    used = sum(token.width for token in tokens) - sum(pulls)
    slack = width - used
    gap = squeeze = 0.0
    free = [not (a.last in PAIRED and b.first in PAIRED) for a, b in pairwise(tokens)]
    if slack < 0:
        # The blank half of a mark at the end may stand over the margin: no ink is there.
        need = -slack - tokens[-1].right
        room = _inner_room(tokens, pulls)
        squeeze = min(need / room, 1.0) if need > 0 and room > 0 else 0.0
    elif align is Align.JUSTIFY and not last and any(free):
        gap = slack / sum(free)
        if gap > _WIDEST_GAP * tokens[0].size:
            gap = 0.0
    offset = max(slack, 0.0) * {Align.CENTRE: 0.5, Align.RIGHT: 1.0}.get(align, 0.0)
    return _segments(tokens, pulls, free, indent + offset, gap, squeeze)


def _inner_room(tokens: list[_Token], pulls: list[float]) -> float:
    room = 0.0
    for at, token in enumerate(tokens):
        if at + 1 < len(tokens) and not pulls[at + 1]:
            room += token.right * _DEEPEST_SQUEEZE
        if not pulls[at]:
            room += token.left * _DEEPEST_SQUEEZE
    return room


def _segments(tokens: list[_Token], pulls: list[float], free: list[bool], x: float, gap: float, squeeze: float) -> Line:
    start = x
    placed: list[tuple[float, Face, str, float, float]] = []
    for at, token in enumerate(tokens):
        x -= pulls[at]
        if token.left and not pulls[at]:
            x -= token.left * _DEEPEST_SQUEEZE * squeeze
        for face, ch, advance, inset in token.glyphs:
            placed.append((x + inset, face, ch, token.size, x + inset + token.size * face.width(ch)))
            x += advance
        if at + 1 < len(tokens):
            if token.right and not pulls[at + 1]:
                x -= token.right * _DEEPEST_SQUEEZE * squeeze
            if free[at]:
                x += gap
    size = max(token.size for token in tokens)
    return Line(tuple(_join(placed)), x - start - (tokens[-1].right if gap or squeeze else 0.0), size)


def _join(placed: list[tuple[float, Face, str, float, float]]) -> list[Segment]:
    """Neighbours of one face with even space become one segment."""
    segments: list[Segment] = []
    at = 0
    while at < len(placed):
        x, face, text, size, edge = placed[at]
        space: float | None = None
        at += 1
        while at < len(placed):
            next_x, next_face, ch, next_size, next_edge = placed[at]
            if next_face.file != face.file or next_size != size:
                break
            between = next_x - edge
            if space is None:
                if abs(between) > 0.5 * size:
                    break
                space = between
            elif abs(between - space) > 0.005:
                break
            text, edge = text + ch, next_edge
            at += 1
        segments.append(Segment(round(x, 3), face, size, text, round(space or 0.0, 3)))
    return segments
