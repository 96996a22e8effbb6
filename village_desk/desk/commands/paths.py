"""Where the village file lies that a command names; loads nothing, so that the window stands before the engine."""

from pathlib import Path

from village_desk.kit.errors import FileTrouble
from village_desk.store.files import SUFFIX


def village_path(name: str) -> Path:
    """The path of an existing village file; raises FileTrouble when it is missing or something else."""
    path = Path(name)
    if not path.exists() and path.suffix != SUFFIX and path.with_name(path.name + SUFFIX).exists():
        path = path.with_name(path.name + SUFFIX)
    if not path.exists():
        raise FileTrouble(f"找不到“{path}”。", "请核对文件名和所在的文件夹。")
    if path.is_dir() or path.suffix != SUFFIX:
        raise FileTrouble(f"“{path.name}”不是村务通的档案。", f"档案的文件名以 {SUFFIX} 结尾，请换成它再试。")
    return path
