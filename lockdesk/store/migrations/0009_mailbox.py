"""Which mails in the office's mailbox are known: where they lie and what was decided, nothing of what they say."""

from typing import Any

STATEMENTS = (
    'CREATE TABLE "known_mail" ("id" INTEGER NOT NULL PRIMARY KEY, "folder" TEXT NOT NULL, "validity" INTEGER NOT NULL, "uid" INTEGER NOT NULL, "identity" BLOB NOT NULL, "sha256" BLOB NOT NULL, "arrived_at" INTEGER NOT NULL, "state" TEXT NOT NULL)',
    'CREATE UNIQUE INDEX "known_mail_folder_validity_uid" ON "known_mail" ("folder", "validity", "uid")',
    'CREATE INDEX "known_mail_identity" ON "known_mail" ("identity")',
)


def up(migrator: Any, db: Any) -> None:
    for statement in STATEMENTS:
        db.execute_sql(statement)
