"""What the journal needs of every record class of the house, checked over the metadata itself."""

import pytest
from sqlalchemy import CheckConstraint, ForeignKeyConstraint, UniqueConstraint, inspect

from village_desk.desk.rooms import load_records
from village_desk.store.base import Lane, Merge, Spec, all_specs

load_records()


@pytest.mark.parametrize("spec", all_specs(), ids=lambda spec: spec.table)
def test_a_journalled_table_leaves_order_and_uniqueness_to_the_actions(spec: Spec) -> None:
    assert [column.name for column in spec.core.primary_key] == ["id"]
    for constraint in spec.core.constraints:
        assert not isinstance(constraint, ForeignKeyConstraint | UniqueConstraint | CheckConstraint)
    assert not any(index.unique for index in spec.core.indexes)
    for column in spec.core.columns:
        assert column.server_default is None, column
        assert column.onupdate is None, column
        assert column.computed is None, column
    mapper = inspect(spec.record)
    assert mapper.version_id_col is None
    assert all(relationship.viewonly for relationship in mapper.relationships)


@pytest.mark.parametrize("spec", all_specs(), ids=lambda spec: spec.table)
def test_what_stays_in_the_village_may_be_missing(spec: Spec) -> None:
    for field in spec.fields:
        if field.lane is Lane.VILLAGE:
            assert field.nullable
            assert field.absent is None
    if spec.merge is Merge.FROZEN:
        assert spec.frozen_when is not None
        assert spec.frozen_when[0] in {field.name for field in spec.fields}


def test_table_names_are_singular_english_words() -> None:
    for spec in all_specs():
        assert spec.table.isascii()
        assert spec.table == spec.table.lower()
