"""What import-linter cannot say about the house: doors of rooms, names, sizes, and words that stay out."""

import ast
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path

import grimp
import pytest
from pypinyin import lazy_pinyin

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "village_desk"
MODULES = sorted(PACKAGE.rglob("*.py"))
TEST_MODULES = sorted((ROOT / "tests").rglob("*.py"))

NO_ROOMS = {"desk", "sync", "widgets", "paper", "store", "kit"}
WINDOW_PARTS = {"page", "dialogs", "table"}
LONGEST_FILE = 600

# What other rooms may enter, and what a part of an upper room may enter besides.
DOORS = {"lookups", "actions", "rules"}
MORE_DOORS = {"lookups": {"records"}, "printout": {"printout"}}
# The window shows every page, and both the window and the command line print.
WINDOW_DOORS = DOORS | {"page", "printout"}

NETWORK = {"asyncio", "ftplib", "http", "httpx", "requests", "smtplib", "socket", "socketserver", "ssl", "urllib"}

# A Chinese term has its English word in the glossary of README.md; its sounds are no name.
TERMS = (
    "公开 公示 公告 应到 实到 列席 事项 议题 决议 张贴 撤下 村委 村务 监委 党支部 党员 大会 会议 代表 户口 户主 "
    "村民 居民 积分 冲正 更正 台账 档案 痕迹 补录 登记 上报 回执 规则 考评 表决 票数 提议 商议 审议 四议 两公开 "
    "乡镇 姓名 身份证 电话 签到"
)
PINYIN = {"".join(lazy_pinyin(term)) for term in TERMS.split()}
VAGUE = {"manager", "helper", "helpers", "util", "utils", "handler", "processor"}
VAGUE_MODULES = VAGUE | {"common", "core", "misc"}

# In halves, so that this file holds none of them.
UNWANTED = ["py" + "pi.org", "python" + "hosted.org", "tuna." + "tsinghua", "mirrors." + "aliyun", "/wor" + "k/"]
TOP_LEVEL = ["pyproject.toml", "README.md", ".gitignore", ".ci", "village_desk", "resources", "installers", "tests"]
BINARY = {
    ".ttf",
    ".otf",
    ".png",
    ".jpg",
    ".ico",
    ".pdf",
    ".xls",
    ".xlsx",
    ".docx",
    ".vdesk",
    ".vdb",
    ".pyc",
    ".br",
    ".gz",
}


@cache
def tree_of(path: Path) -> ast.Module:
    """The parsed module."""
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def place(path: Path) -> str:
    """The path as a reader of a failed test wants it."""
    return path.relative_to(ROOT).as_posix()


def direct_imports() -> Iterator[tuple[str, str]]:
    """Pairs of importing and imported module inside the house."""
    graph = grimp.build_graph("village_desk", cache_dir=None)
    for importer in sorted(graph.modules):
        for imported in sorted(graph.find_modules_directly_imported_by(importer)):
            yield importer, imported


def imported_names(tree: ast.Module) -> set[str]:
    """Every absolute module name that a module imports, also inside functions."""
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def trespasses(importer: str, imported: str) -> bool:
    """Whether this import enters another room by something that is no door."""
    room, part = [*importer.split("."), "", ""][1:3]
    other_room, other_part = [*imported.split("."), "", ""][1:3]
    if not other_room or other_room in NO_ROOMS or other_room == room:
        return False
    if room in {"desk", "__main__"}:
        return other_part not in WINDOW_DOORS
    return other_part not in DOORS | MORE_DOORS.get(part, set())


def test_a_room_is_entered_by_its_lookups_actions_or_rules() -> None:
    assert [f"{one} enters {other}" for one, other in direct_imports() if trespasses(one, other)] == []


@pytest.mark.parametrize(
    ("importer", "imported", "wrong"),
    [
        ("decisions.actions", "notices.actions", False),
        ("decisions.actions.votes", "notices.records", True),
        ("decisions.lookups.board", "people.records", False),
        ("decisions.printout", "notices.printout.sheets", False),
        ("decisions.actions", "notices.printout", True),
        ("decisions.page", "people.dialogs", True),
        ("decisions.page", "people.page", True),
        ("decisions.page", "people", True),
        ("decisions.page", "decisions.dialogs", False),
        ("decisions.page", "widgets.grid", False),
        ("desk.window", "people.page", False),
        ("desk.window", "people.dialogs", True),
        ("__main__", "notices.printout", False),
    ],
)
def test_the_doors_are_told_apart(importer: str, imported: str, wrong: bool) -> None:
    assert trespasses(f"village_desk.{importer}", f"village_desk.{imported}") is wrong


def test_a_room_holds_only_the_names_of_the_floor_plan() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    (floor,) = [contract for contract in contracts if contract["id"] == "floor"]
    names = {layer.strip("()") for layer in floor["layers"]} | {"__init__"}
    found = {path.relative_to(PACKAGE).parts[:2] for path in MODULES if len(path.relative_to(PACKAGE).parts) > 1}
    in_rooms = [(room, part) for room, part in sorted(found) if room not in NO_ROOMS]
    assert [f"{room}/{part}" for room, part in in_rooms if part.removesuffix(".py") not in names] == []


def test_qt_is_imported_only_where_windows_are_made() -> None:
    wrong = []
    for path in MODULES:
        parts = [part.removesuffix(".py") for part in path.relative_to(PACKAGE).parts]
        if parts[0] in {"desk", "widgets", "__main__"} or (len(parts) > 1 and parts[1] in WINDOW_PARTS):
            continue
        if any(name.split(".")[0] in {"PySide6", "shiboken6"} for name in imported_names(tree_of(path))):
            wrong.append(place(path))
    assert wrong == []


def test_nothing_opens_a_connection() -> None:
    wrong = [
        f"{place(path)} imports {name}"
        for path in MODULES
        for name in sorted(imported_names(tree_of(path)))
        if name.split(".")[0] in NETWORK or name.startswith("PySide6.QtNetwork")
    ]
    assert wrong == []


def test_every_module_says_what_it_is_for() -> None:
    assert [place(path) for path in MODULES + TEST_MODULES if not ast.get_docstring(tree_of(path))] == []


def test_every_module_holds_something() -> None:
    hollow = [place(path) for path in MODULES if path.name != "__init__.py" and len(tree_of(path).body) < 2]
    for path in MODULES:
        alone = path.name == "__init__.py" and not [other for other in path.parent.rglob("*.py") if other != path]
        if alone and len(tree_of(path).body) < 2:
            hollow.append(place(path.parent))
    assert hollow == []


def test_every_folder_is_a_package() -> None:
    # A folder without __init__.py is invisible to the contracts.
    assert [place(path.parent) for path in MODULES if not (path.parent / "__init__.py").exists()] == []


def test_no_file_is_too_long_to_read() -> None:
    lengths = {place(path): len(path.read_text(encoding="utf-8").splitlines()) for path in MODULES}
    assert {path: lines for path, lines in lengths.items() if lines > LONGEST_FILE} == {}


def names_given(tree: ast.Module) -> Iterator[str]:
    """Names of classes, functions, arguments, variables and fields that a module makes."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name
        elif isinstance(node, ast.arg):
            yield node.arg
        elif isinstance(node, ast.Name | ast.Attribute) and isinstance(node.ctx, ast.Store):
            yield node.id if isinstance(node, ast.Name) else node.attr


def words_of(name: str) -> list[str]:
    """The lower-case words of a name in either style."""
    return [word.lower() for word in re.findall(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])", name)]


def test_no_name_is_pinyin() -> None:
    wrong = []
    for path in MODULES:
        for name in sorted({path.stem, *names_given(tree_of(path))}):
            words = words_of(name)
            if PINYIN & {*words, *("".join(pair) for pair in pairwise(words))}:
                wrong.append(f"{place(path)}: {name}")
    assert wrong == []


def test_no_module_or_class_is_named_vaguely() -> None:
    wrong = [place(path) for path in MODULES if path.stem in VAGUE_MODULES or path.parent.name in VAGUE_MODULES]
    wrong += [
        f"{place(path)}: {node.name}"
        for path in MODULES
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.ClassDef) and VAGUE & set(words_of(node.name)[-1:])
    ]
    assert wrong == []


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("GongKaiPage", ["gong", "kai", "page"]),
        ("jifen_no", ["jifen", "no"]),
        ("PDFSheet", ["pdf", "sheet"]),
        ("_Vote2", ["vote"]),
    ],
)
def test_names_are_taken_apart_into_words(name: str, words: list[str]) -> None:
    assert words_of(name) == words


def test_no_test_waits_for_time() -> None:
    waits = []
    for path in TEST_MODULES:
        for node in ast.walk(tree_of(path)):
            if (
                isinstance(node, ast.ImportFrom)
                and node.module == "time"
                and any(a.name == "sleep" for a in node.names)
            ):
                waits.append(f"{place(path)}:{node.lineno}")
            if isinstance(node, ast.Call) and ast.unparse(node.func) in {"time.sleep", "qtbot.wait", "QTest.qWait"}:
                waits.append(f"{place(path)}:{node.lineno}")
    assert waits == []


def test_no_file_names_a_registry_or_a_machine() -> None:
    found = []
    for top in TOP_LEVEL:
        start = ROOT / top
        for path in sorted(start.rglob("*")) if start.is_dir() else [start]:
            if path.is_file() and path.suffix not in BINARY:
                text = path.read_text(encoding="utf-8", errors="ignore")
                found += [f"{place(path)}: {word}" for word in UNWANTED if word in text]
    assert found == []


def test_the_locks_hold_exact_versions_with_hashes_and_no_addresses() -> None:
    for name in ("requirements.lock", "requirements-dev.lock"):
        lines = (ROOT / "installers" / name).read_text(encoding="utf-8").splitlines()
        assert not [line for line in lines if "://" in line or line.startswith("-")]
        entries = [line for line in lines if re.match(r"[A-Za-z0-9]", line)]
        assert entries
        assert all(re.match(r"[\w.-]+==\S+ .*\\$", line) or re.match(r"[\w.-]+==\S+ \\$", line) for line in entries)


def test_the_locks_hold_what_the_project_asks_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]

    def pins(lines: list[str]) -> set[str]:
        return {re.sub(r"[-_.]+", "-", line.split(";")[0].strip(" \\").lower()) for line in lines}

    runtime = pins((ROOT / "installers" / "requirements.lock").read_text(encoding="utf-8").splitlines())
    development = pins((ROOT / "installers" / "requirements-dev.lock").read_text(encoding="utf-8").splitlines())
    assert pins(project["dependencies"]) <= runtime
    assert pins(project["dependencies"] + project["optional-dependencies"]["dev"]) <= development
    assert {line for line in runtime if "==" in line} <= development
