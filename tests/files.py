"""The village file that tests begin with: 东河村 with its clerk, at the least cost of keys."""

import datetime as dt
from pathlib import Path

from village_desk.desk.rooms import load_records
from village_desk.store.engine import connect
from village_desk.store.file import VillageFile
from village_desk.store.keyring import LEAST_COST

CODE = "320924103205"
CLERK = "李会计"
PASSWORD = "correct-horse"


def new_village(
    path: Path, *, today: dt.date | None = None, code: str = CODE, name: str = "东河村", password: str = PASSWORD
) -> VillageFile:
    """A new open file with the tables of every room; `path` may be a folder, which then gets `NAME.vdesk`."""
    load_records()
    return VillageFile.create(
        path / f"{name}.vdesk" if path.is_dir() else path,
        village=code,
        name=name,
        operator=CLERK,
        password=password,
        today=today,
        cost=LEAST_COST,
    )


def change_behind_the_desk(file: VillageFile, statement: str) -> None:
    """Run one statement of SQL with a tool that has the key and makes believe to be the desk."""
    tool = connect(file.path, file.keys.data, file.keys.salt)
    tool.create_function("desk_touch", 2, lambda table, record: 0)
    tool.execute(statement)
    tool.close()
