"""The quarterly report's own texts, the survey's counts (no answer of one person, nothing finer than the day), and the
indices by which a quarter is found."""

from typing import Any

STATEMENTS = (
    'CREATE TABLE "report_part" ("id" INTEGER NOT NULL PRIMARY KEY, "year" INTEGER NOT NULL, "quarter" INTEGER NOT NULL, "name" TEXT NOT NULL, "text" TEXT NOT NULL)',
    'CREATE UNIQUE INDEX "report_part_year_quarter_name" ON "report_part" ("year", "quarter", "name")',
    'CREATE TABLE "survey_count" ("id" INTEGER NOT NULL PRIMARY KEY, "day" TEXT NOT NULL, "question" INTEGER NOT NULL, "score" INTEGER NOT NULL, "count" INTEGER NOT NULL)',
    'CREATE UNIQUE INDEX "survey_count_day_question_score" ON "survey_count" ("day", "question", "score")',
    'CREATE INDEX "case_received_at_closed_at" ON "case" ("received_at", "closed_at")',
    'CREATE INDEX "case_closed_at" ON "case" ("closed_at")',
    'CREATE INDEX "complaint_received_at" ON "complaint" ("received_at")',
    'CREATE INDEX "complaint_resolved_at" ON "complaint" ("resolved_at")',
)


def up(migrator: Any, db: Any) -> None:
    for statement in STATEMENTS:
        db.execute_sql(statement)
