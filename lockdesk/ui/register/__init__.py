"""The staff register: who is looked up, and the import that fills it."""
