"""The list's usual order within each state, so that one state of a million cases is read as fast as all of them."""

from typing import Any

STATEMENTS = ('CREATE INDEX "case_state_list_group_list_at_id" ON "case" ("state", "list_group", "list_at", "id")',)


def up(migrator: Any, db: Any) -> None:
    for statement in STATEMENTS:
        db.execute_sql(statement)
