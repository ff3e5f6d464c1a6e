"""What officers write into the journal lies beside its chain, each text under a key of its own, and goes with the data of the case, the complaint or the entry of the register that it was written about."""

from typing import Any

STATEMENTS = (
    'CREATE TABLE "journal_text" ("id" INTEGER NOT NULL PRIMARY KEY, "sequence" INTEGER NOT NULL, "name" TEXT NOT NULL, "text" TEXT NOT NULL, "key" BLOB NOT NULL, "case_id" INTEGER, "complaint_id" INTEGER, "entry_id" INTEGER, FOREIGN KEY ("case_id") REFERENCES "case" ("id"), FOREIGN KEY ("complaint_id") REFERENCES "complaint" ("id"))',
    'CREATE UNIQUE INDEX "journal_text_sequence_name" ON "journal_text" ("sequence", "name")',
    'CREATE INDEX "journal_text_case_id" ON "journal_text" ("case_id")',
    'CREATE INDEX "journal_text_complaint_id" ON "journal_text" ("complaint_id")',
    'CREATE INDEX "journal_text_entry_id" ON "journal_text" ("entry_id")',
)


def up(migrator: Any, db: Any) -> None:
    for statement in STATEMENTS:
        db.execute_sql(statement)
