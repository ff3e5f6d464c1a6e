"""How a request comes in: its dialogs, and the reading of what was dropped or chosen. What a request says is judged by
the desk."""
