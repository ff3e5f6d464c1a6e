"""The Message-IDs that an answer to a mailed complaint names, the nearest last."""

from typing import Any

STATEMENTS = ('ALTER TABLE "complaint" ADD COLUMN "thread" TEXT NOT NULL DEFAULT \'\'',)


def up(migrator: Any, db: Any) -> None:
    for statement in STATEMENTS:
        db.execute_sql(statement)
