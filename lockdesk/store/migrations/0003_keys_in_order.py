"""The keys ever used, kept in the order of the keys themselves: a look-up among very many reads one page of them."""

from typing import Any

STATEMENTS = (
    'ALTER TABLE "key_used" RENAME TO "key_used_before"',
    'CREATE TABLE "key_used" ("key_sha256" BLOB NOT NULL, "case_id" INTEGER NOT NULL, "use" TEXT NOT NULL, "nik" TEXT NOT NULL, "nip" TEXT NOT NULL, PRIMARY KEY ("key_sha256", "case_id", "use", "nik", "nip"), FOREIGN KEY ("case_id") REFERENCES "case" ("id")) WITHOUT ROWID',
    'INSERT OR IGNORE INTO "key_used" SELECT unhex("key_sha256"), "case_id", "use", "nik", "nip" FROM "key_used_before" ORDER BY "key_sha256"',
    'DROP TABLE "key_used_before"',
)


def up(migrator: Any, db: Any) -> None:
    for statement in STATEMENTS:
        db.execute_sql(statement)
