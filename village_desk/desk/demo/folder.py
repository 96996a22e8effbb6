"""Where a demo is written: an empty folder, or one that an earlier demo left and that is replaced."""

import json
import shutil
from pathlib import Path
from typing import Any

from village_desk.kit.errors import FileTrouble, NotAllowed
from village_desk.store.files import disk_trouble, write_whole

PARTS = ("village", "township", "stick", "paper", "office")
SUMMARY = "summary.json"
MARK = "village-desk demo"


def prepare(out: Path) -> None:
    """Make the five folders, taking away what an earlier demo left.

    Raises NotAllowed when something else lies in the folder, FileTrouble when the disk refuses.
    """
    if out.exists() and not out.is_dir():
        raise FileTrouble(f"“{out}”是一个文件，不是文件夹。", "请在 --out 后面写一个文件夹。")
    found = sorted(path.name for path in out.iterdir()) if out.is_dir() else []
    if found and not _is_ours(out):
        raise NotAllowed(
            f"“{out}”里已经有别的文件（{found[0]}），没有写示例。", "请换一个空文件夹，原有的文件都没有动。"
        )
    try:
        for name in PARTS:
            if (out / name).exists():
                shutil.rmtree(out / name)
            (out / name).mkdir(parents=True)
        (out / SUMMARY).unlink(missing_ok=True)
        # Until the summary is there, this says whose the folder is, so that a broken run can be repeated.
        write_whole(out / SUMMARY, json.dumps({"made_by": MARK}).encode())
    except OSError as reason:
        raise disk_trouble(reason, out / SUMMARY) from reason


def write_summary(out: Path, summary: dict[str, Any]) -> Path:
    """Write summary.json: what was done, the files' names, and the passwords."""
    path = out / SUMMARY
    write_whole(path, json.dumps({"made_by": MARK, **summary}, ensure_ascii=False, indent=1).encode())
    return path


def _is_ours(out: Path) -> bool:
    try:
        found = json.loads((out / SUMMARY).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return isinstance(found, dict) and found.get("made_by") == MARK
