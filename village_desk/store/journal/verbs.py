"""What a change of a row is called in the journal, and which rows are final."""

from collections.abc import Sequence
from typing import Any

from village_desk.kit.errors import NotAllowed
from village_desk.store.base import Merge, Spec
from village_desk.store.journal.writing import Writing
from village_desk.store.operations import Operation
from village_desk.store.reduction import final_since, is_readable


def verb_of_change(
    spec: Spec,
    record: str,
    changed: dict[str, tuple[Any, Any]],
    state: Any,
    before: Sequence[Operation],
    writing: Writing,
) -> str:
    """The verb of a change of a row that was in `state` after some operations; refuses what is final."""
    if not all(is_readable(spec, one) for one in before):
        raise NotAllowed("这一条是更新版本的村务通写的，这台电脑上的版本改不了它。", "请先更新本软件，再来修改。")
    if spec.merge is Merge.APPEND_ONLY:
        raise NotAllowed("这一笔已经入账，不能改，也不能删。", "写错了请用“更正这一笔”另记一笔。")
    if record in writing.amending:
        return "amend"
    if spec.frozen_when is not None:
        name, final = spec.frozen_when
        if state in final or final_since(spec, before) is not None:
            raise NotAllowed("这件已经定稿，不能直接改。", "请用“更正”，改动会写明原因并留下原样。")
        if name in changed and changed[name][1] in final:
            return "freeze"
    if set(changed) == {"retired"} and changed["retired"][1] is True:
        return "retire"
    return "set"
