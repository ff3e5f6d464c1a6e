"""What an applicant's data said before it was corrected; when a case's or a complaint's personal data was destroyed, the minutes of it, and requests of people for theirs."""

from typing import Any

STATEMENTS = (
    'ALTER TABLE "case" ADD COLUMN "destroyed_at" INTEGER',
    'ALTER TABLE "complaint" ADD COLUMN "destroyed_at" INTEGER',
    'CREATE TABLE "disposal" ("id" INTEGER NOT NULL PRIMARY KEY, "number" TEXT NOT NULL, "at" INTEGER NOT NULL, "head" TEXT NOT NULL, "head_nip" TEXT NOT NULL, "head_position" TEXT NOT NULL, "way" TEXT NOT NULL, "officer" TEXT NOT NULL, "cases" TEXT NOT NULL, "complaints" TEXT NOT NULL, "people" INTEGER NOT NULL, "swept_at" INTEGER)',
    'CREATE UNIQUE INDEX "disposal_number" ON "disposal" ("number")',
    'CREATE TABLE "applicant_past" ("id" INTEGER NOT NULL PRIMARY KEY, "case_id" INTEGER NOT NULL, "name" TEXT NOT NULL, "value" TEXT NOT NULL, "until" INTEGER NOT NULL, FOREIGN KEY ("case_id") REFERENCES "case" ("id"))',
    'CREATE INDEX "applicant_past_case_id" ON "applicant_past" ("case_id")',
    'CREATE TABLE "data_request" ("id" INTEGER NOT NULL PRIMARY KEY, "entry_id" INTEGER, "case_id" INTEGER, "received_at" INTEGER NOT NULL, "answered_at" INTEGER, FOREIGN KEY ("case_id") REFERENCES "case" ("id"))',
    'CREATE INDEX "data_request_case_id" ON "data_request" ("case_id")',
    'CREATE INDEX "data_request_answered_at" ON "data_request" ("answered_at")',
)


def up(migrator: Any, db: Any) -> None:
    for statement in STATEMENTS:
        db.execute_sql(statement)
