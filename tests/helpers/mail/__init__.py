"""The office's mail account in the tests."""
