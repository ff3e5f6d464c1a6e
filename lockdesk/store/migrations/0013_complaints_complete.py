"""Complaints: limits for verification and first answer, a reply that waits, satisfaction, the related case, evidence
files, and what they are found by."""

from typing import Any

STATEMENTS = (
    'ALTER TABLE "complaint" ADD COLUMN "verify_on" TEXT',
    'ALTER TABLE "complaint" ADD COLUMN "respond_on" TEXT',
    'ALTER TABLE "complaint" ADD COLUMN "next_on" TEXT NOT NULL DEFAULT \'\'',
    'ALTER TABLE "complaint" ADD COLUMN "verified_at" INTEGER',
    'ALTER TABLE "complaint" ADD COLUMN "responded_at" INTEGER',
    'ALTER TABLE "complaint" ADD COLUMN "asked_at" INTEGER',
    'ALTER TABLE "complaint" ADD COLUMN "satisfaction" TEXT NOT NULL DEFAULT \'unknown\'',
    'ALTER TABLE "complaint" ADD COLUMN "matter" TEXT NOT NULL DEFAULT \'\'',
    'ALTER TABLE "complaint" ADD COLUMN "case_id" INTEGER REFERENCES "case" ("id")',
    'UPDATE "complaint" SET "next_on" = "due_on", "case_id" ='
    ' (SELECT "id" FROM "case" WHERE "number" = json_extract("form", \'$.case_number\'))',
    'DROP INDEX "complaint_state_due_on"',
    'CREATE INDEX "complaint_state_next_on" ON "complaint" ("state", "next_on")',
    'CREATE INDEX "complaint_case_id" ON "complaint" ("case_id")',
    'ALTER TABLE "complaint_event" ADD COLUMN "addressee" TEXT NOT NULL DEFAULT \'\'',
    'CREATE TABLE "complaint_file" ("id" INTEGER NOT NULL PRIMARY KEY, "complaint_id" INTEGER NOT NULL, "name" TEXT NOT NULL, "kind" TEXT NOT NULL, "size" INTEGER NOT NULL, "sha256" TEXT NOT NULL, "stored" INTEGER NOT NULL, "withheld" TEXT NOT NULL, "added_at" INTEGER NOT NULL, FOREIGN KEY ("complaint_id") REFERENCES "complaint" ("id"))',
    'CREATE INDEX "complaint_file_complaint_id" ON "complaint_file" ("complaint_id")',
    'CREATE TABLE "complaint_file_content" ("id" INTEGER NOT NULL PRIMARY KEY, "file_id" INTEGER NOT NULL, "content" BLOB NOT NULL, FOREIGN KEY ("file_id") REFERENCES "complaint_file" ("id"))',
    'CREATE UNIQUE INDEX "complaint_file_content_file_id" ON "complaint_file_content" ("file_id")',
    "CREATE VIRTUAL TABLE complaint_search USING fts5(number, name, words, tokenize = 'unicode61 remove_diacritics 2')",
    # A confidential complaint that was there before is found by its number, until it is corrected.
    "INSERT INTO complaint_search (rowid, number, name, words) SELECT id, number,"
    " CASE WHEN confidential THEN '' ELSE name END, CASE WHEN confidential THEN '' ELSE"
    " json_extract(form, '$.description') || ' ' || json_extract(form, '$.wanted') END FROM complaint",
    "UPDATE complaint SET name = '' WHERE confidential",
    "UPDATE complaint SET matter = CASE WHEN confidential THEN '' ELSE"
    " substr(json_extract(form, '$.description'), 1, 120) END",
)


def up(migrator: Any, db: Any) -> None:
    for statement in STATEMENTS:
        db.execute_sql(statement)
