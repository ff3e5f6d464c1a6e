"""When a half-written form was kept last, and how many of them a disposal destroyed."""

import time
from typing import Any

STATEMENTS = (
    'ALTER TABLE "draft" ADD COLUMN "kept_at" INTEGER NOT NULL DEFAULT 0',
    'ALTER TABLE "disposal" ADD COLUMN "drafts" INTEGER NOT NULL DEFAULT 0',
)


def up(migrator: Any, db: Any) -> None:
    for statement in STATEMENTS:
        db.execute_sql(statement)
    # Nobody knows how old those are that are there: they grow old from now on.
    db.execute_sql('UPDATE "draft" SET "kept_at" = ?', (time.time_ns() // 1000,))
