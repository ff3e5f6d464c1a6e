"""Longer numbers are found among a million cases as soon as words are: the indices hold their digits in pairs too."""

from typing import Any

from lockdesk.store.finding import paired

_INDICES = {
    "case_search": "name, number, agency, nip, nik, phone, email, serial",
    "complaint_search": "number, name, words, contact",
    "register_search": "name, nip, nik, agency, email",
}


def up(migrator: Any, db: Any) -> None:
    for index, columns in _INDICES.items():
        db.execute_sql(f"ALTER TABLE {index} RENAME TO {index}_before")
        db.execute_sql(
            f"CREATE VIRTUAL TABLE {index} USING fts5({columns}, pairs, tokenize = 'trigram remove_diacritics 1')"
        )
        known = db.execute_sql(f"SELECT rowid, {columns} FROM {index}_before ORDER BY rowid")  # noqa: S608
        rows = ((key, *texts, paired(*(str(text or "") for text in texts))) for key, *texts in known)
        places = ", ".join("?" * (columns.count(",") + 3))
        db.connection().executemany(f"INSERT INTO {index} (rowid, {columns}, pairs) VALUES ({places})", rows)  # noqa: S608
        db.execute_sql(f"DROP TABLE {index}_before")
