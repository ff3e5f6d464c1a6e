"""The list of complaints is read in pages, the nearest limit first."""

from typing import Any

STATEMENTS = (
    'DROP INDEX "complaint_state"',
    'CREATE INDEX "complaint_state_due_on" ON "complaint" ("state", "due_on")',
)


def up(migrator: Any, db: Any) -> None:
    for statement in STATEMENTS:
        db.execute_sql(statement)
