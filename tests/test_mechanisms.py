"""The README says truly which of the county's mechanisms are done."""

from tests.mechanisms import covered, in_readme, mechanisms, table


def test_the_table_in_the_readme_is_the_one_that_the_tests_give() -> None:
    assert in_readme() == table(), "python -m tests.mechanisms --write"


def test_every_marked_row_stands_in_the_list() -> None:
    assert set(covered()) <= {one.row for one in mechanisms()}
