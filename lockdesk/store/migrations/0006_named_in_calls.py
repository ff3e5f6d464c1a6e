"""What the applicant named in a call (the CSR, one of several certificates), and the certificates to choose from."""

from typing import Any

STATEMENTS = (
    'ALTER TABLE "call" ADD COLUMN "csr" TEXT NOT NULL DEFAULT \'\'',
    'ALTER TABLE "call" ADD COLUMN "certificate" TEXT NOT NULL DEFAULT \'\'',
    'ALTER TABLE "detail" ADD COLUMN "usable" TEXT NOT NULL DEFAULT \'[]\'',
)


def up(migrator: Any, db: Any) -> None:
    for statement in STATEMENTS:
        db.execute_sql(statement)
