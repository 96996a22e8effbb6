"""The form of a village file: its tables when new, brought to the present when old, and all rows anew."""

from collections.abc import Mapping

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from village_desk.kit.errors import FileTrouble
from village_desk.store import migrations
from village_desk.store.acts import Act
from village_desk.store.base import Base, all_specs, refresh_derived
from village_desk.store.engine import create_triggers, drop_triggers_of
from village_desk.store.journal import rebuild, tables
from village_desk.store.journal.writing import Tally


def create_tables(writer: Engine, facts: Mapping[str, str]) -> None:
    """Every table and trigger of a new file, and the facts about it."""
    with writer.connect() as connection, connection.begin():
        migrations.create_journal(connection)
        Base.metadata.create_all(connection)
        create_triggers(connection.exec_driver_sql)
        connection.exec_driver_sql(f"PRAGMA user_version = {migrations.VERSION}")
        with Session(connection, join_transaction_mode="create_savepoint") as session:
            for name, value in facts.items():
                tables.set_local_fact(session, name, value.encode())
            tables.set_local_fact(session, "schema", migrations.fingerprint(connection).encode())
            session.commit()


def is_present(writer: Engine, name: str) -> bool:
    """False when the file was written by an older version and must be brought to the present form.

    Raises FileTrouble for a file of a newer version; it stays untouched.
    """
    with writer.connect() as connection:
        version = connection.exec_driver_sql("PRAGMA user_version").scalar() or 0
        if version == 0:
            raise unfinished(name)
        schema = migrations.fingerprint(connection)
        if version > migrations.VERSION:
            raise FileTrouble(
                "这份档案是更新版本的村务通写的，这台电脑上的版本太旧，打不开。", "请更新本软件；档案没有被改动。"
            )
        with Session(connection) as session:
            known = tables.local_fact(session, "schema")
    return version == migrations.VERSION and known == schema.encode()


def unfinished(name: str) -> FileTrouble:
    """The sentence for a file whose founding was cut off, so that nothing was ever written into it."""
    return FileTrouble(f"“{name}”没有建完就断了，里面没有任何内容。", "请把它和同名的 .vkey 文件删掉，再重新建立。")


def upgrade_journal(writer: Engine) -> None:
    """Take the numbered steps that the journal's own tables still need; the rows follow by a rebuild."""
    with writer.connect() as connection, connection.begin():
        version = connection.exec_driver_sql("PRAGMA user_version").scalar() or 0
        for upgrade in migrations.steps_above(version):
            upgrade(connection.exec_driver_sql)
        connection.exec_driver_sql(f"PRAGMA user_version = {migrations.VERSION}")


def rebuild_rows(writer: Engine, tally: Tally, act: Act) -> None:
    """Drop the tables of all records and derived tables, create them anew, and fill them from the journal."""
    tally.open = True
    try:
        with writer.connect() as connection, connection.begin():
            for spec in all_specs():
                drop_triggers_of(connection.exec_driver_sql, spec.table)
            Base.metadata.drop_all(connection)
            Base.metadata.create_all(connection)
            with Session(connection, join_transaction_mode="create_savepoint") as session:
                session.info["act"] = act
                rebuild.rebuild_rows(session)
                touched = {spec.table: list(session.scalars(select(spec.core.c.id))) for spec in all_specs()}
                refresh_derived(session, touched)
                tables.set_local_fact(session, "schema", migrations.fingerprint(connection).encode())
                session.commit()
            create_triggers(connection.exec_driver_sql)
    finally:
        tally.clear()
