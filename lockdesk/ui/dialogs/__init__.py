"""The dialogs about a case: each takes values, checks what is typed, and says by a signal what was chosen. None calls
the desk; questions that any page asks lie in widgets."""
