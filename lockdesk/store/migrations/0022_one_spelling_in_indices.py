"""A name is found with and without its apostrophe, letters of full width as the usual ones: the indices hold one spelling."""

from typing import Any

from lockdesk.store.finding import folded

_INDICES = {
    "SELECT rowid, name, number, agency, nip, nik, phone, email, serial FROM case_search":
    "UPDATE case_search SET name = ?, number = ?, agency = ?, nip = ?, nik = ?, phone = ?, email = ?, serial = ? WHERE rowid = ?",
    "SELECT rowid, number, name, words, contact FROM complaint_search":
    "UPDATE complaint_search SET number = ?, name = ?, words = ?, contact = ? WHERE rowid = ?",
    "SELECT rowid, name, nip, nik, agency, email FROM register_search":
    "UPDATE register_search SET name = ?, nip = ?, nik = ?, agency = ?, email = ? WHERE rowid = ?",
}  # fmt: skip


def up(migrator: Any, db: Any) -> None:
    for read, write in _INDICES.items():
        told = ((texts, [text and folded(text) for text in texts], key) for key, *texts in db.execute_sql(read))
        db.connection().executemany(write, [(*now, key) for before, now, key in told if now != before])
