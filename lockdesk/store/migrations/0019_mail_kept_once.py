"""A mail is kept without the attachments that are kept beside it."""

from typing import Any

STATEMENTS = (
    'CREATE TABLE "mail_frame" ("id" INTEGER NOT NULL PRIMARY KEY, "document_id" INTEGER NOT NULL, "pieces" TEXT NOT NULL, "own" BLOB NOT NULL, FOREIGN KEY ("document_id") REFERENCES "document" ("id"))',
    'CREATE UNIQUE INDEX "mail_frame_document_id" ON "mail_frame" ("document_id")',
)


def up(migrator: Any, db: Any) -> None:
    for statement in STATEMENTS:
        db.execute_sql(statement)
