"""The dialogs: each takes values, gives one signal with the case's id, and closes itself."""
