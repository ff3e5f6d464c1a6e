"""The checks of the statement letter: what it is for, whose it is, what it says and who signed it."""
