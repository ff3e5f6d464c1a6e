"""Digests of letters and CSRs, with an index, so that a replay is found; filled from what is kept."""

from typing import Any

STATEMENTS = (
    'CREATE TABLE "document_mark" ("id" INTEGER NOT NULL PRIMARY KEY, "case_id" INTEGER NOT NULL, "kind" TEXT NOT NULL, "value" TEXT NOT NULL, "whole" TEXT NOT NULL, FOREIGN KEY ("case_id") REFERENCES "case" ("id"))',
    'CREATE INDEX "document_mark_case_id" ON "document_mark" ("case_id")',
    'CREATE INDEX "document_mark_kind_value" ON "document_mark" ("kind", "value")',
    'INSERT INTO "document_mark" ("case_id", "kind", "value", "whole") SELECT DISTINCT "case_id", CASE "role" WHEN \'statement\' THEN \'letter\' ELSE \'csr\' END, "sha256", \'\' FROM "document" WHERE "role" IN (\'statement\', \'csr_der\') AND "sha256" <> \'\'',
)


def up(migrator: Any, db: Any) -> None:
    for statement in STATEMENTS:
        db.execute_sql(statement)
