"""The outbox sends: messages of complaints too, kept whole as they are sent, with what became of them; and who is told
at the counter."""

from typing import Any

STATEMENTS = (
    'CREATE TABLE "outbox_new" ("id" INTEGER NOT NULL PRIMARY KEY, "case_id" INTEGER, "complaint_id" INTEGER, "notice" TEXT NOT NULL, "recipient" TEXT NOT NULL, "subject" TEXT NOT NULL, "body" TEXT NOT NULL, "state" TEXT NOT NULL, "at" INTEGER NOT NULL, "mail_id" TEXT NOT NULL, "sha256" TEXT NOT NULL, "words" TEXT NOT NULL, "tries" INTEGER NOT NULL, "next_at" INTEGER, "changed_at" INTEGER NOT NULL, FOREIGN KEY ("case_id") REFERENCES "case" ("id"), FOREIGN KEY ("complaint_id") REFERENCES "complaint" ("id"))',
    'INSERT INTO "outbox_new" SELECT "id", "case_id", NULL, "notice", "recipient", "subject", "body", "state", "at", \'\', \'\', \'\', 0, NULL, "at" FROM "outbox"',
    'DROP TABLE "outbox"',
    'ALTER TABLE "outbox_new" RENAME TO "outbox"',
    'CREATE INDEX "outbox_case_id" ON "outbox" ("case_id")',
    'CREATE INDEX "outbox_complaint_id" ON "outbox" ("complaint_id")',
    'CREATE INDEX "outbox_state" ON "outbox" ("state")',
    'CREATE INDEX "outbox_mail_id" ON "outbox" ("mail_id")',
    'CREATE TABLE "mail_content" ("id" INTEGER NOT NULL PRIMARY KEY, "message_id" INTEGER NOT NULL, "content" BLOB NOT NULL, FOREIGN KEY ("message_id") REFERENCES "outbox" ("id"))',
    'CREATE UNIQUE INDEX "mail_content_message_id" ON "mail_content" ("message_id")',
    'ALTER TABLE "case" ADD COLUMN "told_in_person" INTEGER NOT NULL DEFAULT 0',
)


def up(migrator: Any, db: Any) -> None:
    for statement in STATEMENTS:
        db.execute_sql(statement)
