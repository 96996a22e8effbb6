"""Files from cameras, scanners and sticks made ready to be kept: upright, smaller, without the camera's data."""

import datetime as dt
import io
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from village_desk.kit.errors import FileTrouble, NotAllowed

LARGEST_SOURCE_BYTES = 80 * 1024 * 1024
LARGEST_PDF_BYTES = 20 * 1024 * 1024
# A photo of 2,000 pixels prints well over a whole sheet; a scan keeps 300 dots an inch on A4.
PHOTO_SIDE, SCAN_SIDE = 2000, 3508
MOST_PIXELS = 150_000_000
_QUALITY = 85
_MOST_PAGES = 500
_DATE_TAKEN, _DATE_CHANGED, _EXIF_FOLDER = 36867, 306, 0x8769
_FORMATS = frozenset({"JPEG", "MPO", "PNG", "BMP", "TIFF", "WEBP", "GIF"})
_OFFICE = {".doc", ".docx", ".xls", ".xlsx", ".ppt", ".pptx", ".wps", ".et", ".ofd", ".txt"}
_FILMS = {".mp4", ".mov", ".avi", ".mkv", ".3gp", ".mp3", ".m4a", ".wav", ".amr"}
_ADVICE = "请选照片（jpg、png）、扫描件（jpg、tif）或PDF文件。"


@dataclass(frozen=True)
class Prepared:
    """A file ready to be kept: `form` is jpg, png or pdf; `taken_on` the day that the camera wrote, None without."""

    content: bytes
    form: str
    pages: int
    taken_on: dt.date | None
    name: str


def prepare_file(path: Path, *, scan: bool = False) -> Prepared:
    """Read a file of the clerk's and make it ready. Raises FileTrouble, NotAllowed with the file's name."""
    path = Path(path)
    if path.is_dir():
        raise NotAllowed(f"“{path.name}”是文件夹，不能附上。", "请打开文件夹，选里面的照片或PDF。")
    try:
        size = path.stat().st_size
        if size > LARGEST_SOURCE_BYTES:
            raise NotAllowed(
                f"“{path.name}”有{size // 1024 // 1024}兆，超过80兆，没有收进档案。", "请缩小后再试；录像请另外保存。"
            )
        content = path.read_bytes()
    except OSError as reason:
        raise FileTrouble(f"“{path.name}”读不出来。", "请检查U盘是否插好、文件是否还在，再试一次。") from reason
    return prepare(content, path.name, scan=scan)


def prepare(content: bytes, name: str, *, scan: bool = False) -> Prepared:
    """Make a file's content ready. Raises NotAllowed for what is no photo, scan or PDF, or is too large."""
    suffix = Path(name).suffix.lower()
    if not content:
        raise NotAllowed(f"“{name}”是空文件，没有内容。", "请重新拷贝这个文件再试。")
    if content[:1024].lstrip().startswith(b"%PDF"):
        return _pdf(content, name)
    if content[4:8] == b"ftyp" and content[8:12] in {b"heic", b"heix", b"mif1", b"heif", b"hevc"}:
        raise NotAllowed(
            f"“{name}”是苹果手机的HEIC照片，这台电脑打不开。",
            "请在手机“设置—相机—格式”里选“兼容性最佳”，或用微信发一遍存成jpg再附。",
        )
    if suffix in _OFFICE or content[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        raise NotAllowed(f"“{name}”是办公文件，以后可能被改动，不能作痕迹材料。", "请在WPS里另存为PDF，再附PDF。")
    if suffix in _FILMS:
        raise NotAllowed(f"“{name}”是录音或录像，档案里不收。", _ADVICE)
    return _picture(content, name, SCAN_SIDE if scan else PHOTO_SIDE)


def _pdf(content: bytes, name: str) -> Prepared:
    if len(content) > LARGEST_PDF_BYTES:
        raise NotAllowed(
            f"“{name}”有{len(content) // 1024 // 1024}兆，PDF最大收20兆。", "请用扫描仪按200点重扫，或分成几个文件。"
        )
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as reason:
        if "password" in str(reason).lower():
            raise NotAllowed(f"“{name}”设了打开口令，以后会打不开。", "请去掉口令另存一份再附。") from reason
        raise NotAllowed(f"“{name}”不是完好的PDF，打不开。", "请重新导出或重新扫描。") from reason
    try:
        pages = len(document)
    finally:
        document.close()
    if not 1 <= pages <= _MOST_PAGES:
        raise NotAllowed(f"“{name}”有{pages}页，一个文件最多收{_MOST_PAGES}页。", "请分成几个文件。")
    return Prepared(content, "pdf", pages, None, name)


def _picture(content: bytes, name: str, side: int) -> Prepared:
    import warnings

    from PIL import Image, ImageOps

    try:
        with warnings.catch_warnings():
            # A picture is measured here before any of its pixels is unpacked.
            warnings.simplefilter("ignore")
            image: Any = Image.open(io.BytesIO(content))
            if image.format not in _FORMATS:
                raise NotAllowed(f"“{name}”不是照片或扫描件。", _ADVICE)
            if image.width * image.height > MOST_PIXELS:
                raise NotAllowed(f"“{name}”有{image.width}×{image.height}点，太大了。", "请缩小或降低扫描精度再附。")
            frames = getattr(image, "n_frames", 1) if image.format == "TIFF" else 1
            if frames > 1:
                return _frames(image, name, frames, side)
            taken = _day_taken(image)
            made, form = _shrunk(ImageOps.exif_transpose(image), side)
    except NotAllowed:
        raise
    except Image.DecompressionBombError as reason:
        raise NotAllowed(f"“{name}”的点数太多了，打不开。", "请缩小或降低扫描精度再附。") from reason
    except (OSError, ValueError, SyntaxError, EOFError) as reason:
        raise NotAllowed(f"“{name}”打不开，不是完好的照片或PDF。", f"请重新拷贝一次。{_ADVICE}") from reason
    return Prepared(made, form, 1, taken, name)


def _shrunk(image: Any, side: int) -> tuple[bytes, str]:
    """New bytes with the pixels alone: nothing that the camera wrote goes along."""
    from PIL import Image

    image = _flat(image)
    if max(image.size) > side:
        image.thumbnail((side, side), Image.Resampling.LANCZOS)
    buffer = io.BytesIO()
    if image.mode == "1":
        image.save(buffer, "PNG")
        return buffer.getvalue(), "png"
    image.save(buffer, "JPEG", quality=_QUALITY, optimize=True)
    return buffer.getvalue(), "jpg"


def _flat(image: Any) -> Any:
    """Black and white, grey or colours on white ground; Pillow's own list of remarks is left behind."""
    from PIL import Image

    if image.mode in {"1", "L", "RGB"}:
        made = image.copy()
        made.info = {}
        return made
    if image.mode in {"I;16", "I", "F"}:
        return image.convert("L")
    shown = image.convert("RGBA")
    ground = Image.new("RGB", shown.size, "white")
    ground.paste(shown, mask=shown.getchannel("A"))
    return ground


def _frames(image: Any, name: str, frames: int, side: int) -> Prepared:
    """A scan of several sheets in one TIFF becomes a PDF."""
    from PIL import Image

    if frames > _MOST_PAGES:
        raise NotAllowed(f"“{name}”有{frames}页，一个文件最多收{_MOST_PAGES}页。", "请分成几个文件。")
    sheets = []
    for number in range(frames):
        image.seek(number)
        sheet = _flat(image)
        sheet.thumbnail((side, side), Image.Resampling.LANCZOS)
        sheets.append(sheet)
    buffer = io.BytesIO()
    fixed = dt.datetime(2000, 1, 1).timetuple()
    sheets[0].save(
        buffer,
        "PDF",
        save_all=True,
        append_images=sheets[1:],
        resolution=side / 11.7,
        creationDate=fixed,
        modDate=fixed,
    )
    return _pdf(buffer.getvalue(), name)


def _day_taken(image: Any) -> dt.date | None:
    """The day on which the camera says that it took the picture; cameras with an empty battery say nonsense."""
    exif = image.getexif()
    words = exif.get_ifd(_EXIF_FOLDER).get(_DATE_TAKEN) or exif.get(_DATE_CHANGED) or ""
    try:
        return dt.datetime.strptime(str(words)[:10], "%Y:%m:%d").date()
    except ValueError:
        return None
