"""The list of cases has an index for each of its orders, what presses is counted from one too, and all cases as they come: a million are neither sorted for a page nor counted after each step."""

from typing import Any

_STATE = """CASE "state" WHEN 'draft' THEN 0 WHEN 'received' THEN 1 WHEN 'under_review' THEN 2 WHEN 'awaiting_applicant' THEN 3 WHEN 'verified' THEN 4 WHEN 'rejected' THEN 5 WHEN 'resolved_otherwise' THEN 6 WHEN 'withdrawn' THEN 7 WHEN 'revoked' THEN 8 WHEN 'awaiting_new_csr' THEN 9 WHEN 'reviewing_new_csr' THEN 10 WHEN 'issued' THEN 11 WHEN 'awaiting_signature' THEN 12 WHEN 'notified' THEN 13 WHEN 'completed' THEN 14 END"""
_ONE_MORE = 'INSERT INTO "case_count" ("list_group", "cases") VALUES (new."list_group", 1) ON CONFLICT ("list_group") DO UPDATE SET "cases" = "cases" + 1;'
_ONE_LESS = 'UPDATE "case_count" SET "cases" = "cases" - 1 WHERE "list_group" = old."list_group";'
STATEMENTS = (
    'CREATE INDEX "case_received_at_id" ON "case" ("received_at", "id")',
    'CREATE INDEX "case_list_group_due_at" ON "case" ("list_group", "due_at")',
    'CREATE INDEX "case_operation_state_list_group" ON "case" ("operation_state", "list_group")',
    'CREATE INDEX "case_by_due" ON "case" (coalesce("due_at", 4611686018427387904), "id")',
    'CREATE INDEX "case_by_name" ON "case" ("name" COLLATE NOCASE, "id")',
    'CREATE INDEX "case_by_agency" ON "case" ("agency" COLLATE NOCASE, "id")',
    f'CREATE INDEX "case_by_state" ON "case" ({_STATE}, "id")',
    'CREATE TABLE "case_count" ("list_group" INTEGER NOT NULL PRIMARY KEY, "cases" INTEGER NOT NULL)',
    'INSERT INTO "case_count" ("list_group", "cases") SELECT "list_group", count(*) FROM "case" GROUP BY "list_group"',
    f'CREATE TRIGGER "case_comes" AFTER INSERT ON "case" BEGIN {_ONE_MORE} END',
    f'CREATE TRIGGER "case_moves" AFTER UPDATE OF "list_group" ON "case" WHEN new."list_group" <> old."list_group" BEGIN {_ONE_LESS} {_ONE_MORE} END',
    f'CREATE TRIGGER "case_goes" AFTER DELETE ON "case" BEGIN {_ONE_LESS} END',
)


def up(migrator: Any, db: Any) -> None:
    for statement in STATEMENTS:
        db.execute_sql(statement)
