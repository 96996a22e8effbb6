"""Files from cameras, scanners and sticks: made smaller and clean, or refused with a sentence that names the file."""

import datetime as dt
import io
import zlib
from pathlib import Path

import pytest
from PIL import Image

from tests.archive.conftest import photo
from village_desk.archive.actions import prepare, prepare_file
from village_desk.kit.errors import FileTrouble, NotAllowed
from village_desk.paper import Para, Sheet


def test_a_photo_loses_what_the_camera_wrote_and_keeps_its_day() -> None:
    made = prepare(photo(taken="2026:09:01 08:30:00", place=True), "IMG_1.jpg")
    assert made.taken_on == dt.date(2026, 9, 1)
    assert b"canary-camera" not in made.content
    assert b"Exif" not in made.content
    assert dict(Image.open(io.BytesIO(made.content)).getexif()) == {}


def test_a_large_photo_becomes_small_and_a_turned_one_upright() -> None:
    image = Image.new("RGB", (4000, 1000), "white")
    exif = Image.Exif()
    exif[274] = 6  # lies on its side
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", exif=exif)
    made = Image.open(io.BytesIO(prepare(buffer.getvalue(), "a.jpg").content))
    assert made.size == (500, 2000)


def test_a_scan_keeps_its_dots() -> None:
    assert Image.open(io.BytesIO(prepare(photo(2480, 3508), "a.jpg", scan=True).content)).size == (2480, 3508)


def test_the_same_photo_gives_the_same_bytes() -> None:
    assert prepare(photo(), "a.jpg") == prepare(photo(), "a.jpg")


def test_glass_stays_white_in_a_drawing_with_holes() -> None:
    image = Image.new("RGBA", (10, 10), (0, 0, 0, 0))
    buffer = io.BytesIO()
    image.save(buffer, "PNG")
    made = Image.open(io.BytesIO(prepare(buffer.getvalue(), "a.png").content))
    assert made.getpixel((5, 5)) == (255, 255, 255)


def test_sheets_of_a_scanner_in_one_tiff_become_a_pdf() -> None:
    sheets = [Image.new("L", (200, 300), shade) for shade in (0, 128, 255)]
    buffer = io.BytesIO()
    sheets[0].save(buffer, "TIFF", save_all=True, append_images=sheets[1:])
    made = prepare(buffer.getvalue(), "扫描.tif")
    assert (made.form, made.pages) == ("pdf", 3)
    assert made == prepare(buffer.getvalue(), "扫描.tif")


def test_a_pdf_is_kept_as_it_is_with_its_pages() -> None:
    pdf = Sheet("合同", [Para("第一条")]).pdf()
    made = prepare(pdf, "合同.pdf")
    assert (made.content, made.form, made.pages) == (pdf, "pdf", 1)


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"", "空.jpg", "“空.jpg”是空文件"),
        (b"PK\x03\x04", "表.xlsx", "“表.xlsx”是办公文件"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "旧表", "“旧表”是办公文件"),
        (b"\0\0\0\x18ftypheic", "IMG.HEIC", "“IMG.HEIC”是苹果手机的HEIC照片"),
        (b"\0\0\0\x18ftypmp42", "会议.mp4", "“会议.mp4”是录音或录像"),
        (b"hello", "a.jpg", "“a.jpg”打不开"),
        (b"\xff\xd8\xff\xe0broken", "坏.jpg", "“坏.jpg”打不开"),
        (b"%PDF-1.4 torn", "坏.pdf", "“坏.pdf”不是完好的PDF"),
    ],
)
def test_a_wrong_file_is_named_with_what_to_do(content: bytes, name: str, said: str) -> None:
    with pytest.raises(NotAllowed) as refused:
        prepare(content, name)
    assert refused.value.message.startswith(said)
    assert refused.value.advice


def test_a_photo_cut_short_is_refused() -> None:
    whole = photo(800, 800)
    with pytest.raises(NotAllowed, match="打不开"):
        prepare(whole[: len(whole) // 2], "断.jpg")


@pytest.mark.parametrize(("side", "said"), [(13_000, "13000×13000点"), (60_000, "点数太多")])
def test_a_picture_with_too_many_dots_is_refused_before_it_is_unpacked(side: int, said: str) -> None:
    # A PNG that is only a head.
    head = b"\x89PNG\r\n\x1a\n" + (13).to_bytes(4, "big") + b"IHDR" + side.to_bytes(4, "big") * 2 + b"\x08\2\0\0\0"
    head += zlib.crc32(head[12:]).to_bytes(4, "big")
    with pytest.raises(NotAllowed, match=said):
        prepare(head + bytes(4) + b"IDAT" + bytes(8), "大.png")


def test_a_folder_and_a_file_that_is_gone_are_told(tmp_path: Path) -> None:
    with pytest.raises(NotAllowed, match="是文件夹"):
        prepare_file(tmp_path)
    with pytest.raises(FileTrouble, match="读不出来"):
        prepare_file(tmp_path / "没有.jpg")
