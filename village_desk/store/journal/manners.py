"""What another laptop's operation may say at all: whose it is, and whether its verb and values fit its class."""

from typing import Any

from village_desk.kit.errors import FileTrouble
from village_desk.store.base import OWNED_PREFIX, Merge, Spec
from village_desk.store.journal.writing import Writing
from village_desk.store.operations import Operation, from_wire

# Nobody writes so much between two visits; a counter that runs away would leave no room for anybody's next one.
FURTHEST_LAMPORT = 2**32


def check_author(
    operation: Operation, spec: Spec | None, writing: Writing, *, village: str, from_township: bool
) -> None:
    """Raise FileTrouble for an operation that is not its author's to write."""
    if operation.village != village:
        raise FileTrouble("这份文件里混有别的村的记录。", "没有收取任何内容，请让对方重新导出。")
    of_township = spec.merge is Merge.TOWNSHIP_OWNED if spec is not None else operation.table.startswith(OWNED_PREFIX)
    if of_township != from_township:
        raise FileTrouble("这份文件里有不该由对方填写的记录。", "没有收取任何内容，请联系乡镇核实。")
    if operation.device == writing.device and village != writing.village:
        raise FileTrouble("这份文件冒用了这台电脑的名义。", "没有收取任何内容，请联系对方核实。")
    if operation.lamport > writing.lamport + FURTHEST_LAMPORT:
        raise FileTrouble("这份文件里的记录编号乱了。", "没有收取任何内容，请让对方重新导出。")


def check_content(operation: Operation, spec: Spec) -> None:
    """Raise FileTrouble for a verb that the class does not know, and for values that its columns cannot hold."""
    values: dict[str, Any] = {
        name: from_wire(spec.named[name], value) for name, value in operation.fields_of(spec).items()
    }
    withheld = operation.commit_township is not None and operation.stored.township is None
    if operation.verb not in spec.verbs or not (withheld or _is_fitting(operation.verb, spec, values)):
        raise FileTrouble("这份文件里有不合规矩的改动。", "没有收取任何内容，请让对方更新软件后重新导出。")


def _is_fitting(verb: str, spec: Spec, values: dict[str, Any]) -> bool:
    if verb == "retire":
        return values == {"retired": True}
    if spec.merge is not Merge.FROZEN or verb == "amend":
        return True
    return (verb == "freeze") == spec.is_frozen(values)
