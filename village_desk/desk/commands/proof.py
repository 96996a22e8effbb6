"""`verify`: a file against its own journal, and a printed sheet or its code against the file."""

from argparse import Namespace

from village_desk.desk.commands.answer import Answer
from village_desk.desk.commands.opening import opened


def verify(options: Namespace, answer: Answer) -> None:
    """Chain, rows and evidence; one sentence for each thing found wrong, and then exit 1."""
    with opened(options) as file:
        findings = file.verify()
        position = file.position
        name = file.village_name
    answer.put(operations=position, findings=findings)
    if not findings:
        answer.say(f"“{name}”核对无误：记录{position}条，前后相连；各表与记录一致；材料完好。")
        return
    answer.found_wrong(f"“{name}”核对出{len(findings)}处不对：")
    for finding in findings:
        answer.say(finding)
    answer.say("请先不要继续录入，用最近的备份恢复后再核对一次。")
