"""A complaint is found by its complainant's telephone and e-mail, unless it is confidential."""

from typing import Any

from lockdesk.store.finding import contact_text

_CONTACTS = """SELECT id, CASE WHEN confidential THEN '' ELSE coalesce(json_extract(form, '$.contact'), '') END FROM complaint
    ORDER BY id"""
STATEMENTS = (
    'ALTER TABLE "complaint_search" RENAME TO "complaint_search_words"',
    "CREATE VIRTUAL TABLE complaint_search USING fts5(number, name, words, contact,"
    " tokenize = 'trigram remove_diacritics 1')",
)
_COPY = """INSERT INTO complaint_search (rowid, number, name, words, contact)
    SELECT rowid, number, name, words, ? FROM complaint_search_words WHERE rowid = ?"""


def up(migrator: Any, db: Any) -> None:
    for statement in STATEMENTS:
        db.execute_sql(statement)
    for key, contact in db.execute_sql(_CONTACTS).fetchall():
        db.execute_sql(_COPY, (contact_text(contact), key))
    db.execute_sql('DROP TABLE "complaint_search_words"')
