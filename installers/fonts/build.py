"""Rebuild resources/fonts from named packages: python installers/fonts/build.py [--keep DIR] [NAME …].

Every package is held to its version and its SHA-256 sum.
Needs npm, apt-get and dpkg-deb for fetching, and fonttools with brotli for cutting. The result is the same to the byte.
"""

import argparse
import bz2
import hashlib
import io
import re
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables._g_l_y_f import Glyph, GlyphComponent

FONTS = Path(__file__).resolve().parents[2] / "resources" / "fonts"
CHARACTERS = FONTS / "characters-8105.txt"


@dataclass(frozen=True)
class Package:
    """A published package: `fetch` is npm or apt, `sha256` is that of the package file."""

    fetch: str
    name: str
    version: str
    sha256: str

    @property
    def title(self) -> str:
        """The package as the README names it."""
        return f"{self.fetch} {self.name} {self.version}"


SANS = Package(
    "npm",
    "@expo-google-fonts/noto-sans-sc",
    "0.4.3",
    "0d69d0f4971d2ff574e3d93cbc218dc950bf3f3f8f8e2c008d97687ed53aee59",
)
SERIF = Package(
    "npm",
    "@expo-google-fonts/noto-serif-sc",
    "0.4.3",
    "ff6bcf5ba68d92dfecc05544bb150f9e724741a932354a0dd97e7289c40a3f5e",
)
WENKAI = Package(
    "npm", "@fontsource/lxgw-wenkai", "5.3.0", "e796ef6dd20f4eea37625222872095a7d049fa6bfdd6fe80a15dfa22fdf2c7ca"
)
LIBERATION = Package(
    "apt", "fonts-liberation2", "2.1.5-1", "35ffaa54f117e633e89a5da89af235a073b34dbe582726fbf6989568f7fd9bda"
)
UNICODE = Package("apt", "unicode-data", "15.0.0-1", "5efef23bbb1c6a133ecbdd63a2cfa07159ccacf5466a49e2426101c5ecd691fc")


@dataclass(frozen=True)
class Face:
    """One shipped font file; `family` empty means the font is shipped as it came."""

    file: str
    package: Package
    member: str
    family: str = ""
    style: str = "Regular"
    weight: int = 400
    kerning: bool = False


FACES = (
    Face("ui-regular.ttf", SANS, "package/400Regular/NotoSansSC_400Regular.ttf", "Village Desk UI", kerning=True),
    Face("ui-bold.ttf", SANS, "package/700Bold/NotoSansSC_700Bold.ttf", "Village Desk UI", "Bold", 700, kerning=True),
    Face("sans-medium.ttf", SANS, "package/500Medium/NotoSansSC_500Medium.ttf", "Village Desk Heading"),
    Face("serif-regular.ttf", SERIF, "package/400Regular/NotoSerifSC_400Regular.ttf"),
    Face("serif-extrabold.ttf", SERIF, "package/800ExtraBold/NotoSerifSC_800ExtraBold.ttf", "Village Desk Title"),
    Face("kai-light.ttf", WENKAI, "package/files/lxgw-wenkai-latin-300-normal.woff2", "Village Desk Body"),
    Face("kai-regular.ttf", WENKAI, "package/files/lxgw-wenkai-latin-500-normal.woff2", "Village Desk Kai"),
    Face("figures.ttf", LIBERATION, "usr/share/fonts/truetype/liberation2/LiberationSerif-Regular.ttf"),
    Face("figures-bold.ttf", LIBERATION, "usr/share/fonts/truetype/liberation2/LiberationSerif-Bold.ttf"),
)

LICENCES = (
    ("OFL-noto-sans-sc.txt", SANS, "package/LICENSE_FONT"),
    ("OFL-noto-serif-sc.txt", SERIF, "package/LICENSE_FONT"),
    ("OFL-lxgw-wenkai.txt", WENKAI, "package/LICENSE"),
    ("OFL-liberation.txt", LIBERATION, "usr/share/doc/fonts-liberation2/copyright"),
    ("LICENCE-unicode-data.txt", UNICODE, "usr/share/doc/unicode-data/copyright"),
)


def fetch(package: Package, kept: Path) -> Path:
    """The package file, fetched when it is not in `kept`; stops when its sum is not the named one."""
    before = set(kept.iterdir())
    found = next((file for file in before if _sha256(file.read_bytes()) == package.sha256), None)
    if found:
        return found
    command = {
        "npm": ["npm", "pack", "--silent", f"{package.name}@{package.version}"],
        "apt": ["apt-get", "download", f"{package.name}={package.version}"],
    }[package.fetch]
    subprocess.run(command, cwd=kept, check=True, stdout=sys.stderr)
    for file in set(kept.iterdir()) - before:
        if _sha256(file.read_bytes()) == package.sha256:
            return file
    raise SystemExit(f"{package.title}: the file fetched does not have the sum {package.sha256}")


def member(package: Package, path: str, kept: Path) -> bytes:
    """One file out of a package."""
    source = fetch(package, kept)
    if package.fetch == "apt":
        listing = subprocess.run(["dpkg-deb", "--fsys-tarfile", str(source)], check=True, capture_output=True).stdout
        archive, wanted = tarfile.open(fileobj=io.BytesIO(listing)), f"./{path}"
    else:
        archive, wanted = tarfile.open(source), path
    with archive:
        stream = archive.extractfile(wanted)
        if stream is None:
            raise SystemExit(f"{package.title}: no file {path}")
        return stream.read()


def table_of_8105(kept: Path) -> str:
    """The 通用规范汉字表 in its own order, from the Unihan property kTGH."""
    raw = member(UNICODE, "usr/share/unicode/Unihan_OtherMappings.txt.bz2", kept)
    rows = re.findall(r"^U\+([0-9A-F]+)\tkTGH\t2013:(\d+)$", bz2.decompress(raw).decode(), re.MULTILINE)
    ordered = [chr(int(code, 16)) for code, number in sorted(rows, key=lambda row: int(row[1]))]
    if len(ordered) != 8105:
        raise SystemExit(f"kTGH lists {len(ordered)} characters, not 8105")
    return "\n".join("".join(ordered[start : start + 100]) for start in range(0, 8105, 100)) + "\n"


def wanted_characters(available: Iterable[int]) -> set[int]:
    """Code points that a cut font keeps: the 8105, GB 2312, and every sign and letter below the ideographs."""
    table = {ord(ch) for ch in CHARACTERS.read_text(encoding="utf-8") if ch != "\n"}
    rows = (bytes((first, second)) for first in range(0xA1, 0xF8) for second in range(0xA1, 0xFF))
    gb2312 = {ord(ch) for pair in rows for ch in pair.decode("gb2312", "ignore")}
    signs = {code for code in available if 0x20 <= code < 0x1100 or 0x1E00 <= code < 0x3100}
    signs |= {code for code in available if 0x3200 <= code < 0x3400 or 0xFF00 <= code < 0xFFF0}
    return table | gb2312 | signs


def cut(raw: bytes, face: Face) -> bytes:
    """A font cut to the wanted characters under its own family name (OFL 1.1, Modified Version)."""
    font = TTFont(io.BytesIO(raw), recalcTimestamp=False)
    font.flavor = None
    options = subset.Options()
    options.layout_features = ["kern"] if face.kerning else []
    options.drop_tables += ["BASE", "STAT", "vhea", "vmtx", "VORG"]
    options.hinting = face.kerning
    options.glyph_names = False
    options.notdef_outline = True
    options.name_IDs = [0, 1, 2, 4, 5, 6, 13, 14]
    options.recalc_timestamp = False
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=wanted_characters(font.getBestCmap()))
    cutter.subset(font)
    _add_tick_boxes(font)
    _rename(font, face)
    result = io.BytesIO()
    font.save(result, reorderTables=True)
    return result.getvalue()


def _add_tick_boxes(font: TTFont) -> None:
    """Give the font ☐ and ☑, which forms need and none of the sources has: its own □, and □ with its own ✓ on it."""
    known = font.getBestCmap()
    box, tick = known[0x25A1], known[0x2713]
    font.getGlyphOrder()
    for code, parts in ((0x2610, [box]), (0x2611, [box, tick])):
        name = f"uni{code:04X}"
        glyph = Glyph()
        glyph.numberOfContours = -1
        glyph.components = [_centred(part, box, font) for part in parts]
        font["glyf"][name] = glyph
        font["hmtx"][name] = font["hmtx"][box]
        for table in font["cmap"].tables:
            if table.isUnicode():
                table.cmap[code] = name
        glyph.recalcBounds(font["glyf"])
    font["maxp"].recalc(font)


def _centred(name: str, box: str, font: TTFont) -> GlyphComponent:
    outlines = font["glyf"]
    here, frame = outlines[name], outlines[box]
    part = GlyphComponent()
    part.glyphName, part.flags = name, 0x0004 | 0x0200
    part.x = (frame.xMin + frame.xMax - here.xMin - here.xMax) // 2
    part.y = (frame.yMin + frame.yMax - here.yMin - here.yMax) // 2
    return part


def _rename(font: TTFont, face: Face) -> None:
    names = font["name"]
    copyright_line, version = names.getDebugName(0), names.getDebugName(5)
    names.names = []
    full = face.family if face.style == "Regular" else f"{face.family} {face.style}"
    for number, text in {
        0: copyright_line,
        1: face.family,
        2: face.style,
        3: f"{full}; cut from {face.package.name} {face.package.version}",
        4: full,
        5: version,
        6: f"{face.family.replace(' ', '')}-{face.style}",
        13: "Licensed under the SIL Open Font License, Version 1.1",
        14: "https://openfontlicense.org",
    }.items():
        names.setName(text, number, 3, 1, 0x409)
    bold = face.style == "Bold"
    font["OS/2"].usWeightClass = face.weight
    font["OS/2"].fsSelection = (font["OS/2"].fsSelection & ~0x61) | (0x20 if bold else 0x40)
    font["head"].macStyle = 1 if bold else 0


def readme(write: Callable[[str], object]) -> None:
    """Write the list of what is shipped, from where, and with which sums."""
    write(
        "# Fonts\n\nWritten by `installers/fonts/build.py`, which rebuilds every file here from the packages\n"
        "named below. All fonts are under the SIL Open Font License 1.1; the licence texts lie beside them.\n"
        "A font that was cut to the 8105 characters of the 通用规范汉字表, GB 2312 and the signs is a\n"
        "Modified Version: it bears its own family name and has ☐ and ☑ added from its own □ and ✓.\n"
        "`characters-8105.txt` is that table in its order, from the Unihan property kTGH (Unicode licence).\n\n"
        "| file | family | package | member | sha256 of the file |\n|---|---|---|---|---|\n"
    )
    for face in FACES:
        family = f"{face.family} {face.style}" if face.family else "as published"
        digest = _sha256((FONTS / face.file).read_bytes())
        write(f"| {face.file} | {family} | {face.package.title} | {face.member} | {digest} |\n")
    write("\n| package | sha256 of the package file |\n|---|---|\n")
    for package in (SANS, SERIF, WENKAI, LIBERATION, UNICODE):
        write(f"| {package.title} | {package.sha256} |\n")


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def main() -> None:
    """Build the fonts named, or all of them with licences, table and README."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--keep", type=Path, help="a folder for the fetched packages, used again next time")
    parser.add_argument("names", nargs="*", help="file names to build; without names everything is built")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        kept: Path = given.keep or Path(scratch)
        kept.mkdir(parents=True, exist_ok=True)
        FONTS.mkdir(parents=True, exist_ok=True)
        if not CHARACTERS.exists() or not given.names:
            CHARACTERS.write_text(table_of_8105(kept), encoding="utf-8", newline="\n")
        for face in FACES:
            if not given.names or face.file in given.names:
                raw = member(face.package, face.member, kept)
                (FONTS / face.file).write_bytes(cut(raw, face) if face.family else raw)
                print(face.file, (FONTS / face.file).stat().st_size, file=sys.stderr)
        for file, package, path in LICENCES:
            (FONTS / file).write_bytes(member(package, path, kept))
        if all((FONTS / face.file).exists() for face in FACES):
            with (FONTS / "README.md").open("w", encoding="utf-8", newline="\n") as stream:
                readme(stream.write)


if __name__ == "__main__":
    main()
