"""The people at the desk: who may open the file, with which role and password."""

from argparse import Namespace
from pathlib import Path

from village_desk.desk.commands.answer import Answer, WrongCall
from village_desk.desk.commands.opening import first_line, opened
from village_desk.kit.errors import NotFound
from village_desk.store.keyring import check_password
from village_desk.store.operators import ROLE_NAMES, Role, add_operator, operators, retire_operator


def keep_operators(options: Namespace, answer: Answer) -> None:
    """List the operators; add one with a password, or take one off."""
    if options.add and not (options.role and options.new_password_file):
        raise WrongCall("登记操作人还要写明 --role 角色 和 --new-password-file 口令文件。")
    with opened(options, writing=bool(options.add or options.retire)) as file:
        if options.add:
            password = first_line(Path(options.new_password_file), "--new-password-file")
            check_password(password, options.add)
            with file.writing("store.add_operator") as session:
                add_operator(session, name=options.add, role=_role(options.role))
            file.set_password(options.add, password)
            answer.say(f"登记了操作人{options.add}（{options.role}），可以用自己的口令打开档案。")
        if options.retire:
            with file.reading() as session:
                found = [one.id for one in operators(session) if one.name == options.retire]
            if not found:
                raise NotFound(f"操作人名单里没有“{options.retire}”。", "请不加 --retire 先看一遍名单。")
            with file.writing("store.retire_operator") as session:
                retire_operator(session, operator_id=found[0])
            file.key_file.remove(options.retire)
            file.key_file.save(file.path.with_suffix(".vkey"))
            answer.say(f"{options.retire}不再操作这份档案；做过的事仍记在名下。")
        with file.reading() as session:
            listed = operators(session)
        able = set(file.key_file.operators)
    answer.put(
        operators=[
            {"id": one.id, "name": one.name, "role": one.role, "has_password": one.name in able} for one in listed
        ]
    )
    for one in listed:
        how = "有口令" if one.name in able else "没有口令，不能打开档案"
        answer.say(f"{one.name}　{one.role_name}　{how}")


def role_words() -> str:
    """The roles as they are written after --role."""
    return "、".join(ROLE_NAMES.values())


def _role(words: str) -> Role:
    for role, name in ROLE_NAMES.items():
        if words in (name, role.value):
            return role
    raise WrongCall(f"没有“{words}”这个角色，有的是：{role_words()}。")
