"""Who recorded a setting, and what a closed day was taken from."""

from typing import Any

STATEMENTS = (
    'ALTER TABLE "setting" ADD COLUMN "actor" TEXT NOT NULL DEFAULT \'\'',
    'ALTER TABLE "closed_day_row" ADD COLUMN "source" TEXT NOT NULL DEFAULT \'\'',
)


def up(migrator: Any, db: Any) -> None:
    for statement in STATEMENTS:
        db.execute_sql(statement)
