"""The outbox: what is owed is written once, sent at most once, and proved."""
