"""The number of the emergency form from which a case was entered."""

from typing import Any

STATEMENTS = (
    'ALTER TABLE "case" ADD COLUMN "emergency_form" TEXT NOT NULL DEFAULT \'\'',
    'CREATE INDEX "case_emergency_form" ON "case" ("emergency_form")',
)


def up(migrator: Any, db: Any) -> None:
    for statement in STATEMENTS:
        db.execute_sql(statement)
