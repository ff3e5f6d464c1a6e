"""The PDFs of prints, so that they can be shown again as they were handed out."""

from typing import Any

STATEMENTS = (
    'CREATE TABLE "print_content" ("id" INTEGER NOT NULL PRIMARY KEY, "printed_id" INTEGER NOT NULL, "content" BLOB NOT NULL, FOREIGN KEY ("printed_id") REFERENCES "printed" ("id"))',
    'CREATE UNIQUE INDEX "print_content_printed_id" ON "print_content" ("printed_id")',
)


def up(migrator: Any, db: Any) -> None:
    for statement in STATEMENTS:
        db.execute_sql(statement)
