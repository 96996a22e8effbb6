"""`pack`: look at a rule pack before it is used, and install it."""

from argparse import Namespace
from pathlib import Path

from village_desk.desk.commands.answer import Answer
from village_desk.desk.commands.opening import opened
from village_desk.kit.errors import DeskError
from village_desk.kit.text import chinese_date
from village_desk.notices.actions import install_and_list_moves
from village_desk.points.actions import install_sets
from village_desk.points.rules.reading import check_pack
from village_desk.rulebook.lookups import packs_in_use
from village_desk.rulebook.rules import Pack, PackError, read_pack


def pack(options: Namespace, answer: Answer) -> None:
    """Check a pack in a folder against the schema; with `install` keep it in the village file besides."""
    try:
        found = read_pack(Path(options.pack))
    except PackError as wrong:
        answer.put(troubles=wrong.troubles)
        answer.found_wrong(f"这个规则包有{len(wrong.troubles)}处要改，不能使用：")
        for one in wrong.troubles:
            answer.say(one.sentence)
        answer.say("请由制作单位改好后重新下发，原有规则照旧使用。")
        return
    _describe(found, answer)
    try:
        sets = check_pack(dict(found.files))
    except DeskError as wrong:
        answer.found_wrong(f"这个规则包里的积分办法不能使用：{wrong.message}{wrong.advice}")
        return
    if sets:
        answer.put(point_sets=tuple(rules.name for rules in sets))
        answer.say(f"内有积分办法{len(sets)}份：{'、'.join(f'《{rules.name}》' for rules in sets)}，没有碰到红线。")
    with opened(options, writing=options.verb == "install", of_village=True) as file:
        if options.verb == "install":
            with file.writing("rulebook.install_pack") as session:
                done = install_and_list_moves(session, files=found.files)
                if sets:
                    install_sets(session, files=found.files)
            answer.put(id=done.pack_id, moves=done.moves)
            answer.say(f"装好了：《{found.title}》{found.version}版，从{chinese_date(found.valid_from)}起的事按它办。")
            for moved in done.moves:
                answer.say(f"期限变动：{moved.what}由{chinese_date(moved.was_on)}改到{chinese_date(moved.now_on)}。")
            return
        with file.reading() as session:
            known = [one for one in packs_in_use(session) if (one.issuer, one.pack) == (found.issuer, found.pack)]
    if not known:
        answer.say("本村还没有装过它。没有查出问题，可以安装。")
    elif any(one.version == found.version for one in known):
        answer.say("本村已经装了同一个版本，不用再装。")
    else:
        answer.say(f"本村现在用的是{'、'.join(one.version for one in known)}版。没有查出问题，可以安装。")


def _describe(found: Pack, answer: Answer) -> None:
    counts = {
        "meeting_rules": len(found.meeting_rules),
        "procedures": len(found.procedures),
        "matters": len(found.matters),
        "postings": len(found.postings),
        "holidays": len(found.holidays),
        "catalogue": len(found.catalogue),
        "date_rules": len(found.date_rules),
    }
    answer.put(
        pack={
            "issuer": found.issuer,
            "name": found.pack,
            "title": found.title,
            "version": found.version,
            "law_version": found.law_version,
            "region": found.region,
            "valid_from": found.valid_from,
            "valid_to": found.valid_to,
        },
        counts=counts,
        troubles=[],
    )
    words = {
        "meeting_rules": "会议规则{}条",
        "procedures": "办事程序{}种",
        "matters": "事项{}种",
        "postings": "公开期限{}条",
        "holidays": "节假日{}年",
        "catalogue": "公开事项{}项",
        "date_rules": "日程{}条",
    }
    holds = "、".join(words[name].format(count) for name, count in counts.items() if count)
    until = f"到{chinese_date(found.valid_to)}" if found.valid_to else "长期"
    answer.say(
        f"《{found.title}》{found.version}版，依据{found.law_version}，"
        f"{chinese_date(found.valid_from)}起{until}有效{f'，内有{holds}' if holds else ''}。"
    )
