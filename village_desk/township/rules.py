"""Sentences of the township's desk about what a stick brought."""

# A stick file holds texts of up to a thousand characters.
LONGEST_WORDS = 500

REASON_WORDS = {
    "": "已收",
    "damaged": "文件损坏",
    "malformed": "格式不对",
    "forged": "署名不符",
    "newer": "版本太新",
    "too_large": "文件过大",
    "for_someone_else": "不是写给本镇的",
    "revoked_sender": "电脑已停用",
    "content": "内容不合规定",
}


def taken_sentence(village: str, number: int, new: int) -> str:
    """A bundle that brought something."""
    return f"{village}第{number}号上报包收进来了，新内容{new}条。"


def nothing_new_sentence(village: str, number: int) -> str:
    """A bundle that was here before."""
    return f"{village}第{number}号上报包里的内容以前都收过，这次没有新的。"


def held_sentence(village: str, number: int, held: int) -> str:
    """A bundle of which something must wait."""
    return f"{village}第{number}号上报包里有{held}条要先等一等：它前面的内容还没有到。"


def gap_advice(first: int, last: int) -> str:
    """What the village must bring."""
    return f"还缺这台电脑的第{first}条到第{last}条。请写回执交给该村，下次上报会自动补上。"


def differs_advice(village: str) -> str:
    """What to do when both see different rows."""
    return f"收完以后，乡镇看到的和{village}自己看到的不一样。请该村用“全部重报”再写一次U盘；还不一样请联系技术人员。"


def fork_advice(village: str) -> str:
    """What to do when one laptop wrote two histories."""
    return (
        f"{village}这台电脑有两份不同的记录，多半是恢复过旧备份，两份都已保留。"
        "请写回执交给该村，村里读回执后会换用新的身份，再来登记一次。"
    )
