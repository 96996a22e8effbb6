"""Every command with its arguments and its Chinese help, in the order in which help lists them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from village_desk.desk.commands.parser import ChineseParser, day, number


@dataclass(frozen=True)
class Argument:
    """One positional or option, as argparse takes it."""

    names: tuple[str, ...]
    options: Mapping[str, Any]


def argument(*names: str, **options: Any) -> Argument:
    """One positional or option."""
    return Argument(names, options)


@dataclass(frozen=True)
class Call:
    """One command. `run` is MODULE.FUNCTION in this package; `opens` adds the arguments that open a village file."""

    name: str
    explain: str
    run: str
    arguments: tuple[Argument, ...] = field(default=())
    opens: bool = True

    def parser(self) -> ChineseParser:
        """The parser of this command alone."""
        parser = ChineseParser(self.name, self.explain)
        for one in (*self.arguments, *(OPENING if self.opens else ()), JSON):
            parser.add_argument(*one.names, **one.options)
        return parser


JSON = argument("--json", action="store_true", help="只输出一个JSON文件，供程序读取")
OPENING = (
    argument("--operator", default="", metavar="姓名", help="由谁操作；不写就是第一位操作人"),
    argument("--password-file", metavar="文件", help="口令所在的文件（第一行）；不写就在屏幕上问"),
    argument("--recovery", action="store_true", help="用打印的恢复码代替口令"),
    argument("--today", type=day, metavar="日期", help="今天的日期，如2026-03-14；不写就按电脑日期"),
)
FILE = argument("file", metavar="档案", help="村务档案，以 .vdesk 结尾")
STICK = argument("--stick", required=True, metavar="文件夹", help="U盘，或当U盘用的文件夹")

CALLS = (
    Call(
        "new",
        "建一份空档案。",
        "files.new",
        (
            argument("file", metavar="档案", help="新档案的文件名，以 .vdesk 结尾"),
            argument("--village", required=True, metavar="村名", help="村的名称，如东河村"),
            argument("--code", required=True, metavar="代码", help="村的12位区划代码（乡镇9位）"),
            argument("--township", action="store_true", help="建乡镇的档案"),
        ),
    ),
    Call(
        "operators",
        "看谁能操作这份档案，登记一人或停用一人。",
        "seats.keep_operators",
        (
            FILE,
            argument("--add", metavar="姓名", help="登记一位操作人"),
            argument("--role", metavar="角色", help="文书、复核人、监委会、只看不改或乡镇"),
            argument("--new-password-file", metavar="文件", help="新操作人的口令所在的文件（第一行）"),
            argument("--retire", metavar="姓名", help="停用一位操作人"),
        ),
    ),
    Call(
        "import-people",
        "从花名册表格导入人员；逐行逐格说明新增、改动、没有变化和不能导入的。",
        "roster.import_people",
        (
            FILE,
            argument("roster", metavar="花名册", help=".xlsx、.xls 或 .csv 表格"),
            argument("--map", metavar="对照文件", help="TOML文件，写明哪一列是什么"),
            argument("--dry-run", action="store_true", help="只看预览，不写入"),
        ),
    ),
    Call(
        "list",
        "看名单：人员、组织、议题、会议、公开、积分等，连同做事时要用的编号。",
        "lists.show",
        (
            FILE,
            argument(
                "what",
                metavar="名单",
                help="people households party bodies posts decisions mandates meetings roll notices postings "
                "rule-sets applications ledger laptops villages",
            ),
            argument("words", nargs="?", default="", metavar="找什么", help="姓名、编号或标题"),
        ),
    ),
    Call(
        "do",
        "做一件事，和窗口里做的一样；做什么、要填什么用 --list 查看。",
        "deeds.do",
        (
            argument("file", nargs="?", metavar="档案", help="村务档案，以 .vdesk 结尾"),
            argument("action", nargs="?", metavar="做什么", help="如 people.add_person"),
            argument(
                "arguments", nargs="?", default="{}", metavar="JSON", help="要填的内容；@文件名 从文件读，- 从输入读"
            ),
            argument("--list", action="store_true", help="列出能做的事和要填的内容"),
        ),
    ),
    Call(
        "history",
        "最近做过的每一步；可以撤销其中一步。",
        "past.history",
        (
            FILE,
            argument("--limit", type=number, default=20, metavar="数字", help="看最近多少步，不写就是20步"),
            argument("--undo", metavar="步骤号", help="撤销这一步；写 last 就是最近的一步"),
        ),
    ),
    Call(
        "duties",
        "要办的事：哪些逾期、哪些快到期、哪些还没有办。",
        "work.duties",
        (FILE, argument("--on", type=day, metavar="日期", help="按哪一天看；不写就是今天")),
    ),
    Call(
        "check",
        "合规检查：每件议题每一步成立不成立、差什么、下一步办什么。",
        "work.check",
        (
            FILE,
            argument("--decision", metavar="编号", help="只查这一件，如〔2026〕3号；不写就全查"),
            argument("--year", type=number, metavar="年份", help="照检查的样子查这一年的每一件，只说查出的问题"),
        ),
    ),
    Call(
        "print",
        "打印成PDF（花名册也可存成表格）；能打印什么用 --list 查看。",
        "sheets.print_one",
        (
            argument("file", nargs="?", metavar="档案", help="村务档案，以 .vdesk 结尾"),
            argument("what", nargs="?", metavar="打印什么", help="如 notice"),
            argument("number", nargs="?", default="", metavar="编号", help="文号、议题编号或标题"),
            argument("--out", metavar="文件", help="存成哪个PDF文件"),
            argument("--list", action="store_true", help="列出能打印的"),
        ),
    ),
    Call(
        "export",
        "写U盘：村里写上报包，乡镇写卡片和回执。",
        "sticks.export",
        (
            FILE,
            STICK,
            argument("--everything", action="store_true", help="不管镇里收过什么，全部重报"),
        ),
    ),
    Call(
        "take-in",
        "读U盘：乡镇收上报包，村里读回执；做两次和做一次一样。",
        "sticks.take_in",
        (
            FILE,
            STICK,
            argument("--digits", default="", metavar="核对码", help="和对方核对过的核对码，末6位以上；用来登记新电脑"),
        ),
    ),
    Call(
        "verify",
        "核对档案有没有损坏或被改过；写明PDF或核对码，就核对这张纸。",
        "proof.verify",
        (
            FILE,
            argument("sheet", nargs="?", metavar="PDF或核对码", help="打印时存下的PDF，或纸上的30位核对码"),
        ),
    ),
    Call(
        "backup",
        "备份到一个文件夹。",
        "files.backup",
        (FILE, argument("folder", metavar="文件夹", help="放备份的地方")),
    ),
    Call(
        "restore",
        "用备份恢复。档案还能打开时撤销之后的操作，打不开时用备份顶替。",
        "files.restore",
        (
            argument("copy", metavar="备份", help="备份文件，以 .vdesk 结尾"),
            FILE,
            argument("--replace", action="store_true", help="不撤销，直接用备份顶替（原档案另名留下）"),
        ),
    ),
    Call(
        "pack",
        "规则包：check 先看一看，install 装进本村。",
        "packs.pack",
        (
            argument("verb", choices=("check", "install"), metavar="check或install", help="看一看，或安装"),
            FILE,
            argument("pack", metavar="规则包", help="含有 pack.toml 的文件夹"),
        ),
    ),
    Call(
        "demo",
        "做一个示例村：花名册、班子、四议两公开、公开、积分、上报和回执，一应俱全。",
        "samples.demo",
        (
            argument("--out", required=True, metavar="文件夹", help="放在哪里（空文件夹，或以前的示例）"),
            argument("--seed", type=number, default=2026, metavar="数字", help="同一个数字做出同样的村"),
            argument("--today", type=day, metavar="日期", help="示例记到哪一天；不写就是今天"),
        ),
        opens=False,
    ),
    Call(
        "shots",
        "把每一页和主要的对话框拍成图片。",
        "samples.shots",
        (
            argument("--out", required=True, metavar="文件夹", help="放图片的地方"),
            argument("--seed", type=number, default=2026, metavar="数字", help="用哪个示例村"),
            argument("--large-type", action="store_true", help="大字模式"),
        ),
        opens=False,
    ),
    Call(
        "self-check",
        "软件自己检查一遍：建档案、打印、上报、窗口各试一次；写明档案就连它一起核对。",
        "health.self_check",
        (argument("file", nargs="?", metavar="档案", help="要一起核对的村务档案，以 .vdesk 结尾"),),
    ),
)

WINDOW = Call(
    "",
    "打开窗口；写明档案就直接打开它。",
    "window.open_window",
    (argument("file", nargs="?", metavar="档案", help="村务档案，以 .vdesk 结尾"),),
    opens=False,
)
BY_NAME = {call.name: call for call in CALLS}

__all__ = ["BY_NAME", "CALLS", "WINDOW", "Argument", "Call", "argument", "number"]
