"""What villages call the columns of their rosters: the words of a head and the field that each stands for."""

from village_desk.people.rules.roster import Field

_WORDS: dict[Field, str] = {
    Field.SERIAL: "序号 编号 顺序号 次序 NO 行号",
    Field.GROUP: "村民小组 组别 小组 组 村组 所在小组 所属小组 村民组 组名 所在组 居民小组 自然村组 生产队 队别",
    Field.HOUSEHOLD_NO: "户号 户编号 家庭编号 户序号 户口号 户籍号 户口簿号 户口本号 户口编号 户籍编号 户编码 门牌户号",
    Field.HEAD_NAME: "户主姓名 户主 户主名字 户主名称",
    Field.NAME: (
        "姓名 名字 人员姓名 村民姓名 成员姓名 家庭成员姓名 家庭成员 党员姓名 本人姓名 成员 代表姓名 村民代表姓名 "
        "集体成员姓名 集体经济组织成员姓名 选民姓名"
    ),
    Field.FORMER_NAME: "曾用名 别名",
    Field.RELATION: "与户主关系 户主关系 与户主的关系 家庭关系 关系 称谓 与户主之关系",
    Field.SEX: "性别",
    Field.PEOPLE: "民族",
    Field.IDENTITY: (
        "身份证号 身份证号码 身份证 公民身份号码 公民身份证号码 公民身份证号 居民身份证号码 居民身份证号 证件号码 "
        "证件号 身份号码 身份证件号码 身份证件号 有效证件号码 身份证编号 公民身份证"
    ),
    Field.BIRTH: "出生日期 出生年月日 出生年月 生日 出生时间 出生 出生日 出生月份",
    Field.BIRTH_YEAR: "出生年 出生年份 出生日期年 出生年月年 出生年月日年",
    Field.BIRTH_MONTH: "出生月 出生日期月 出生年月月 出生年月日月",
    Field.BIRTH_DAY: "出生日期日 出生年月日日",
    Field.SCHOOLING: "文化程度 学历 受教育程度 文化",
    Field.POLITICAL: "政治面貌 政治面目 是否党员 党员",
    Field.MARRIAGE: "婚姻状况 婚姻 婚否 婚姻情况",
    Field.PHONE: (
        "联系电话 电话 手机 手机号 手机号码 电话号码 联系方式 联系手机 本人电话 联系号码 移动电话 户主电话 联系方式电话"
    ),
    Field.ADDRESS: "住址 家庭住址 地址 户籍地址 户口所在地 家庭地址 详细地址 户籍所在地 户籍住址 户口地址",
    Field.RESIDENCE: "现住址 现居住地 居住地址 现居住地址 常住地址 实际居住地 实际居住地址 现居地 现居住址 居住地",
    Field.LIVING: "是否常住 常住 是否外出 居住状况 居住情况 是否常住人口 常住或外出 人户状态",
    Field.RESIDENT_ON: "常住起始日期 开始常住日期 常住登记日期 何时起常住",
    Field.GRID: "网格 所在网格 所属网格 网格名称 所在网格名称 微网格 所属微网格",
    Field.IDENTITY_KIND: "证件类型 证件种类 证件名称",
    Field.BIRTH_SOURCE: "出生日期来源 出生日期依据",
    Field.HEALTH: "健康状况 健康 健康情况 身体状况 残疾情况 残疾类别 是否残疾 残疾等级 健康或残疾 健康残疾",
    Field.MILITARY: "兵役状况 兵役 兵役情况 服役情况 服兵役情况 是否退役军人",
    Field.WORK: (
        "就业或外出地 就业外出地 就业情况 就业状况 就业单位 从业情况 职业 外出地 外出地点 务工地点 外出务工地 "
        "外出务工地点 就业地点 务工单位 工作单位"
    ),
    Field.CAME_ON: "入户日期 入户时间 迁入日期 迁入时间 迁入本村日期 落户日期 落户时间",
    Field.STATE: "人员状态 户籍状态 户口状态 在册状态 状态 人口状态",
    Field.STATE_ON: "状态日期 状态变动日期 变动日期 变动时间 异动日期",
    Field.MOVED_OUT_ON: "迁出日期 迁出时间 户籍迁出日期 户口迁出日期",
    Field.DIED_ON: "去世日期 死亡日期 死亡时间 去世时间",
    Field.VOTER: "登记参选 是否登记参选 是否选民 选民 选民登记 登记参选村民 参选村民 是否参选 是否登记参选村民",
    Field.VOTER_ON: "参选登记日期 选民登记日期 登记参选日期 选民登记时间",
    Field.COLLECTIVE: (
        "集体经济组织成员 是否集体经济组织成员 集体成员 是否集体成员 是否成员 成员资格 是否集体组织成员 "
        "是否村集体经济组织成员"
    ),
    Field.COLLECTIVE_ON: (
        "成员身份取得日期 成员确认日期 成员身份确认日期 成员资格取得日期 成员登记日期 集体经济组织成员确认日期"
    ),
    Field.MEMBER_KIND: "党员类别 人员类别 党员类型 正式或预备 正式预备 党员身份",
    Field.JOINED_ON: (
        "入党日期 入党时间 加入党组织日期 加入党组织时间 加入中国共产党日期 加入中国共产党时间 入党年月日 入党年月"
    ),
    Field.FULL_ON: "转正日期 转正时间 转为正式党员日期 转为正式党员时间 转正年月日 转正年月",
    Field.BRANCH: "所在党支部 所属党支部 所在支部 党支部 支部名称 党支部名称 组织关系所在党支部 所属支部 所在党组织",
    Field.JOB: "工作岗位 党员工作岗位",
    Field.MEMBER_STATE: "党籍状态 党籍",
    Field.LOST: "是否失联 失联党员 是否失联党员 是否为失联党员 失联日期 失联情况 是否失联日期",
    Field.FLOATING: (
        "是否流动或流向 是否流动 流动党员 是否流动党员 是否为流动党员 外出流向 流动去向 流动情况 是否流动外出流向"
    ),
    Field.FILE_BIRTH: "档案出生日期 档案出生年月 档案出生时间",
    Field.REPRESENTATIVE: "村民代表 是否村民代表 是否代表",
    Field.ELECTED_ON: "当选日期 当选时间 推选日期 推选时间",
    Field.NOTE: "备注 说明 备考 其他 其它 附注",
}
FIELD_OF: dict[str, Field] = {word: field for field, words in _WORDS.items() for word in words.split()}
"""The field of a head that is written just so."""

# These words stand in many other heads (党员, 状态, 网格员), so only a longer one is looked for inside a head.
_ONLY_LONG = frozenset(list(_WORDS)[list(_WORDS).index(Field.RESIDENCE) :]) - {Field.LIVING}
_LONG = 4
CONTAINED: tuple[tuple[str, Field], ...] = tuple(
    sorted(
        (
            (word, field)
            for word, field in FIELD_OF.items()
            if len(word) >= (_LONG if field in _ONLY_LONG else 2) and field is not Field.NOTE
        ),
        key=lambda pair: -len(pair[0]),
    )
)
"""Words inside a head, the longest first, so that 户主姓名 is not taken for 姓名."""
