"""Cases, complaints and people are found by any part of what is known of them: the full-text indices are of trigrams; a case also by NIK, telephone and serial."""

from typing import Any

from lockdesk.store.finding import phone_text, serial_text

_TRIGRAMS = "tokenize = 'trigram remove_diacritics 1'"
STATEMENTS = (
    'ALTER TABLE "complaint_search" RENAME TO "complaint_search_words"',
    f"CREATE VIRTUAL TABLE complaint_search USING fts5(number, name, words, {_TRIGRAMS})",
    "INSERT INTO complaint_search (rowid, number, name, words) SELECT rowid, number, name, words FROM complaint_search_words",
    'DROP TABLE "complaint_search_words"',
    'DROP TABLE "register_search"',
    f"CREATE VIRTUAL TABLE register_search USING fts5(name, nip, nik, agency, email, {_TRIGRAMS})",
    "INSERT INTO register_search (rowid, name, nip, nik, agency, email) SELECT id, name, nip, nik, coalesce(json_extract(fields, '$.agency.text'), ''), email FROM register_row",
    'DROP TABLE "case_search"',
    f"CREATE VIRTUAL TABLE case_search USING fts5(name, number, agency, nip, nik, phone, email, serial, {_TRIGRAMS})",
)
_CASES = 'SELECT "id", "name", "number", "agency", "nip", "nik", "phone", "email", "serial" FROM "case" ORDER BY "id"'
_INSERT = "INSERT INTO case_search (rowid, name, number, agency, nip, nik, phone, email, serial) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"


def up(migrator: Any, db: Any) -> None:
    for statement in STATEMENTS:
        db.execute_sql(statement)
    for *known, phone, email, serial in db.execute_sql(_CASES):
        db.execute_sql(_INSERT, (*known, phone_text(phone), email, serial_text(serial)))
