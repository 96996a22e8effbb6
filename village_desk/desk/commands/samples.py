"""`demo` and `shots`: the sample village, and pictures of every page on it."""

import datetime as dt
import os
from argparse import Namespace
from pathlib import Path

from village_desk.desk.commands.answer import Answer
from village_desk.desk.demo.build import build
from village_desk.desk.demo.story import PASSWORD
from village_desk.desk.selfcheck import own_profile, silence_qt
from village_desk.kit.text import chinese_date
from village_desk.store.file import VillageFile


def demo(options: Namespace, answer: Answer) -> None:
    """Build the sample village and say what it holds."""
    out = Path(options.out)
    summary = build(out, seed=options.seed, today=options.today)
    answer.put(out=out, summary=summary)
    done = summary["done"]
    answer.say(f"示例村做好了，用了{summary['seconds']}秒：{out}")
    day = chinese_date(dt.date.fromisoformat(summary["last_day"]))
    answer.say(f"{summary['village']}{summary['people']}人、{summary['households']}户，记到{day}。")
    answer.say(
        f"议题{done['decisions']}件、会议{done['meetings']}次（其中{done['votes_that_do_not_stand']}次没有成立或没有通过），"
        f"公开{done['notices']}张，积分入账{done['points_booked']}笔，上报包{len(done['bundles'])}个，乡镇已全部收到。"
    )
    answer.say(f"打开看看：village-desk {out / summary['village_file']}，口令是 {summary['password']}")
    for part, files in summary["files"].items():
        answer.say(f"{part}/ {len(files)}个文件")
    answer.say("做了什么、各个文件叫什么，都写在 summary.json 里。")
    for finding in summary["found_wrong"]:
        answer.found_wrong(finding)


def shots(options: Namespace, answer: Answer) -> None:
    """Write a picture of every page and main dialog on a sample village that is thrown away afterwards."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from village_desk.desk.shots import take
    from village_desk.desk.start import application

    out = Path(options.out)
    keep = application()
    silence_qt()
    with own_profile() as temporary:
        folder = temporary / "sample"
        summary = build(folder, seed=options.seed)
        last = dt.date.fromisoformat(summary["last_day"])
        made: list[Path] = []
        for name, part in (("village_file", out), ("township_file", out / "township")):
            file = VillageFile.open(folder / summary[name], password=PASSWORD, today=last)
            try:
                made += take(file, part, large_type=options.large_type)
            finally:
                file.close()
    keep.processEvents()
    answer.put(pictures=made)
    answer.say(f"拍了{len(made)}张：{out}")
