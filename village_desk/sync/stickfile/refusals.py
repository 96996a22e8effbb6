"""Why a stick file is not taken in: one reason each, with the sentence that the clerk reads."""

from enum import StrEnum

from village_desk.kit.errors import FileTrouble


class Reason(StrEnum):
    """What is wrong with a stick file; the value goes into receipts and tests, never on the screen."""

    NOT_OURS = "not_ours"
    NEWER = "newer"
    DAMAGED = "damaged"
    TOO_LARGE = "too_large"
    UNKNOWN_SENDER = "unknown_sender"
    REVOKED_SENDER = "revoked_sender"
    FOR_SOMEONE_ELSE = "for_someone_else"
    MALFORMED = "malformed"
    FORGED = "forged"


_SENTENCES: dict[Reason, tuple[str, str]] = {
    Reason.NOT_OURS: (
        "“{name}”不是村务通写出的文件，没有收取。",
        "请确认插的是报送用的U盘；这个文件不要双击打开。",
    ),
    Reason.NEWER: (
        "“{name}”是新版本的村务通写的，这台电脑的版本还读不了。",
        "文件请留在U盘里，更新本机的程序以后再收一次。",
    ),
    Reason.DAMAGED: (
        "“{name}”没有写完整或者已经损坏，一条也没有收进来。",
        "请在写出它的电脑上重新写一次U盘，等到提示可以拔出再拔。",
    ),
    Reason.TOO_LARGE: (
        "“{name}”比上报包允许的还大，没有打开。",
        "请对方分成几次写U盘，或重新导出一次。",
    ),
    Reason.UNKNOWN_SENDER: (
        "“{name}”来自一台还没有登记的电脑，内容没有打开。",
        "请和对方核对30位核对码，登记这台电脑以后再收一次，内容不会丢。",
    ),
    Reason.REVOKED_SENDER: (
        "“{name}”来自一台已经停用的电脑，没有收取。",
        "如果这台电脑还在正常使用，请当面核对后重新登记。",
    ),
    Reason.FOR_SOMEONE_ELSE: (
        "“{name}”是写给另一个单位的，这里打不开。",
        "请把U盘交给收件的单位；要报给这里的，请对方重新写一份。",
    ),
    Reason.MALFORMED: (
        "“{name}”里面的格式不对，一条也没有收进来。",
        "请对方更新程序后重新写一份；问题还在的，把文件留下交技术人员查看。",
    ),
    Reason.FORGED: (
        "“{name}”里有的记录不是署名的电脑写的，整个文件都没有收。",
        "请先问清U盘经过谁的手，再请对方从原来的电脑重新写一份。",
    ),
}


class Refused(FileTrouble):
    """A stick file of which nothing was taken in; `reason` says why in one word."""

    def __init__(self, reason: Reason, name: str) -> None:
        message, advice = _SENTENCES[reason]
        super().__init__(message.format(name=name), advice)
        self.reason = reason
