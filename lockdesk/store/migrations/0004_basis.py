"""What calls and decisions rest on, and what the person who was called said."""

from typing import Any

STATEMENTS = (
    'ALTER TABLE "call" ADD COLUMN "result" TEXT NOT NULL DEFAULT \'confirmed\'',
    'ALTER TABLE "call" ADD COLUMN "basis" TEXT NOT NULL DEFAULT \'\'',
    'ALTER TABLE "decided" ADD COLUMN "basis" TEXT NOT NULL DEFAULT \'\'',
)


def up(migrator: Any, db: Any) -> None:
    for statement in STATEMENTS:
        db.execute_sql(statement)
