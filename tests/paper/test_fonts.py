"""The shipped type: what it covers, what it refuses, and that the list of its sources is true."""

import hashlib
import re
from pathlib import Path

import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont

from village_desk.kit import resources
from village_desk.kit.errors import NotAllowed
from village_desk.paper import fonts
from village_desk.paper.fonts import Face, Role, check, pick

FONTS = resources.path("fonts")
TABLE = FONTS.joinpath("characters-8105.txt").read_text(encoding="utf-8").replace("\n", "")
MARKS = "，。、；：？！“”‘’（）《》〈〉〔〕【】—…·～￥％℃①②③⑳ⅠⅫ□☐☑√×○●★→"


def test_the_table_has_its_8105_characters_and_reaches_beyond_the_first_plane() -> None:
    assert len(TABLE) == len(set(TABLE)) == 8105
    assert sum(ord(ch) > 0xFFFF for ch in TABLE) == 196
    assert TABLE.startswith("一乙二十")


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.FIGURES])
def test_every_chinese_role_draws_the_whole_table_in_its_own_face(role: Role) -> None:
    faces = {pick(role, ch) for ch in TABLE}
    assert len(faces) == 1
    assert None not in faces


@pytest.mark.parametrize("role", list(Role))
def test_every_role_draws_the_marks_and_signs_of_forms(role: Role) -> None:
    assert [ch for ch in MARKS if pick(role, ch) is None] == []


def test_figures_stand_in_columns() -> None:
    for role in (Role.SONG, Role.BODY, Role.FIGURES):
        faces = [pick(role, digit) for digit in "0123456789"]
        assert len({face.width(digit) for face, digit in zip(faces, "0123456789", strict=True) if face}) == 1


def test_quotation_marks_and_dashes_fill_their_squares() -> None:
    for role in (Role.BODY, Role.KAI, Role.SONG):
        for mark in "“”—":
            face = pick(role, mark)
            assert face is not None
            assert face.width(mark) == 1.0


def test_a_rare_character_falls_back_to_the_whole_face() -> None:
    face = pick(Role.BODY, "龘")
    assert face is not None
    assert face.file == "serif-regular.ttf"


def test_a_missing_character_is_named_with_its_place() -> None:
    with pytest.raises(NotAllowed) as refusal:
        check([("户主姓名", "张三"), ("第12行“姓名”", "李\U000323af四")])
    assert "第12行“姓名”" in refusal.value.message
    assert "\U000323af" in refusal.value.message
    assert "U+323AF" in refusal.value.message
    assert refusal.value.advice


def test_all_missing_characters_are_counted() -> None:
    with pytest.raises(NotAllowed, match="另有2处"):
        check([("甲", "\U000323af"), ("乙", "\U000323ae"), ("丙", "\ue000"), ("丙", "\ue000")])


def test_spaces_and_line_ends_are_no_missing_characters() -> None:
    check([("备注", "第一行\n第二行　缩进 a\u00a0b\tc\u200b\ufeff")])


def test_a_mapped_but_empty_glyph_counts_as_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pen = TTGlyphPen(None)
    pen.moveTo((0, 0))
    pen.lineTo((500, 0))
    pen.lineTo((500, 500))
    pen.closePath()
    triangle, empty = pen.glyph(), TTGlyphPen(None).glyph()
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder([".notdef", "drawn", "hollow", "space"])
    builder.setupCharacterMap({ord("村"): "drawn", ord("䶮"): "hollow", ord(" "): "space"})
    builder.setupGlyf({".notdef": triangle, "drawn": triangle, "hollow": empty, "space": empty})
    builder.setupHorizontalMetrics({name: (1000, 0) for name in (".notdef", "drawn", "hollow", "space")})
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"familyName": "Hollow", "styleName": "Regular", "psName": "Hollow-Regular"})
    builder.setupOS2()
    builder.setupPost()
    (tmp_path / "fonts").mkdir()
    builder.save(tmp_path / "fonts" / "hollow.ttf")
    monkeypatch.setenv("VILLAGE_DESK_RESOURCES", str(tmp_path))
    face = Face("hollow.ttf")
    assert face.draws("村")
    assert face.draws(" ")
    assert not face.draws("䶮")
    assert not face.draws("镇")


def test_the_readme_lists_every_font_with_its_true_sum() -> None:
    rows = re.findall(r"^\| ([\w-]+\.ttf) \|.*\| ([0-9a-f]{64}) \|$", (FONTS / "README.md").read_text("utf-8"), re.M)
    assert dict(rows) == {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in FONTS.glob("*.ttf")}


def test_cut_fonts_bear_names_of_their_own_and_all_fonts_are_small_enough() -> None:
    for file in FONTS.glob("*.ttf"):
        with TTFont(file, lazy=True) as font:
            family = font["name"].getDebugName(1)
        assert family.startswith("Village Desk") or file.name in {
            "serif-regular.ttf",
            "figures.ttf",
            "figures-bold.ttf",
        }
    assert sum(file.stat().st_size for file in FONTS.iterdir()) <= 45_000_000


def test_faces_are_loaded_only_when_used() -> None:
    fonts.face.cache_clear()
    fonts.pick.cache_clear()
    pick(Role.HEADING, "村")
    assert fonts.face.cache_info().currsize == 1
