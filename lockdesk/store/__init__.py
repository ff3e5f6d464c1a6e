"""The local encrypted database. Only this package knows peewee and SQLCipher."""
