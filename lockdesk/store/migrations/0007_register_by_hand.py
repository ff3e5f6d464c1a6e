"""The staff register by hand and at any size: what a field held before, who left, a search, namesakes; and who was
called, or what was looked at, in place of a call to the applicant."""

from typing import Any

STATEMENTS = (
    'ALTER TABLE "call" ADD COLUMN "sighted" TEXT NOT NULL DEFAULT \'\'',
    'ALTER TABLE "call" ADD COLUMN "through" TEXT NOT NULL DEFAULT \'\'',
    'DROP INDEX "register_row_key"',
    'ALTER TABLE "register_row" DROP COLUMN "key"',
    'ALTER TABLE "register_row" ADD COLUMN "namesake" TEXT NOT NULL DEFAULT \'\'',
    'ALTER TABLE "register_row" ADD COLUMN "retired_at" INTEGER',
    'DROP INDEX "register_row_name"',
    'CREATE INDEX "register_row_name_id" ON "register_row" ("name", "id")',
    'CREATE INDEX "register_row_namesake" ON "register_row" ("namesake")',
    'CREATE TABLE "register_past" ("id" INTEGER NOT NULL PRIMARY KEY, "entry_id" INTEGER NOT NULL, "name" TEXT NOT NULL, "value" TEXT NOT NULL, "until" INTEGER NOT NULL, FOREIGN KEY ("entry_id") REFERENCES "register_row" ("id"))',
    'CREATE INDEX "register_past_entry_id" ON "register_past" ("entry_id")',
    "CREATE VIRTUAL TABLE register_search USING fts5(name, nip, nik, agency, email, tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3')",
    "INSERT INTO register_search (rowid, name, nip, nik, agency, email) SELECT id, name, nip, nik, coalesce(json_extract(fields, '$.agency.text'), ''), email FROM register_row",
)


def up(migrator: Any, db: Any) -> None:
    from lockdesk.desk.values.register import namesake_key

    for statement in STATEMENTS:
        db.execute_sql(statement)
    known = db.execute_sql('SELECT "id", "name", "nip", "nik" FROM "register_row"').fetchall()
    for number, name, nip, nik in known:
        key = namesake_key(name, nip, nik)
        db.execute_sql('UPDATE "register_row" SET "namesake" = ? WHERE "id" = ?', (key, number))
