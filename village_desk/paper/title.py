"""Breaking a title by sense: never inside a word of the village's trade, lines of a pleasing shape."""

from collections.abc import Sequence
from functools import cache
from itertools import pairwise

from village_desk.paper.fonts import Role
from village_desk.paper.paragraph import NEVER_FIRST, NEVER_LAST, Align, Run, set_lines

# Words that a line of a title must not tear; longer ones win.
_WORDS = frozenset(
    """
    村民委员会 村民代表会议 村民会议 村民小组 村务监督委员会 党支部委员会 党支部 党总支 村党组织 党员大会 党员 支部 两委
    联席会议 村级组织 村集体 集体经济组织 股份经济合作社 经济合作社 合作社 民主理财 民主评议 四议两公开 一事一议
    村务公开 党务公开 财务公开 公开 公示 公告 通告 通知 通报 决议 决定 结果 名单 情况 事项 内容 报告 请示 方案 计划
    财务 村级 收支 收入 支出 资金 资产 资源 债权 债务 预算 决算 季度 年度 上半年 下半年 第一 第二 第三 第四
    实施 登记表 登记 项目 工程 建设 修建 新建 改造 维修 硬化 道路 水渠 路灯 广场 自来水 饮水 环境 整治 卫生 垃圾
    农户 村民 代表 户主 居民 宅基地 低保 特困 救助 补贴 惠农 养老 医疗 保险 征地 补偿 分配 发包 承包 流转 租赁 招标
    选举 换届 候选人 选民 当选 推选 补选 罢免 任期 表决 会议 审议 商议 提议 关于 开展 召开 调整 批准 通过 进行 使用
    积分 评议 评比 表彰 先进 文明 家庭 星级 活动 志愿 服务 工作 管理 办法 制度 规定 村规民约 台账 清单 意见 征求
    参会人员 与会人员 参会 与会 人员 签字 签名 盖章 村党组织 监督 实到 应到 比例 负责人 主持人 记录人 审核 反馈 形式
    联系 电话 身份 最低生活保障 第一季度 第二季度 第三季度 第四季度 股份 预备党员 正式党员 发展党员 同志 接收 转正
    中华人民共和国 委员会 领导小组 人民政府 小学 学校 卫生室 办公室 文化 体育 活动室 安装 采购 拆除 清理 发展 对象
    """.split()
)
_LONGEST = max(map(len, _WORDS))
_TORN_WORD = 400.0
_UNKNOWN_PAIR = 6.0


def balanced(text: str, size: float, measure: float) -> list[str]:
    """The lines of a title for a measure (points); newlines in the text are kept and nothing else is then broken."""
    lines: list[str] = []
    for part in text.split("\n"):
        lines += _broken(part.strip(), size, measure)
    return lines


def _broken(text: str, size: float, measure: float) -> list[str]:
    pieces = _pieces(text)
    widths = [_width(piece, size) for piece in pieces]
    total = sum(widths)
    if total <= measure * 0.98 or len(pieces) < 2:
        return [text]
    # Three lines or more stand narrower, so that the block keeps white at its sides.
    rows = max(2, -int(-total // (measure * 0.92)))
    breaks = _best_breaks(pieces, widths, rows, total / rows, measure)
    if not breaks:
        return [text]
    edges = [0, *breaks, len(pieces)]
    return ["".join(pieces[start:end]).strip() for start, end in pairwise(edges)]


@cache
def _width(piece: str, size: float) -> float:
    lines = set_lines([Run(piece, Role.TITLE, size)], 1e6, align=Align.LEFT)
    return sum(line.width for line in lines)


def _pieces(text: str) -> list[str]:
    """Words, figures with what they count, and single characters."""
    pieces: list[str] = []
    at = 0
    while at < len(text):
        end = at + 1
        if text[at].isascii() and text[at].isalnum():
            while end < len(text) and text[end].isascii() and not text[end].isspace():
                end += 1
            if end < len(text) and text[end] in "年月日号户人届次个组期批":
                end += 1
        else:
            for length in range(min(_LONGEST, len(text) - at), 1, -1):
                if text[at : at + length] in _WORDS:
                    end = at + length
                    break
        pieces.append(text[at:end])
        at = end
    return pieces


def _penalty(pieces: Sequence[str], at: int) -> float:
    """What a break before piece `at` costs."""
    before, after = pieces[at - 1], pieces[at]
    if after[0] in NEVER_FIRST or before[-1] in NEVER_LAST or after[0] in "的了之":
        return _TORN_WORD
    if after == "关于":
        return -12.0
    if before == "关于":
        return 12.0
    if after[0] in "（《":
        return -2.0
    if before[-1] in "的、，》）":
        return -1.0
    if len(before) == 1 and len(after) == 1:
        return _UNKNOWN_PAIR
    return 2.0 if len(before) == 1 or len(after) == 1 else 0.0


def _best_breaks(pieces: Sequence[str], widths: Sequence[float], rows: int, target: float, measure: float) -> list[int]:
    """The cheapest set of breaks into `rows` lines, or into one more when none fits."""
    best: dict[tuple[int, int], tuple[float, list[int]]] = {(0, 0): (0.0, [])}
    for row in range(1, rows + 2):
        for end in range(1, len(pieces) + 1):
            options = []
            for start in range(end):
                known = best.get((row - 1, start))
                width = sum(widths[start:end])
                if known is None or width > measure:
                    continue
                shape = ((width - target) / target * 6) ** 2
                torn = _penalty(pieces, start) if start else 0.0
                options.append((known[0] + shape + torn, [*known[1], start] if start else known[1]))
            if options:
                best[(row, end)] = min(options)
    for row in (rows, rows + 1):
        if (row, len(pieces)) in best:
            return best[(row, len(pieces))][1]
    return []
