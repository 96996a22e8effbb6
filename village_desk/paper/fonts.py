"""The shipped type: which face draws which character of a role, and the refusal of a character that none has."""

import mmap
import unicodedata
from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from typing import Any

from village_desk.kit import resources
from village_desk.kit.errors import NotAllowed


class Role(StrEnum):
    """What a piece of text is on the page; the face follows from it (GB/T 9704-2012, 7)."""

    TITLE = "title"  # 小标宋
    BODY = "body"  # 仿宋
    HEADING = "heading"  # 黑体
    KAI = "kai"  # 楷体
    SONG = "song"  # 宋体, tables and page numbers
    STRONG = "strong"  # emphasis inside the body
    FIGURES = "figures"


@dataclass(frozen=True)
class _Cast:
    """The faces of a role: `own`, then the fallbacks; `latin` for U+0020 to U+00FF; `over` before all."""

    own: str
    latin: str
    over: tuple[tuple[str, str], ...] = ()


_FALLBACKS = ("kai-light.ttf", "serif-regular.ttf", "figures.ttf")
# WenKai draws quotation marks as narrow Latin ones; Noto draws the dash too short to join its neighbour.
_QUOTES = ("“”‘’", "serif-regular.ttf")
_DASH = ("—", "kai-light.ttf")
_BOXES = ("□☐☑", "kai-light.ttf")
_CASTS = {
    Role.TITLE: _Cast("serif-extrabold.ttf", "serif-extrabold.ttf"),
    Role.BODY: _Cast("kai-light.ttf", "figures.ttf", (_QUOTES,)),
    Role.HEADING: _Cast("sans-medium.ttf", "sans-medium.ttf"),
    Role.KAI: _Cast("kai-regular.ttf", "figures.ttf", (_QUOTES,)),
    Role.SONG: _Cast("serif-regular.ttf", "figures.ttf", (_DASH, _BOXES)),
    Role.STRONG: _Cast("sans-medium.ttf", "figures-bold.ttf", (_DASH,)),
    Role.FIGURES: _Cast("figures.ttf", "figures.ttf"),
}
# Full-width marks in a code page that Latin faces share; they stand in a Chinese square.
_CHINESE_IN_LATIN = frozenset("·×÷±°§")
_BLANK = frozenset(" \u00a0\u3000\u2002\u2003\u2009")


@dataclass(frozen=True)
class Missing:
    """A character that no shipped face draws, and the text in which it stands."""

    character: str
    where: str


class Face:
    """One font file, loaded when it is first used."""

    def __init__(self, file: str) -> None:
        from reportlab.lib.rl_accel import escapePDF
        from reportlab.pdfbase.pdfmetrics import getFont

        self.file = file
        self._registered, self._escaped = getFont, escapePDF
        self.name = f"vd-{file.removesuffix('.ttf')}"
        self._font = _embeddable(self.name, str(resources.path("fonts", file)))
        face = self._font.face
        self._glyphs: _ByCharacter = face.charToGlyph
        self._widths: _ByCharacter = face.charWidths
        self._outlines: array[int] = face.glyphPos
        self._advances: dict[str, float] = {}

    def draws(self, character: str) -> bool:
        """True when the face has an outline for the character; a mapped but empty glyph does not count."""
        glyph = self._glyphs.get(ord(character), 0)
        if not glyph:
            return False
        return character in _BLANK or self._outlines[glyph] < self._outlines[glyph + 1]

    def width(self, character: str) -> float:
        """The advance in parts of the type size."""
        found = self._advances.get(character)
        if found is None:
            found = self._advances[character] = self._widths.get(ord(character), 0.0) / 1000
        return found

    def encoded(self, text: str, document: Any) -> list[tuple[str, str]]:
        """A text as its pieces in one document: the document's name of the subset, and the codes in it, escaped."""
        # The one of this name, whoever loaded it: a document takes each font once.
        font = self._registered(self.name)
        pieces = font.splitString(text, document)
        return [(font.getSubsetInternalName(subset, document), self._escaped(codes)) for subset, codes in pieces]


@cache
def face(file: str) -> Face:
    """The loaded face of a file in resources/fonts."""
    return Face(file)


@lru_cache(maxsize=32_768)
def pick(role: Role, character: str) -> Face | None:
    """The face that draws a character in a role: override, the role's own, fallback; None when there is none."""
    cast = _CASTS[role]
    for characters, file in cast.over:
        if character in characters:
            return face(file)
    latin = " " <= character <= "\u00ff" and character not in _CHINESE_IN_LATIN
    for file in (cast.latin, cast.own, *_FALLBACKS) if latin else (cast.own, *_FALLBACKS):
        candidate = face(file)
        if candidate.draws(character):
            return candidate
    return None


def shown(text: str) -> str:
    """The text without invisible characters, which leave nothing on paper; tabs become Chinese spaces."""
    if text.isprintable():
        return text
    return "".join(
        ch for ch in text.replace("\t", "\u3000") if ch == "\n" or unicodedata.category(ch) not in {"Cf", "Cc"}
    )


def check(texts: Iterable[tuple[str, str]], role: Role = Role.BODY) -> None:
    """Raise NotAllowed when a text has a character that no shipped face draws; each text comes with its label."""
    refuse(
        Missing(ch, where)
        for where, text in texts
        for ch in shown(text)
        if ch != "\n" and ch not in _BLANK and pick(role, ch) is None
    )


def refuse(missing: Iterable[Missing]) -> None:
    """Raise NotAllowed naming the first missing character, its place, and how many more there are."""
    found = list(dict.fromkeys(missing))
    if not found:
        return
    first = found[0]
    more = f"，另有{len(found) - 1}处同样缺字" if len(found) > 1 else ""
    raise NotAllowed(
        f"“{first.where}”里的“{first.character}”（U+{ord(first.character):04X}）没有能打印的字形{more}。",
        "请核对这个字是否录错；证件上确是这个字的，请改用登记机关认可的替代字后再打印。",
    )


class _MappedFile:
    """A font file for reportlab that stays on the disk: together the faces have 30 MB, a page needs a few of them."""

    def __init__(self, path: str) -> None:
        self.name = path
        with open(path, "rb") as file:
            self.content = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)

    def read(self) -> mmap.mmap:
        """All of it, read from the disk where it is touched."""
        return self.content


class _ByCharacter:
    """What a face says of each code point, two bytes for each: the dicts of reportlab take 5 MB a face."""

    def __init__(self, known: dict[int, Any]) -> None:
        found = sorted(set(known.values()))
        places = {value: place for place, value in enumerate(found, start=1)}
        self._places = array("H", bytes(2 * (max(known) + 1)))
        for code, value in known.items():
            self._places[code] = places[value]
        # Widths are few; glyphs are as many as characters.
        self._values: Sequence[Any] = array("H", found) if isinstance(found[0], int) else found

    def __contains__(self, code: int) -> bool:
        return code < len(self._places) and self._places[code] > 0

    def __getitem__(self, code: int) -> Any:
        if code not in self:
            raise KeyError(code)
        return self._values[self._places[code] - 1]

    def get(self, code: int, otherwise: Any = None) -> Any:
        """The value of a code point, or the other one."""
        return self[code] if code in self else otherwise


@dataclass(frozen=True)
class _Outlines:
    """The table of outlines, of which reportlab takes one after the other; the stock one is copied whole each time."""

    content: mmap.mmap
    start: int

    def __getitem__(self, part: slice) -> bytes:
        return self.content[self.start + part.start : self.start + part.stop]


def _embeddable(name: str, path: str) -> Any:
    # reportlab is imported late: the window opens without it.
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    class ReadableFont(TTFont):  # type: ignore[misc]  # reportlab ships no types
        """A TrueType font whose text can be copied and searched beyond U+FFFF.

        reportlab writes such characters into the ToUnicode map as five hexadecimal digits, which no reader understands.
        """

        def addObjects(self, doc: Any) -> None:  # noqa: N802  # reportlab's name
            state = self.state[doc]
            numbers = [self.getSubsetInternalName(number, doc)[1:] for number in range(len(state.subsets))]
            subsets = list(state.subsets)
            super().addObjects(doc)
            fonts = doc.idToObject["BasicFonts"].dict
            for internal, subset in zip(numbers, subsets, strict=True):
                stream = doc.idToObject[fonts[internal].ToUnicode.name]
                stream.content = _to_unicode(fonts[internal].BaseFont, subset)

    source = _MappedFile(path)
    font = ReadableFont(name, source, asciiReadable=False, shapable=False)
    loaded = font.face
    whole_table, outlines = loaded.get_table, _Outlines(source.content, loaded.get_table_pos("glyf")[0])
    loaded.get_table = lambda tag: outlines if tag == "glyf" else whole_table(tag)
    # Only shaping asks for it, which is off.
    loaded.glyphToChar = {}
    loaded.charToGlyph, loaded.charWidths = _ByCharacter(loaded.charToGlyph), _ByCharacter(loaded.charWidths)
    loaded.glyphPos = array("I", loaded.glyphPos)
    pdfmetrics.registerFont(font)
    return font


def _to_unicode(name: str, subset: list[int]) -> str:
    rows = [f"<{code:02X}> <{_utf16(char)}>" for code, char in enumerate(subset)]
    blocks = [rows[start : start + 100] for start in range(0, len(rows), 100)]
    return "\n".join(
        [
            "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap",
            f"/CIDSystemInfo << /Registry ({name}) /Ordering ({name}) /Supplement 0 >> def",
            f"/CMapName /{name} def\n/CMapType 2 def",
            f"1 begincodespacerange\n<00> <{len(subset) - 1:02X}>\nendcodespacerange",
            *(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks),
            "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend",
        ]
    )


def _utf16(code: int) -> str:
    return chr(code or 0xFFFD).encode("utf-16-be").hex().upper()
