"""The window in tests: opened and closed, filled in and read; the invented people that it shows."""
